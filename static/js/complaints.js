// The case page and the work lists: choose rows, insert templates, keep drafts, save and go on.
(() => {
  "use strict";
  const $ = (selector, within = document) => within.querySelector(selector);
  const composing = (event) => event.isComposing || event.keyCode === 229;

  // --- rows ---------------------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset.keys === "off") return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const box = $("tr.is-current input[type=checkbox]");
    if (!box) return;
    if (event.key === "x") box.checked = !box.checked;
    // "a" takes the row under the cursor when none is chosen.
    else if (event.key === "a" && !$("tbody input:checked")) box.checked = true;
  }, true);

  // --- composer -----------------------------------------------------------------------------------
  const root = () => $("#case");
  const draftKey = (form) => `draft:${root().dataset.case}:${form.dataset.draft}`;

  function store(form) {
    const text = $("textarea", form).value;
    try {
      if (text) sessionStorage.setItem(draftKey(form), text);
      else sessionStorage.removeItem(draftKey(form));
    } catch {
      // Without storage nothing is kept; the page itself still holds the text.
    }
  }

  function restore() {
    if (!root()) return;
    root().querySelectorAll("form[data-draft]").forEach((form) => {
      const box = $("textarea", form);
      if (!box.value) box.value = sessionStorage.getItem(draftKey(form)) || "";
      showBlanks(form);
    });
  }

  function showBlanks(form) {
    const note = $("[data-blank-note]", form);
    if (note) note.hidden = !/\{\{[^{}]*\}\}/.test($("textarea", form).value);
  }

  function selectBlank(box) {
    const found = /\{\{[^{}]*\}\}/.exec(box.value);
    if (!found) return false;
    box.focus();
    box.setSelectionRange(found.index, found.index + found[0].length);
    return true;
  }

  function insert(form, code) {
    const rows = JSON.parse($("#reply-templates").textContent);
    const row = rows.find((one) => one.code === code);
    const box = $("textarea", form);
    if (!row) return;
    // A filled field is never overwritten: the template is added below.
    box.value = box.value.trim() ? `${box.value.trimEnd()}\n${row.body}` : row.body;
    store(form);
    showBlanks(form);
    if (!selectBlank(box)) box.focus();
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-templates]")) insert(event.target.form, event.target.value);
    if (event.target.matches("[data-toggle-scans]")) root().classList.toggle("without-scans", !event.target.checked);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (!form) return;
    if (event.target.value.endsWith("::")) {
      event.target.value = event.target.value.slice(0, -2);
      $("[data-templates]", form)?.focus();
    }
    showBlanks(form);
    store(form);
  });

  // Tab walks through the blanks of a template.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || composing(event)) return;
    const box = event.target.closest?.("form[data-draft] textarea");
    if (box && selectBlank(box)) event.preventDefault();
  });

  // Opening a pane by key or click puts the cursor into it; a pane open from the start does not.
  document.addEventListener("click", (event) => {
    const pane = event.target.closest(".composer .pane > summary")?.parentElement;
    if (pane) setTimeout(() => pane.open && ($("textarea", pane) || $("select", pane))?.focus());
  });

  document.addEventListener("htmx:beforeRequest", (event) => event.target.dataset.draft && store(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target;
    if (!form.dataset?.draft || !event.detail.successful) return;
    try {
      sessionStorage.removeItem(`draft:${form.closest("#case")?.dataset.case || root()?.dataset.case}:${form.dataset.draft}`);
    } catch {
      // Nothing was kept.
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => event.detail.xhr.status === 422 && restore());

  // F8: what was typed is sent first, then the next case opens.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-save-next]");
    const form = $(".composer .pane[open] form[data-draft=reply]");
    if (link && form && $("textarea", form).value.trim()) {
      event.preventDefault();
      form.elements.next.value = "1";
      form.requestSubmit();
    }
    const part = event.target.closest("[data-open-part]")?.dataset.openPart;
    if (part) {
      const box = $(part === "reply" ? ".composer .pane" : part === "cause" ? "[data-part=cause]" : `#part-${part} details`);
      if (box) box.open = true;
    }
  });

  addEventListener("DOMContentLoaded", restore);
})();
