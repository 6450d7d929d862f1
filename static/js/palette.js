// The palette: Ctrl K opens it on every page. Pages and people come from the site while one types; commands are what the page
// itself offers to this reader. What was chosen before comes first.
const KEPT = "palette";
const MOST_RECENT = 5;
const WAIT = 100;
const HERE = ".tabs a, .head-line button, .head-line a.button, .steps-nav a";
const SITE = ".bar a[href], .account-menu button, .bar [data-theme-switch], .side-pages a, .foot a[href^='/']";
let dialog, box, list, status, words, rows = [], at = 0, timer, running;

const recent = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]").filter((one) => String(one.url).startsWith("/"));
  } catch {
    return [];
  }
};

const remember = (one) => {
  const kept = [one, ...recent().filter((other) => other.url !== one.url)].slice(0, MOST_RECENT);
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // storage is full or forbidden: nothing is remembered
  }
};

const named = (element) => {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const parts = [];
  while (texts.nextNode()) parts.push(texts.currentNode.data.trim());
  return element.getAttribute("aria-label") ?? [...new Set(parts)].filter(Boolean).join(" ");
};

// What the page offers: links and buttons of its frame, each name once.
const commands = (selector) => {
  const seen = new Set();
  return [...document.querySelectorAll(selector)]
    .filter((element) => !element.hidden && !element.closest("template, .side-head") && !element.matches("[aria-current]"))
    .map((element) => ({ title: named(element), element }))
    .filter(({ title }) => title && !seen.has(title) && seen.add(title));
};

const fits = (title, typed) => {
  const lower = title.toLowerCase();
  return typed.toLowerCase().split(/\s+/).every((part) => lower.includes(part));
};

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

const groups = (typed, { pages = [], people = [] } = {}) => {
  const { here, site } = list.dataset;
  const own = commands(HERE).filter(({ title }) => fits(title, typed));
  const others = commands(SITE).filter(({ title }) => fits(title, typed));
  const known = recent().filter(({ title, url }) => fits(title, typed) && url !== location.pathname);
  const urls = new Set(known.map(({ url }) => url));
  const whole = typed ? [{ title: words.all.replace("%s", typed), url: `${words.search}?q=${encodeURIComponent(typed)}`, passing: true }] : [];
  const found = [...pages.filter(({ url }) => !urls.has(url)), ...whole];
  const offered = [[here, own], [site, others]];
  // What a command is called in so many words is meant, whatever pages say.
  const meant = typed ? offered.filter(([, some]) => some.some(({ title }) => title.toLowerCase().startsWith(typed.toLowerCase()))) : [];
  return [
    [list.dataset.recent, known],
    ...meant,
    [list.dataset.pages, found],
    [list.dataset.people, people],
    ...offered.filter((one) => !meant.includes(one)),
  ];
};

const ask = async () => {
  const typed = box.value.trim();
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    const answer = await fetch(`${words.jump}?q=${encodeURIComponent(typed)}`, { signal });
    const found = await answer.json();
    if (!signal.aborted && box.value.trim() === typed) show(groups(typed, found));
  } catch {
    // a newer question took its place, or the network is away: commands still work
  }
};

const choose = (one) => {
  if (!one) return;
  dialog.close();
  if (one.element) return one.element.click();
  if (!one.passing) remember({ title: one.title, url: one.url, kind: one.kind });
  location.assign(one.url);
};

const build = (template) => {
  words = template.dataset;
  dialog = template.content.cloneNode(true).querySelector("dialog");
  document.body.append(dialog);
  [box, list, status] = ["input", "[role=listbox]", "[role=status]"].map((part) => dialog.querySelector(part));
  box.addEventListener("input", () => {
    clearTimeout(timer);
    show(groups(box.value.trim()));
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

export function open(template) {
  if (!dialog) build(template);
  if (dialog.open) return dialog.close();
  box.value = "";
  dialog.showModal(); // the browser gives the focus back when it closes
  show(groups(""));
  box.focus();
}
