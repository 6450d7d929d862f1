// Whoever types into a box marked data-choose means it: the choice of that name with the value "edited" is picked.
addEventListener("input", (event) => {
  const name = event.target.dataset?.choose;
  const choice = name && document.querySelector(`[name="${name}"][value="edited"]`);
  if (choice) choice.checked = true;
});
