// A box that ticks all others of its form: <form data-tick-all> with an <input data-tick-all-box>.
"use strict";

for (const form of document.querySelectorAll("[data-tick-all]")) {
  const box = form.querySelector("[data-tick-all-box]");
  if (!box) continue;
  const others = () => [...form.querySelectorAll("[name=picked]")];
  box.closest("[hidden]").hidden = false;
  box.addEventListener("change", () => { for (const other of others()) other.checked = box.checked; });
  form.addEventListener("change", () => { box.checked = others().every((other) => other.checked); });
}
