// The drawer (data-drawer, a popover) closes when the reader leaves by it, or comes back to the page.
for (const drawer of document.querySelectorAll("[data-drawer]")) {
  const close = () => drawer.matches(":popover-open") && drawer.hidePopover();
  drawer.addEventListener("click", (event) => event.target.closest("a") && close());
  addEventListener("pageshow", (event) => event.persisted && close());
}
