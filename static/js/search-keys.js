// "/" and Ctrl K (Cmd K) put the cursor into the first visible box marked data-search-keys.
addEventListener("keydown", (event) => {
  const boxes = [...document.querySelectorAll("[data-search-keys]")];
  const box = boxes.find((one) => one.checkVisibility({ visibilityProperty: true }));
  if (!box || event.defaultPrevented || event.altKey) return;
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey;
  const palette = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  if (!slash && !palette) return;
  event.preventDefault();
  box.focus();
  box.select();
});
