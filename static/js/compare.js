// In a list of revisions (data-compare, the newest first) the left pick stays older than the right one: the other follows.
for (const form of document.querySelectorAll("[data-compare]")) {
  const radios = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
  const picked = (name) => Number(radios(name).find((radio) => radio.checked)?.value ?? 0);
  form.addEventListener("change", (event) => {
    const [old, newer] = [picked("old"), picked("new")];
    if (!old || !newer || old < newer) return;
    const follower =
      event.target.name === "new"
        ? radios("old").find((radio) => Number(radio.value) < newer)
        : radios("new").findLast((radio) => Number(radio.value) > old);
    if (follower) follower.checked = true;
  });
}
