// Ctrl Enter (Cmd Enter) in a form sends it by its button marked data-send.
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
  const button = event.target.closest?.("form")?.querySelector("[data-send]");
  if (!button) return;
  event.preventDefault();
  button.click();
});
