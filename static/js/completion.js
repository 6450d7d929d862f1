// "[[" in a Markdown box (data-markdown) offers the titles of entries; the chosen one becomes a mention of it.
const form = document.querySelector("[data-complete-url]");
const OPEN = /\[\[([^\[\]\n]{0,100})$/;
let list, area, found = [], at = 0, turn = 0;
let answered = 0, eager = false; // which turn the list answers; Enter came before the answer did

const close = () => {
  turn += 1; // an answer that is still on its way opens it no more
  eager = false;
  if (!list) return;
  list.remove();
  area.removeAttribute("aria-activedescendant");
  area.removeAttribute("aria-controls");
  list = undefined;
};

const mark = () => {
  [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === at)));
  area.setAttribute("aria-activedescendant", list.children[at].id);
  list.children[at].scrollIntoView({ block: "nearest" });
};

const choose = () => {
  const { mention, short } = found[at];
  const { value, selectionStart } = area;
  const start = selectionStart - OPEN.exec(value.slice(0, selectionStart))[0].length;
  const closed = value.startsWith("]]", selectionStart);
  const line = value.slice(value.lastIndexOf("\n", start - 1) + 1, start);
  const box = area;
  close();
  const detail = { start, end: selectionStart + (closed ? 2 : 0), text: line.trimStart().startsWith("|") ? short : mention };
  box.dispatchEvent(new CustomEvent("put-text", { bubbles: true, detail }));
};

const show = (box) => {
  close();
  area = box;
  list = document.createElement("ul");
  list.className = "completions";
  list.id = "completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.completeLabel);
  found.forEach(({ title, kind }, number) => {
    const row = document.createElement("li");
    const small = document.createElement("span");
    row.id = `completion-${number}`;
    row.setAttribute("role", "option");
    row.append(title, " ", small);
    small.className = "muted small";
    small.append(kind);
    row.addEventListener("mousedown", (event) => {
      event.preventDefault();
      at = number;
      choose();
    });
    list.append(row);
  });
  area.after(list);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);
  at = 0;
  list.scrollIntoView({ block: "nearest" });
  mark();
};

form?.addEventListener("input", async (event) => {
  const box = event.target;
  if (!box.matches("textarea[data-markdown]")) return;
  const words = OPEN.exec(box.value.slice(0, box.selectionStart))?.[1];
  const own = ++turn;
  eager = false;
  if (!words?.trim()) return close();
  const answer = await fetch(`${form.dataset.completeUrl}?q=${encodeURIComponent(words)}`).catch(() => undefined);
  const said = answer?.ok ? (await answer.json()).found : [];
  if (own !== turn) return;
  const marked = list && at ? found[at].mention : undefined;
  found = said;
  if (!found.length) return close();
  const chosen = eager;
  show(box);
  at = Math.max(0, found.findIndex(({ mention }) => mention === marked)); // who went down the list stays there
  mark();
  answered = turn;
  if (chosen) choose();
});

form?.addEventListener("keydown", (event) => {
  if (!list || event.target !== area) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) at = (at + step + found.length) % found.length;
  else if (!["Enter", "Tab", "Escape"].includes(event.key) || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (step) mark();
  else if (event.key === "Escape") close();
  else if (answered === turn) choose();
  else eager = true; // the list is for fewer letters: what these find is chosen when it is here
});
form?.addEventListener("focusout", close);
