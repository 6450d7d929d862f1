// A box for words with commas between them (data-words) completes the last word: its list offers what is typed already
// together with each word.
for (const box of document.querySelectorAll("[data-words]")) {
  const words = [...(box.list?.options ?? [])].map((option) => option.value);
  box.addEventListener("input", () => {
    const comma = box.value.lastIndexOf(",");
    const before = comma < 0 ? "" : `${box.value.slice(0, comma + 1)} `;
    const last = box.value.slice(comma + 1).trim().toLowerCase();
    const fitting = words.filter((word) => last && word.toLowerCase().includes(last)).slice(0, 20);
    box.list.replaceChildren(
      ...fitting.map((word) => {
        const option = document.createElement("option");
        option.value = before + word;
        return option;
      }),
    );
  });
}
