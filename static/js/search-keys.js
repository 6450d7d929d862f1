// "/" puts the cursor into the first visible box marked data-search-keys; Ctrl K (Cmd K) opens the palette. What is offered while
// one types, and the palette, are loaded when somebody first wants them.
const own = document.querySelector("template[data-palette]");
let styled;

// The style sheet of both, once.
const style = () =>
  (styled ??= new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: own.dataset.look });
    link.onload = link.onerror = done;
    document.head.append(link);
  }));

addEventListener("focusin", async (event) => {
  const box = event.target.closest?.("[data-suggests]:not([role])");
  if (!box || !own) return;
  box.setAttribute("role", "combobox");
  await style();
  (await import(own.dataset.suggest)).suggest(box, own.dataset);
});

addEventListener("keydown", async (event) => {
  if (event.defaultPrevented || event.altKey) return;
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && own) {
    event.preventDefault();
    await style();
    (await import(own.dataset.palette)).open(own);
  } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const boxes = [...document.querySelectorAll("[data-search-keys]")];
    const box = boxes.find((one) => one.checkVisibility({ visibilityProperty: true }));
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  }
});
