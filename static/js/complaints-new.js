// F2: digits choose and move on; nothing needs the mouse. The page works without this script too.
(() => {
  "use strict";
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const composing = (event) => event.isComposing || event.keyCode === 229;
  const DRAFT = "draft:new-case";
  const form = $("[data-f2]");

  if ($("[data-f2-done]")) {
    forget();
    $("[data-f2-done] a")?.focus();
  }
  if (!form) return;

  form.classList.add("has-script");
  const who = $("[data-who]", form);
  const words = $("textarea[name=words]", form);
  const group = $("[data-step=group]", form);
  const wish = $("[data-step=wish]", form);
  let step = "";
  let sent = false;

  // --- steps ----------------------------------------------------------------------------------
  function go(name) {
    step = name;
    const where = { group: $(".key", group), wish: $("input", wish), words }[name];
    where?.focus();
  }

  function openGroup(digit) {
    $$("[data-group]", group).forEach((key) => key.setAttribute("aria-pressed", key.dataset.group === digit));
    $$("[data-reasons]", group).forEach((row) => row.classList.toggle("is-open", row.dataset.reasons === digit));
    step = "reason";
    $(`[data-reasons="${digit}"] input`, group)?.focus();
  }

  function choose(input, next) {
    input.checked = true;
    keep();
    go(next);
  }

  function chooseParcel(key) {
    $$("[data-parcel]", form).forEach((one) => one.setAttribute("aria-pressed", one === key));
    form.elements.waybill.value = key.dataset.parcel;
    go("group");
  }

  function digit(value) {
    if (step === "parcel") {
      const key = $(`[data-parcel][data-digit="${value}"]`, form);
      return key && (chooseParcel(key), true);
    }
    if (step === "group") return $(`[data-group="${value}"]`, group) && (openGroup(value), true);
    if (step === "reason") {
      const input = $(`.is-open input[data-digit="${value}"]`, group);
      return input && (choose(input, "wish"), true);
    }
    if (step === "wish") {
      const input = $(`input[data-digit="${value}"]`, wish);
      return input && (choose(input, "words"), true);
    }
    return false;
  }

  function afterWho() {
    const parcels = $$("[data-parcel]", form);
    if (parcels.length > 1 && !form.elements.waybill.value) {
      step = "parcel";
      parcels[0].focus();
    } else go("group");
  }

  // Enter on the first field waits for the look-up, so that parcels can be chosen by digit.
  let waiting = false;
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "caller") return;
    const parcels = $$("[data-parcel]", form);
    if (parcels.length === 1) form.elements.waybill.value = parcels[0].dataset.parcel;
    const chosen = form.elements.waybill.value;
    parcels.forEach((one) => one.setAttribute("aria-pressed", one.dataset.parcel === chosen));
    if (!waiting) return;
    waiting = false;
    afterWho();
  });
  document.addEventListener("htmx:sendError", () => waiting && ((waiting = false), go("group")));

  // One look-up per number: a second answer would take the focus from the parcels it replaces.
  // A page that came back with errors still shows its parcels and the chosen one.
  let asked = $("#caller").textContent.trim() ? who.value.trim() : "";

  function lookUp() {
    const text = who.value.trim();
    if (!text || text === asked) return false;
    asked = text;
    form.elements.waybill.value = "";
    who.dispatchEvent(new Event("lookup"));
    return true;
  }

  function leaveWho() {
    if (!who.value.trim()) return;
    waiting = lookUp() || who.classList.contains("htmx-request");
    if (!waiting) afterWho();
  }

  who.addEventListener("change", lookUp);

  form.addEventListener("keydown", (event) => {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === who && event.key === "Enter") {
      event.preventDefault();
      leaveWho();
    } else if (/^[1-9]$/.test(event.key) && !event.target.matches("input:not([type=radio]), textarea, select")) {
      if (digit(event.key)) event.preventDefault();
    } else if (event.key === "Enter" && step === "wish") {
      // No wish: go on to the words.
      event.preventDefault();
      go("words");
    } else if (event.key === "Enter" && event.target.matches("input[type=radio]")) event.preventDefault();
  });

  form.addEventListener("focusin", (event) => {
    if (event.target.closest("[data-parcel]")) step = "parcel";
    else if (event.target.matches("[data-group]")) step = "group";
    else if (event.target.name === "reason") step = "reason";
    else if (event.target.name === "wish") step = "wish";
    else step = "";
  });

  form.addEventListener("click", (event) => {
    const key = event.target.closest("[data-group]");
    if (key) openGroup(key.dataset.group);
    const parcel = event.target.closest("[data-parcel]");
    if (parcel) chooseParcel(parcel);
  });

  // --- draft ------------------------------------------------------------------------------------
  const kept = ["who", "waybill", "words", "name", "phone", "email"];

  function keep() {
    if (sent) return;
    const values = Object.fromEntries(kept.map((name) => [name, form.elements[name].value]));
    for (const name of ["reason", "wish"]) values[name] = form.elements[name].value;
    try {
      sessionStorage.setItem(DRAFT, JSON.stringify(values));
    } catch {
      // Without storage the page itself still holds the text.
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem(DRAFT);
    } catch {
      // Nothing was kept.
    }
  }

  function restore() {
    let values = null;
    try {
      values = JSON.parse(sessionStorage.getItem(DRAFT));
    } catch {
      return;
    }
    if (!values || who.value || words.value) return;
    kept.forEach((name) => (form.elements[name].value = values[name] || ""));
    for (const name of ["reason", "wish"]) {
      const input = values[name] && $(`input[name=${name}][value="${CSS.escape(values[name])}"]`, form);
      if (input) input.checked = true;
    }
  }

  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    sent = true;
    forget();
    if (event.submitter?.name === "next") form.elements.next.value = "1";
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || composing(event)) return;
    keep();
    history.length > 1 ? history.back() : (location.href = "/complaints/");
  });

  // --- timer and first look ------------------------------------------------------------------------
  const started = Date.now();
  const timer = $("[data-timer]");
  setInterval(() => {
    const seconds = Math.floor((Date.now() - started) / 1000);
    timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 1000);

  restore();
  const checked = $("input[name=reason]:checked", form);
  if (checked) {
    const row = checked.closest("[data-reasons]");
    row.classList.add("is-open");
    $(`[data-group="${row.dataset.reasons}"]`, group).setAttribute("aria-pressed", "true");
  }
  // htmx is there once the page has loaded.
  addEventListener("load", () => {
    const chosen = form.elements.waybill.value;
    // A draft that comes back keeps the parcel that was chosen in it.
    if (who.value && lookUp()) form.elements.waybill.value = chosen;
  });
  if (!$("[data-focus]")) who.focus();
})();
