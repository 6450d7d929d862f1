// What the palette offers besides what the site finds: what was chosen before, and what the page itself offers to this reader.
const KEPT = "palette";
const MOST_RECENT = 5;
const HERE = ".tabs a, .head-line button, .head-line a.button, .steps-nav a";
const SITE = ".bar a[href], .account-menu button, .bar [data-theme-switch], .side-pages a, .foot a[href^='/']";

const recent = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]").filter((one) => String(one.url).startsWith("/"));
  } catch {
    return [];
  }
};

export const remember = (one) => {
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

// All that is offered for what was typed, as groups with their names.
export const groups = (typed, words, names, { pages = [], people = [] } = {}) => {
  const own = commands(HERE).filter(({ title }) => fits(title, typed));
  const others = commands(SITE).filter(({ title }) => fits(title, typed));
  const known = recent().filter(({ title, url }) => fits(title, typed) && url !== location.pathname);
  const urls = new Set(known.map(({ url }) => url));
  const url = `${words.search}?q=${encodeURIComponent(typed)}`;
  const whole = typed ? [{ title: words.all.replace("%s", typed), url, passing: true }] : [];
  const found = [...pages.filter(({ url }) => !urls.has(url)), ...whole];
  const offered = [[names.here, own], [names.site, others]];
  // What a command is called in so many words is meant, whatever pages say.
  const meant = typed ? offered.filter(([, some]) => some.some(({ title }) => title.toLowerCase().startsWith(typed.toLowerCase()))) : [];
  return [
    [names.recent, known],
    ...meant,
    [names.pages, found],
    [names.people, people],
    ...offered.filter((one) => !meant.includes(one)),
  ];
};
