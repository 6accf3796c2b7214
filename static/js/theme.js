// Runs before the first paint: light or dark, folded navigation, outdoor mode.
(() => {
  "use strict";
  const root = document.documentElement;
  const saved = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const wish = saved("theme") || root.dataset.theme || "auto";
  const dark = wish === "dark" || (wish === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.bsTheme = dark ? "dark" : "light";
  if (saved("nav") === "folded") root.dataset.nav = "folded";
  if (saved("outdoor") === "on") root.dataset.outdoor = "on";
  if (saved("density")) root.dataset.density = saved("density");
})();
