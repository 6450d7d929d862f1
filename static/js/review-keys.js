// Keys of review, on a page with data-review-keys: j and k go on, a accepts, r and c open their form, ? lists the keys.
"use strict";

const ground = document.querySelector("[data-review-keys]");
const rows = ground ? [...ground.querySelectorAll("[data-row]")] : [];
let current = -1;

const help = document.querySelector("[data-keys-help]");
if (help) help.hidden = false;

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function stepTo(place) {
  if (!rows.length) return;
  current = Math.max(0, Math.min(rows.length - 1, place));
  for (const row of rows) row.classList.toggle("current", row === rows[current]);
  rows[current].querySelector("[data-row-link]").focus();
  rows[current].scrollIntoView({ block: "nearest" });
}

function openRow(hash) {
  if (current < 0) return;
  const link = rows[current].querySelector("[data-row-link]");
  location.assign(link.href + hash);
}

function openForm(details) {
  details.open = true;
  details.querySelector("textarea").focus();
}

const inQueue = {
  j: () => stepTo(current + 1),
  k: () => stepTo(current < 0 ? 0 : current - 1),
  x: () => rows[current]?.querySelector("input[type=checkbox]")?.click(),
  a: () => openRow("#key-a"),
  r: () => openRow("#key-r"),
  c: () => openRow("#key-c"),
};

function press(key) {
  const place = ground.querySelector(`[data-key="${key}"]`);
  if (!place) return false;
  if (place instanceof HTMLDetailsElement) openForm(place);
  else place.click();
  return true;
}

function answer(key) {
  if (key === "?") document.getElementById("keys")?.togglePopover();
  else if (key === "u") document.querySelector(".decided button")?.click();
  else if (ground.dataset.reviewKeys === "queue" && inQueue[key]) inQueue[key]();
  else return ground.dataset.reviewKeys === "proposal" && "jkarcq".includes(key) && press(key);
  return true;
}

if (ground) {
  rows.forEach((row, place) => row.addEventListener("focusin", () => { current = place; }));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    if (event.key.length === 1 && answer(event.key)) event.preventDefault();
  });
  // Not the id of an element: a browser takes the focus away when it scrolls to one.
  const named = location.hash.match(/^#key-([arc])$/);
  const place = named && ground.querySelector(`[data-key="${named[1]}"]`);
  if (place instanceof HTMLDetailsElement) openForm(place);
  else if (place) place.focus();
}
