// Enter in a list of a Markdown box (data-markdown) begins the next item; in an empty item it ends the list.
const ITEM = /^(\s*)(?:([-*+])( \[[ xX]\])?|(\d{1,9})([.)]))( +)/;

addEventListener("keydown", (event) => {
  const area = event.target;
  if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!area.matches?.('textarea[data-markdown=""]') || area.selectionStart !== area.selectionEnd) return;
  if (event.defaultPrevented) return;
  const caret = area.selectionStart;
  const start = area.value.lastIndexOf("\n", caret - 1) + 1;
  const line = area.value.slice(start, caret);
  const item = ITEM.exec(line);
  if (!item) return;
  event.preventDefault();
  const [all, indent, bullet, task, number, dot, space] = item;
  const empty = all === line;
  const mark = number ? `${Number(number) + 1}${dot}` : `${bullet}${task ? " [ ]" : ""}`;
  // A blank line ends the list: without it the next words would belong to the last item.
  const detail = empty ? { start, end: caret, text: "\n" } : { start: caret, end: caret, text: `\n${indent}${mark}${space}` };
  area.dispatchEvent(new CustomEvent("put-text", { bubbles: true, detail }));
});
