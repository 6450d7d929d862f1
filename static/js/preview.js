// The preview beside a form (data-preview-url) is drawn again shortly after somebody typed, and at once by its button.
const form = document.querySelector("[data-preview-url]");
const place = form?.querySelector("[data-preview]");
let timer, asked;

const draw = async () => {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(form.dataset.previewUrl, { method: "POST", body: new FormData(form), signal: asked.signal });
    if (!answer.ok && answer.status !== 403) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...page.body.childNodes);
    offer();
  } catch {
    // the network is away, or a newer preview was asked for: the old one stays
  }
};

const offer = () => {
  const whys = place.querySelector("[data-whys]");
  if (whys) whys.hidden = !document.getElementById("id_why");
  const options = [...place.querySelectorAll("[data-why]")].map((button) => {
    const option = document.createElement("option");
    option.value = button.dataset.why;
    return option;
  });
  document.getElementById("whys")?.replaceChildren(...options);
};

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(draw, 500);
});
form?.addEventListener("click", (event) => {
  if (!event.target.closest("[data-preview-button]")) return;
  event.preventDefault();
  draw().then(() => document.getElementById("preview").scrollIntoView({ block: "nearest" }));
});
if (form) {
  if (place.querySelector("[data-whys]")) offer();
  else if (form.elements.title?.value !== "") draw();
}
