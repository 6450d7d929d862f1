// Copies of typed text in this browser (keys "typed:PERSON:FORM") belong to one person: those of others go when somebody
// else is signed in (data-person), and all of them when one signs out (a form with data-forget-copies). What the server
// keeps as drafts stays there.
const forget = (person) => {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("typed:") && !(person && key.startsWith(`typed:${person}:`))) localStorage.removeItem(key);
    }
  } catch {
    // storage is switched off: there are no copies
  }
};

const here = document.querySelector("[data-person]");
if (here) forget(here.dataset.person);
addEventListener("submit", (event) => {
  if (!event.target.matches("[data-forget-copies]")) return;
  dispatchEvent(new Event("signing-out")); // what is open here is kept on the server first, and not copied again
  forget();
});
