// Puts text into a box for other scripts: dispatch "put-text" on it with { start, end, text, from, to }; from and to are
// what is selected afterwards. Goes the browser's own way of typing where there is one, so that undo works.
addEventListener("put-text", (event) => {
  const area = event.target;
  const { start, end, text, from, to } = event.detail;
  area.focus();
  area.setSelectionRange(start, end);
  const typed = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!typed && area.value.slice(start, start + text.length) !== text) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(from ?? start + text.length, to ?? from ?? start + text.length);
});
