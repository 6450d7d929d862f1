// In a list of revisions (data-compare, the newest first) only an older one can be picked on the left of a newer one.
for (const form of document.querySelectorAll("[data-compare]")) {
  const olds = [...form.querySelectorAll('[name="old"]')];
  const news = [...form.querySelectorAll('[name="new"]')];
  const update = () => {
    const picked = (radios) => Number(radios.find((radio) => radio.checked)?.value);
    const [old, newer] = [picked(olds), picked(news)];
    for (const radio of olds) radio.disabled = Number(radio.value) >= newer;
    for (const radio of news) radio.disabled = Number(radio.value) <= old;
  };
  form.addEventListener("change", update);
  update();
}
