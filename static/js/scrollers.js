// Code and tables that are wider than the column can be scrolled by keyboard: they are a stop of Tab as long as they overflow.
const wide = "main :is(.prose, .preview-page) :is(pre, table)";
const look = () => {
  for (const one of document.querySelectorAll(wide)) {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
    else one.removeAttribute("tabindex");
  }
};
const main = document.querySelector("main");
if (main) {
  let asked;
  const later = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(look);
  };
  new ResizeObserver(later).observe(main);
  new MutationObserver(later).observe(main, { childList: true, subtree: true });
  look();
}
