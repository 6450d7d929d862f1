// The palette: Ctrl K opens it on every page. Pages and people come from the site while one types; commands are what the page
// itself offers to this reader. What was chosen before comes first.
const WAIT = 100;
let dialog, box, list, status, words, offers, rows = [], at = 0, timer, running;

const mark = (number) => {
  at = number;
  rows.forEach(({ row }, place) => row.setAttribute("aria-selected", String(place === at)));
  if (!rows.length) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", rows[at].row.id);
  rows[at].row.scrollIntoView({ block: "nearest" });
};

const show = (groups) => {
  rows = [];
  list.replaceChildren();
  for (const [label, found] of groups) {
    if (!found.length) continue;
    const group = document.createElement("div");
    const head = document.createElement("p");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label);
    head.setAttribute("aria-hidden", "true");
    head.append(label);
    group.append(head);
    for (const one of found) {
      const row = document.createElement("div");
      const small = document.createElement("span");
      row.id = `palette-${rows.length}`;
      row.setAttribute("role", "option");
      small.append(one.kind ?? "");
      row.append(one.title, " ", small);
      rows.push({ ...one, row });
      group.append(row);
    }
    list.append(group);
  }
  status.textContent = rows.length ? words.some.replace("%s", rows.length) : words.none;
  mark(0);
};

const ask = async () => {
  const typed = box.value.trim();
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    const answer = await fetch(`${words.jump}?q=${encodeURIComponent(typed)}`, { signal });
    const found = await answer.json();
    if (!signal.aborted && box.value.trim() === typed) show(offers.groups(typed, words, list.dataset, found));
  } catch {
    // a newer question took its place, or the network is away: commands still work
  }
};

const choose = (one) => {
  if (!one) return;
  dialog.close();
  if (one.element) return one.element.click();
  if (!one.passing) offers.remember({ title: one.title, url: one.url, kind: one.kind });
  location.assign(one.url);
};

const build = (template) => {
  words = template.dataset;
  dialog = template.content.cloneNode(true).querySelector("dialog");
  document.body.append(dialog);
  [box, list, status] = ["input", "[role=listbox]", "[role=status]"].map((part) => dialog.querySelector(part));
  box.addEventListener("input", () => {
    clearTimeout(timer);
    show(offers.groups(box.value.trim(), words, list.dataset));
    if (box.value.trim()) timer = setTimeout(ask, WAIT);
    else running?.abort();
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && rows.length) mark((at + step + rows.length) % rows.length);
    else if (event.key === "Enter") choose(rows[at]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => choose(rows.find(({ row }) => row.contains(event.target))));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
};

export async function open(template) {
  offers ??= await import(template.dataset.offers);
  if (!dialog) build(template);
  if (dialog.open) return dialog.close();
  box.value = "";
  dialog.showModal(); // the browser gives the focus back when it closes
  show(offers.groups("", words, list.dataset));
  box.focus();
}
