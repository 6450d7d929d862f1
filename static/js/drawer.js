// The drawer (data-drawer, a popover; a column where there is room) shows where the reader is. It closes when the reader
// leaves by it, or comes back to the page.
for (const drawer of document.querySelectorAll("[data-drawer]")) {
  const close = () => drawer.matches(":popover-open") && drawer.hidePopover();
  drawer.addEventListener("click", (event) => event.target.closest("a") && close());
  const show = () => {
    const here = drawer.querySelector("[aria-current]");
    if (here) drawer.scrollTop = here.offsetTop - drawer.clientHeight / 2;
  };
  drawer.addEventListener("toggle", (event) => event.newState === "open" && show());
  show();
  addEventListener("pageshow", (event) => event.persisted && close());
}
