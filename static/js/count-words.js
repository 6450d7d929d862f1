// Under a box with a limit of words (data-most-words) stands how many it has.
const count = (box) => {
  const words = box.value.trim().split(/\s+/).filter(Boolean).length;
  const most = Number(box.dataset.mostWords);
  box.wordCount.textContent = `${words} / ${most}`;
  box.wordCount.classList.toggle("red", words > most);
};
for (const box of document.querySelectorAll("[data-most-words]")) {
  box.wordCount = document.createElement("span");
  box.wordCount.className = "muted small word-count";
  box.after(box.wordCount);
  box.addEventListener("input", () => count(box));
  count(box);
}
