// On a page whose form the server keeps as a draft (data-covered), the copy in this browser is not needed any more.
for (const place of document.querySelectorAll("[data-covered]")) {
  try {
    localStorage.removeItem(`typed:${place.dataset.covered}`);
  } catch {
    // storage is switched off: there is no copy
  }
}
