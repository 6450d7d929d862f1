// A bar of Markdown buttons over every box marked data-markdown, cloned from the template data-toolbar; "line" boxes have
// only those for one line. Ctrl B, Ctrl I and Ctrl L do the same from the keyboard.
const wraps = { bold: ["**", "**"], italic: ["*", "*"], code: ["`", "`"] };
const begins = { list: "- ", quote: "> ", heading: "## " };
const keys = { b: "bold", i: "italic", l: "link" };

const put = (area, start, end, text, from, to) =>
  area.dispatchEvent(new CustomEvent("put-text", { bubbles: true, detail: { start, end, text, from, to } }));

const wrap = (area, [before, after]) => {
  const [start, end] = [area.selectionStart, area.selectionEnd];
  const chosen = area.value.slice(start, end);
  const around = area.value.slice(start - before.length, start) === before && area.value.slice(end, end + after.length) === after;
  if (around && chosen) put(area, start - before.length, end + after.length, chosen, start - before.length, end - before.length);
  else put(area, start, end, before + chosen + after, start + before.length, end + before.length);
};

const link = (area) => {
  const [start, end] = [area.selectionStart, area.selectionEnd];
  const chosen = area.value.slice(start, end);
  const address = /^https?:\/\/\S+$/.test(chosen);
  const text = address ? `[](${chosen})` : `[${chosen}](https://)`;
  const caret = start + (address ? 1 : text.length - 1);
  put(area, start, end, text, chosen || address ? caret : start + 1);
};

const beginLines = (area, mark) => {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const lines = area.value.slice(start, area.selectionEnd).split("\n");
  const all = lines.every((line) => line.startsWith(mark));
  const text = lines.map((line) => (all ? line.slice(mark.length) : mark + line)).join("\n");
  put(area, start, area.selectionEnd, text, start + text.length);
};

const act = (area, mark) => {
  if (mark in wraps) wrap(area, wraps[mark]);
  else if (mark in begins) beginLines(area, begins[mark]);
  else if (mark === "link") link(area);
};

for (const area of document.querySelectorAll("textarea[data-markdown]")) {
  const bar = document.querySelector("template[data-toolbar]")?.content.firstElementChild.cloneNode(true);
  if (!bar) break;
  if (area.dataset.markdown === "line") for (const button of bar.querySelectorAll("[data-blocks]")) button.remove();
  bar.setAttribute("aria-controls", area.id);
  bar.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-mark]")?.dataset.mark;
    if (mark) act(area, mark);
  });
  area.before(bar);
  area.addEventListener("keydown", (event) => {
    const mark = keys[event.key.toLowerCase()];
    if (!mark || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    act(area, mark);
  });
}
