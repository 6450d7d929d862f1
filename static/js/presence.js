// Every ten seconds a form (data-presence-url) says that somebody is there, and shows what they should know: who else is,
// what was published since, which proposals touch the words around the cursor.
const form = document.querySelector("[data-presence-url]");
const place = document.querySelector("[data-presence]");
const SECONDS = 10;
let field = "", line = "", said = "";

const where = (event) => {
  const box = event.target;
  if (!box.name) return;
  field = box.name;
  line = box.tagName === "TEXTAREA" ? String(box.value.slice(0, box.selectionStart).split("\n").length - 1) : "";
};

const poll = async () => {
  if (document.visibilityState === "hidden") return;
  const body = new FormData(form);
  body.set("field", field);
  body.set("line", line);
  try {
    const answer = await fetch(form.dataset.presenceUrl, { method: "POST", body });
    const text = await answer.text();
    if (text === said || (!answer.ok && answer.status !== 403)) return;
    said = text;
    place.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  } catch {
    // the network is away: what is shown stays
  }
};

if (form && place) {
  for (const kind of ["focusin", "keyup", "click"]) form.addEventListener(kind, where);
  setInterval(poll, SECONDS * 1000);
  poll();
}
