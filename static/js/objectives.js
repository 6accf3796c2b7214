// A treegrid by keyboard: up and down move, right opens, left closes or goes to the parent, Enter
// opens the figure. Without script every row is open and every link works.
(() => {
  "use strict";
  const grid = document.querySelector('[role="treegrid"]');
  if (!grid) return;
  const rows = [...grid.querySelectorAll("tbody > tr")];
  const level = (row) => Number(row.getAttribute("aria-level"));
  const isOpen = (row) => row.getAttribute("aria-expanded") === "true";
  const canOpen = (row) => row.hasAttribute("aria-expanded");

  function below(row) {
    const found = [];
    for (const next of rows.slice(rows.indexOf(row) + 1)) {
      if (level(next) <= level(row)) break;
      found.push(next);
    }
    return found;
  }

  // A row is seen when every row above it is open.
  function show() {
    let shut = Infinity;
    for (const row of rows) {
      row.hidden = level(row) > shut;
      if (row.hidden) continue;
      shut = canOpen(row) && !isOpen(row) ? level(row) : Infinity;
    }
  }

  function open(row, wanted) {
    if (!canOpen(row)) return;
    row.setAttribute("aria-expanded", String(wanted));
    show();
  }

  function focus(row) {
    if (!row) return;
    rows.forEach((one) => (one.tabIndex = one === row ? 0 : -1));
    row.focus();
  }

  function step(row, by) {
    const seen = rows.filter((one) => !one.hidden);
    focus(seen[seen.indexOf(row) + by]);
  }

  function left(row) {
    if (canOpen(row) && isOpen(row)) return open(row, false);
    const before = rows.slice(0, rows.indexOf(row)).reverse();
    focus(before.find((one) => level(one) < level(row)));
  }

  function right(row) {
    if (canOpen(row) && !isOpen(row)) return open(row, true);
    focus(below(row)[0]);
  }

  const keys = {
    ArrowDown: (row) => step(row, 1),
    ArrowUp: (row) => step(row, -1),
    ArrowRight: right,
    ArrowLeft: left,
    Home: () => focus(rows.find((one) => !one.hidden)),
    End: () => focus(rows.filter((one) => !one.hidden).pop()),
    Enter: (row) => (row.querySelector("a") ? row.querySelector("a").click() : open(row, !isOpen(row))),
  };

  // A phone begins with the parts alone: all objectives would fill forty screens.
  if (window.matchMedia("(max-width: 767px)").matches) {
    rows.filter((row) => canOpen(row) && level(row) === 1).forEach((row) => row.setAttribute("aria-expanded", "false"));
    show();
  }

  grid.addEventListener("keydown", (event) => {
    const row = event.target.closest("tbody > tr");
    if (!row || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    if (event.key === "Enter" && event.target !== row) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key](row);
  });
  grid.addEventListener("click", (event) => {
    const row = event.target.closest("tbody > tr");
    if (!row || event.target.closest("a")) return;
    if (event.target.closest(".goal-mark") || !row.querySelector("a")) open(row, !isOpen(row));
    focus(row);
  });
})();
