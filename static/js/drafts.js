// A form (data-draft-url) is kept on the server while somebody types: shortly after they pause, and when the page is left.
// Where another window saved since, it asks which one to keep.
const form = document.querySelector("[data-draft-url]");
const words = form?.querySelector("[data-draft-words]");
const clash = document.querySelector("[data-draft-clash]");
let typed = false, sending = false, refused = false, saving = false, over = false, timer;

const body = () => {
  const data = new FormData(form);
  if (over) data.set("take_over", "1");
  return data;
};

const save = async () => {
  if (!typed || sending || refused || saving) return;
  saving = true;
  typed = false;
  try {
    const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: body() });
    const said = await answer.json();
    words.textContent = said.words;
    if (answer.ok) {
      form.elements.draft_version.value = said.version;
      over = false;
      if (!typed) form.dispatchEvent(new CustomEvent("draft-kept"));
    } else {
      typed = true;
      refused = answer.status === 409;
      if (clash) clash.hidden = !refused;
    }
  } catch {
    typed = true; // the network is away: the copy in the tab has it, and the next pause tries again
  }
  saving = false;
  if (typed && !refused) timer = setTimeout(save, 10000);
};

const last = () => {
  if (!typed || sending || refused || saving) return;
  if (navigator.sendBeacon(form.dataset.draftUrl, body())) typed = false;
};

form?.addEventListener("input", () => {
  typed = true;
  clearTimeout(timer);
  timer = setTimeout(save, 2000);
});
form?.addEventListener("submit", () => {
  sending = true;
});
clash?.addEventListener("click", (event) => {
  if (!event.target.closest("[data-take-over]")) return;
  over = typed = true;
  refused = false;
  clash.hidden = true;
  save();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
addEventListener("pagehide", last);
addEventListener("signing-out", last);
addEventListener("pageshow", () => {
  sending = false;
});
addEventListener("beforeunload", (event) => {
  if (form && typed && !sending && !saving) event.preventDefault();
});
