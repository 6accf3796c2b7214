// Typing hides the entries of a long list that do not hold every word typed. Without script the
// field is not there and the whole list is.
(() => {
  "use strict";
  for (const box of document.querySelectorAll("[data-find]")) {
    const field = box.querySelector("input");
    const told = box.querySelector("[role='status']");
    const rows = [...document.querySelectorAll(box.dataset.find)];
    if (rows.length < 2) continue;
    const texts = rows.map((row) => row.textContent.toLowerCase());
    box.hidden = false;
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, place) => {
        row.hidden = !words.every((word) => texts[place].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      told.textContent = words.length ? `${shown} / ${rows.length}` : "";
    });
  }
})();
