// The bands of the home page arrive in parts. Seven rows are shown per band, work that is due first;
// the digits 1 to 9 open the first rows of the page.
(() => {
  "use strict";
  const MOST = 7;
  const KEYS = 9;

  function numbered(row, number) {
    row.dataset.key = String(number);
    const key = document.createElement("kbd");
    key.className = "band-key";
    key.textContent = String(number);
    row.prepend(key);
  }

  function settle() {
    document.querySelectorAll(".band-key").forEach((key) => key.remove());
    document.querySelectorAll(".band-row[data-key]").forEach((row) => delete row.dataset.key);
    let number = 0;
    for (const band of document.querySelectorAll(".band")) {
      const rows = [...band.querySelectorAll(".band-row")];
      rows.forEach((row, place) => {
        row.hidden = place >= MOST;
        if (place < MOST && number < KEYS) numbered(row, (number += 1));
      });
      const waits = band.querySelector(".slot");
      const empty = band.querySelector(".band-empty");
      if (empty) empty.hidden = Boolean(rows.length || waits);
    }
  }

  addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("htmx:responseError", settle);
})();
