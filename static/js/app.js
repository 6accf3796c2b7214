// Behaviour of every desktop page: theme, navigation, keys, htmx, toasts, kept input.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const words = () => $("#js-words")?.dataset || {};

  const remember = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Storage may be off; the choice then lasts for this page only.
    }
  };

  // --- toasts ---------------------------------------------------------------------------------
  function toast(text, seconds = 6) {
    const holder = $("#toasts");
    if (!holder || !text) return;
    const line = document.createElement("div");
    line.className = "toast-line";
    line.textContent = text;
    holder.append(line);
    setTimeout(() => line.remove(), seconds * 1000);
  }

  // --- shell ----------------------------------------------------------------------------------
  function toggleTheme() {
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    remember("theme", root.dataset.bsTheme);
    document.dispatchEvent(new CustomEvent("courierqa:theme"));
  }

  function foldNav() {
    if (root.dataset.nav === "folded") delete root.dataset.nav;
    else root.dataset.nav = "folded";
    remember("nav", root.dataset.nav || "open");
  }

  function openNav(open) {
    root.toggleAttribute("data-nav-open", open);
    if (open) $(".nav a")?.focus();
    else $("[data-open-nav]")?.focus();
  }

  const deeds = {
    "[data-toggle-theme]": toggleTheme,
    "[data-fold-nav]": foldNav,
    "[data-open-nav]": () => openNav(true),
    "[data-close-nav]": () => openNav(false),
    "[data-show-keys]": () => $("#keys-help")?.showModal(),
    "[data-copy]": (target) => copy(target.dataset.copy),
    "[data-print]": () => print(),
  };

  document.addEventListener("click", (event) => {
    for (const [selector, deed] of Object.entries(deeds)) {
      const target = event.target.closest(selector);
      if (target) deed(target, event);
    }
    const row = event.target.closest("tr[data-href]");
    if (row && !event.target.closest("a, button, input, label, select")) location.href = row.dataset.href;
    $$("details.account[open]").forEach((box) => box.contains(event.target) || (box.open = false));
  });

  async function copy(text) {
    await navigator.clipboard?.writeText(text);
    toast(words().copied, 2);
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-autosubmit], [data-autosubmit] *")) event.target.form?.requestSubmit();
  });

  // --- keys -----------------------------------------------------------------------------------
  // The Enter that confirms a Chinese candidate is not a command: ignore composing keys.
  const composing = (event) => event.isComposing || event.keyCode === 229;
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  const lettersOn = () => root.dataset.keys !== "off";
  let waitingForGo = 0;

  function press(selector) {
    const target = $(selector);
    if (target) target.click();
    return Boolean(target);
  }

  function rows() {
    return $$("[data-rows] [data-row], tbody[data-rows] tr, tr[data-href]").filter((row) => row.offsetParent);
  }

  function moveRow(step) {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.classList.contains("is-current"));
    const next = Math.max(0, Math.min(all.length - 1, now + step));
    all[now]?.classList.remove("is-current");
    all[next].classList.add("is-current");
    all[next].scrollIntoView({ block: "nearest" });
    all[next].dispatchEvent(new CustomEvent("courierqa:row", { bubbles: true }));
  }

  function openRow() {
    const row = $(".is-current[data-href], .is-current a[href]");
    if (!row) return false;
    location.href = row.dataset.href || row.href;
    return true;
  }

  function functionKey(event) {
    if (event.key === "F2") return press('[data-key="F2"]') || goTo("/complaints/new/");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("form") || $("form[data-main]");
      if (form) form.requestSubmit();
      return Boolean(form);
    }
    if (/^F\d+$/.test(event.key)) return press(`[data-key="${event.key}"]`);
    if (event.key === "Escape" && root.hasAttribute("data-nav-open")) return openNav(false), true;
    return false;
  }

  function goTo(url) {
    const known = $(`a[href="${url}"], a[href^="/complaints/"]`);
    if (known) location.href = url;
    return Boolean(known);
  }

  function letterKey(event) {
    const key = event.key;
    if (waitingForGo && Date.now() - waitingForGo < 1500) {
      waitingForGo = 0;
      return press(`.nav [data-go="${CSS.escape(key)}"]`);
    }
    if (key === "/") return Boolean($("#search")) && ($("#search").select(), $("#search").focus(), true);
    if (key === "?") return press("[data-show-keys]");
    if (key === "g") return (waitingForGo = Date.now()), true;
    if (key === "j") return moveRow(1), true;
    if (key === "k") return moveRow(-1), true;
    if (key === "Enter" && event.target === document.body) return openRow();
    return press(`[data-key="${CSS.escape(key)}"]`);
  }

  document.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    let used = functionKey(event);
    if (!used && plain && event.key.length <= 5 && lettersOn() && !typing(event.target) && !$("dialog[open]")) {
      used = letterKey(event);
    }
    if (used) event.preventDefault();
  });

  // A form sent by the Enter of an input method would be half written.
  document.addEventListener("keypress", (event) => composing(event) && event.preventDefault(), true);

  // --- typed text survives a change of language ----------------------------------------------------
  const keptAt = () => `kept:${location.pathname.replace(/^\/en\//, "/")}`;
  const keepable = "main form input:not([type=hidden]):not([type=password]):not([type=file]), main form select, main form textarea";

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-keep-typed]")) return;
    const values = $$(keepable).map((field) => (/checkbox|radio/.test(field.type) ? field.checked : field.value));
    try {
      sessionStorage.setItem(keptAt(), JSON.stringify(values));
    } catch {
      // Without storage the switch still works; the text is typed again.
    }
  });

  function restoreTyped() {
    let values = null;
    try {
      values = JSON.parse(sessionStorage.getItem(keptAt()));
      sessionStorage.removeItem(keptAt());
    } catch {
      return;
    }
    const fields = $$(keepable);
    if (!Array.isArray(values) || values.length !== fields.length) return;
    fields.forEach((field, place) => {
      if (/checkbox|radio/.test(field.type)) field.checked = values[place];
      else field.value = values[place];
    });
  }

  // --- partial updates ------------------------------------------------------------------------------
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 401) toast(words().expired);
    else toast(status === 403 ? words().denied : words().failed);
  });
  document.addEventListener("htmx:sendError", () => toast(words().offline));
  document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));
  document.addEventListener("toast", (event) => toast(event.detail?.value || event.detail?.text));
  addEventListener("offline", () => toast(words().offline));
  addEventListener("online", () => toast(words().online, 3));

  function focusErrors(within = document) {
    $("[data-focus]", within)?.focus();
  }

  // In a long navigation the page one is on is not below the edge.
  function showPlace() {
    const place = $(".nav-link[aria-current=page]");
    const list = place?.closest("nav");
    if (list && list.scrollHeight > list.clientHeight) {
      list.scrollTop = place.offsetTop - list.clientHeight / 2;
    }
  }

  // Whoever signs out at a desk also leaves no round on this device; captures stay.
  async function forgetRound() {
    const known = (await indexedDB.databases?.()) || [];
    if (!known.some((one) => one.name === "courierqa")) return;
    indexedDB.open("courierqa").onsuccess = ({ target: { result: db } }) => {
      const change = db.transaction(["round", "drafts", "meta"], "readwrite");
      change.objectStore("round").clear();
      change.objectStore("drafts").clear();
      change.objectStore("meta").delete("owner");
      change.oncomplete = () => db.close();
    };
  }
  document.addEventListener("submit", (event) => event.target.matches("[data-logout]") && forgetRound());

  // A second press of the button must not send the form twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => delete form.dataset.sent));

  addEventListener("DOMContentLoaded", () => {
    restoreTyped();
    focusErrors();
    showPlace();
  });

  window.courierqa = { toast, composing };
})();
