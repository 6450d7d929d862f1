// A field with a list (data-suggest-titles, the kind of entry) offers titles that fit, where the page could not list them all.
let turn = 0;

addEventListener("input", async (event) => {
  const box = event.target;
  const list = box.matches?.("[data-suggest-titles]") ? box.list : undefined;
  if (!list || list.hasAttribute("data-all")) return;
  const own = ++turn;
  const query = new URLSearchParams({ q: box.value, kind: box.dataset.suggestTitles });
  const address = box.form.dataset.completeUrl;
  const answer = await fetch(`${address}?${query}`).catch(() => undefined);
  const found = answer?.ok ? (await answer.json()).found : [];
  if (own !== turn) return;
  list.replaceChildren(...found.map(({ title }) => new Option(title, title)));
});
