// The board of corrective actions: a card dragged to its next column opens that step.
(() => {
  "use strict";
  let held = null;
  const column = (event) => event.target.closest?.("[data-column]");
  const fits = (event) => held && column(event)?.dataset.column === held.dataset.next;

  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-next-url]");
    if (!held) return;
    held.classList.add("is-moving");
    event.dataTransfer.effectAllowed = "move";
    document.querySelector(`[data-column="${held.dataset.next}"]`)?.classList.add("is-target");
  });
  document.addEventListener("dragover", (event) => {
    if (fits(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!fits(event)) return;
    event.preventDefault();
    location.assign(held.dataset.nextUrl);
  });
  document.addEventListener("dragend", () => {
    held?.classList.remove("is-moving");
    document.querySelectorAll(".is-target").forEach((one) => one.classList.remove("is-target"));
    held = null;
  });
})();
