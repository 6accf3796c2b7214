// The exception board: keys on the chosen card, a dialog for words, cards that move at once.
(() => {
  "use strict";
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const dialog = $("#move-dialog");
  let chosen = "";

  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  const lettersOn = () => document.documentElement.dataset.keys !== "off";

  function current() {
    return $(".exc-card.is-current") || choose($(".exc-card"));
  }

  function choose(card) {
    if (!card) return null;
    $$(".exc-card.is-current").forEach((one) => one.classList.remove("is-current"));
    card.classList.add("is-current");
    chosen = card.id;
    return card;
  }

  // What key leads where: "a" and "2" take, "m" and "3" tell, "4" solves, "1" puts back.
  const PLACES = { a: "2", m: "3", 1: "1", 2: "2", 3: "3", 4: "4" };

  document.addEventListener(
    "keydown",
    (event) => {
      const place = PLACES[event.key];
      if (!place || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (!lettersOn() || typing(event.target) || $("dialog[open]")) return;
      const card = current();
      const deed = card && $(`[data-move="${place}"]`, card);
      if (!deed) return;
      event.preventDefault();
      event.stopPropagation();
      deed.click();
    },
    true,
  );

  document.addEventListener("courierqa:row", (event) => {
    if (event.target.matches(".exc-card")) chosen = event.target.id;
  });

  document.addEventListener("click", (event) => {
    const card = event.target.closest(".exc-card");
    if (card) choose(card);
    if (event.target.closest("[data-move-close]")) dialog?.close();
    const link = event.target.closest('a[data-move="3"], a[data-move="4"]');
    if (!link || !dialog || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    openDialog(card, link.dataset.move === "3" ? "tell" : "solve");
  });

  function openDialog(card, verb) {
    const form = $("[data-move-form]", dialog);
    form.setAttribute("hx-post", card.dataset.moveUrl);
    form.action = card.dataset.moveUrl;
    form.elements.verb.value = verb;
    form.reset();
    $("#move-problem").replaceChildren();
    $$(`[data-${verb}]`, dialog).forEach((one) => (one.textContent = one.dataset[verb]));
    $$("[data-just]", dialog).forEach((one) => (one.hidden = one.dataset.just !== verb));
    form.elements.verb.value = verb;
    window.htmx?.process(form);
    dialog.showModal();
    form.elements.note.focus();
  }

  // The card stands in its new column before the server has answered.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target;
    const card = form.closest?.(".exc-card");
    const column = card && $(`[data-column="${form.dataset.to}"] .exc-cards`);
    if (!column) return;
    card.classList.add("is-moving");
    column.prepend(card);
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "move-problem") dialog?.close();
    const card = chosen && document.getElementById(chosen);
    if (card) choose(card);
  });
})();
