// The search of a copy on disk (data-offline-search): loads the index in pieces, as scripts, since such a page may not fetch.
(() => {
  const BUCKETS = 256;
  const MOST = 50;
  const together = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+/gu;
  const form = document.querySelector("[data-offline-search]");
  if (!form) return;
  const box = form.elements.q;
  const count = document.querySelector("[data-offline-count]");
  const list = document.querySelector("[data-offline-results]");
  let pages = null;
  const buckets = new Map();

  globalThis.rayhubPages = (found) => { pages = found; };
  globalThis.rayhubWords = (found) => { buckets.set(found.bucket, found.words); };

  const load = (file) => new Promise((done) => {
    const script = document.createElement("script");
    script.src = `search/${file}.js`;
    script.onload = script.onerror = () => { script.remove(); done(); };
    document.head.append(script);
  });

  // The same words as the index has: see resources/offline/indexing.py.
  const wordsOf = (text) => {
    const folded = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC");
    const words = [];
    for (const [run] of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
      let start = 0;
      for (const match of run.matchAll(together)) {
        if (match.index > start) words.push(run.slice(start, match.index));
        const signs = [...match[0]];
        for (let place = 0; place < Math.max(1, signs.length - 1); place++) words.push(signs.slice(place, place + 2).join(""));
        start = match.index + match[0].length;
      }
      if (start < run.length) words.push(run.slice(start));
    }
    return words;
  };

  const bucketOf = (word) => (word.codePointAt(0) * 31 + (word.codePointAt(1) ?? 0)) % BUCKETS;

  const search = async (text) => {
    const words = [...new Set(wordsOf(text))].slice(0, 20);
    if (!pages) await load("pages");
    const missing = new Set(words.map(bucketOf).filter((bucket) => !buckets.has(bucket)));
    await Promise.all([...missing].map(async (bucket) => {
      await load(bucket);
      if (!buckets.has(bucket)) buckets.set(bucket, {});
    }));
    let scores = null;
    for (const word of words) {
      const known = buckets.get(bucketOf(word));
      const same = Object.keys(known).filter((one) => one === word || (word.length > 1 && one.startsWith(word)));
      const found = new Map();
      for (const one of same) {
        const rare = Math.log(1 + pages.length / known[one].length);
        for (const [page, weight] of known[one]) {
          const score = weight * rare * (one === word ? 1 : 0.6);
          found.set(page, Math.max(found.get(page) ?? 0, score));
        }
      }
      scores = scores === null ? found : new Map([...scores].filter(([page]) => found.has(page)).map(([page, score]) => [page, score + found.get(page)]));
    }
    return [...(scores ?? [])].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([page]) => pages[page]);
  };

  const row = ([title, file, kind, summary]) => {
    const item = document.createElement("li");
    const head = Object.assign(document.createElement("h2"), { className: "row-title" });
    head.append(Object.assign(document.createElement("a"), { href: file.split("/").map(encodeURIComponent).join("/"), textContent: title }));
    const facts = Object.assign(document.createElement("p"), { className: "muted", textContent: summary ? `${kind} · ${summary}` : kind });
    item.append(head, facts);
    return item;
  };

  let asked = 0;
  const show = async () => {
    const mine = ++asked;
    const text = box.value.trim();
    if (!wordsOf(text).length) {
      count.textContent = text ? form.dataset.short : "";
      list.replaceChildren();
      return;
    }
    const found = await search(text);
    if (mine !== asked) return;
    count.textContent = found.length ? `${form.dataset.some} ${found.length}` : form.dataset.none;
    list.replaceChildren(...found.slice(0, MOST).map(row));
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  box.addEventListener("input", show);
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  box.focus();
  show();
})();
