// Pages under a search box (data-suggests) while one types: arrows choose, Enter opens, Escape closes. The form goes on to work.
const WAIT = 120;

export function suggest(box, words) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let rows = [], at = -1, timer, running;
  list.className = "suggestions";
  list.id = `${box.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.none && box.labels?.[0]?.textContent.trim());
  list.hidden = true;
  status.className = "unseen";
  status.setAttribute("role", "status");
  box.after(list, status);
  for (const [name, value] of [["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    box.setAttribute(name, value);
  }

  const close = () => {
    clearTimeout(timer);
    running?.abort();
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const mark = (number) => {
    at = number;
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", rows[at].id);
  };

  const show = (pages) => {
    rows = pages.map(({ title, url, kind }, number) => {
      const row = document.createElement("li");
      const small = document.createElement("span");
      row.id = `${list.id}-${number}`;
      row.setAttribute("role", "option");
      row.dataset.url = url;
      small.className = "muted small";
      small.append(kind);
      row.append(title, " ", small);
      return row;
    });
    list.replaceChildren(...rows);
    list.hidden = !rows.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = rows.length ? words.some.replace("%s", rows.length) : words.none;
    mark(-1);
  };

  const ask = async () => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const answer = await fetch(`${words.jump}?q=${encodeURIComponent(box.value.trim())}`, { signal });
      const { pages } = await answer.json();
      if (!signal.aborted && document.activeElement === box) show(pages);
    } catch {
      // a newer question took its place, or the network is away: the form is still there
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (box.value.trim().length < 2) close();
    else timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      location.assign(rows[at].dataset.url);
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !list.hidden) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(((at + 1 + step + rows.length + 1) % (rows.length + 1)) - 1);
    }
  });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => {
    const row = event.target.closest("[data-url]");
    event.preventDefault();
    if (row) location.assign(row.dataset.url);
  });
  // Whoever types fast has typed before this was loaded.
  if (document.activeElement === box && box.value !== box.defaultValue && box.value.trim().length > 1) ask();
}
