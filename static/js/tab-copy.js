// A copy of what is typed into a form (data-copy) is kept in this browser, for when neither the server nor the network is
// there: a tab that was closed, a form that was not answered. The next time the form is opened, it is offered.
const form = document.querySelector("[data-copy]");
const offer = document.querySelector("[data-copy-offer]");
const PASSING = new Set(["csrfmiddlewaretoken", "draft_version", "opened", "sheet", "act", "base"]);
const name = form && `typed:${form.dataset.copy}`;
let timer, over = false;

const fields = () => [...new FormData(form)].filter(([key]) => !PASSING.has(key) && !key.endsWith("was"));
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null; // storage is switched off, or holds something else
  }
};
const drop = () => localStorage.removeItem(name);
const keep = (onServer) => {
  clearTimeout(timer);
  timer = undefined;
  if (over) return;
  const [sheet, base] = [form.elements.sheet.value, form.elements.base?.value];
  const copy = { sheet, base, fields: fields(), onServer: onServer === true };
  try {
    localStorage.setItem(name, JSON.stringify(copy));
  } catch {
    // no room: the draft on the server is what is left
  }
};

const fill = (copy) => {
  const sent = new Map();
  for (const [key, value] of copy.fields) sent.set(key, [...(sent.get(key) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || PASSING.has(control.name) || control.type === "submit" || control.type === "button") continue;
    const values = sent.get(control.name) ?? [];
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
  if (copy.base && form.elements.base) form.elements.base.value = copy.base;
  form.elements.sheet.value = copy.sheet;
  form.dispatchEvent(new Event("input", { bubbles: true }));
};

if (form) {
  const copy = kept();
  const sent = form.dataset.sent.split(" ");
  const same = copy && JSON.stringify(copy.fields) === JSON.stringify(fields());
  const covered = copy?.onServer && copy.sheet === form.dataset.draftSheet;
  if (copy && (same || covered || sent.includes(copy.sheet))) drop();
  else if (copy && offer) {
    offer.hidden = false;
    offer.addEventListener("click", (event) => {
      const act = event.target.closest("[data-copy-act]")?.dataset.copyAct;
      if (!act) return;
      offer.hidden = true;
      if (act === "use") fill(copy);
      else drop();
      form.elements.title?.focus();
    });
  }
  form.addEventListener("input", () => {
    timer ??= setTimeout(keep, 400);
  });
  form.addEventListener("submit", keep);
  form.addEventListener("draft-kept", () => keep(true));
  addEventListener("pagehide", () => timer && keep());
  addEventListener("signing-out", () => {
    over = true;
  });
  addEventListener("pageshow", () => {
    over = false;
  });
}
