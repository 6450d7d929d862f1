// Light or dark: by the system, or as chosen here and remembered. In the head and not deferred, so that nothing flashes.
(() => {
  const root = document.documentElement;
  const order = ["auto", "light", "dark"];

  const read = () => {
    try {
      const kept = localStorage.getItem("theme");
      return order.includes(kept) ? kept : "auto";
    } catch {
      return "auto"; // storage is switched off: the system decides
    }
  };

  const apply = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.dataset.themeSwitch = theme;
      button.title = button.dataset[theme];
      button.setAttribute("aria-label", button.dataset[theme]);
      button.hidden = false;
    }
  };

  apply(read());
  addEventListener("DOMContentLoaded", () => apply(read()));
  addEventListener("storage", () => apply(read()));
  addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-switch]")) return;
    const theme = order[(order.indexOf(read()) + 1) % order.length];
    try {
      if (theme === "auto") localStorage.removeItem("theme");
      else localStorage.setItem("theme", theme);
    } catch {
      // not remembered, but applied to this page
    }
    apply(theme);
  });
})();
