// A press on a suggestion (data-why) puts its words into the summary of the change.
addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-why]");
  const box = document.getElementById("id_why");
  if (!button || !box) return;
  box.value = button.dataset.why;
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
