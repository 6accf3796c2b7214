// Pickup: six gates in a fixed order. Each opens by itself when the one before is shut; none can be
// skipped; refusing is always possible and counts as correct.
(() => {
  "use strict";
  const { $, $$, store, say } = courier;
  const STEPS = ["scan", "identity", "contents", "weight", "photo", "signature"];
  const said = courier.dataset("#step-words");
  const form = { at: {}, kind: "", name: "", inspected: false, identity: "", weight: 0 };
  let here = { waybill: "", item: null, round: null };
  let step = "scan";

  const done = {
    scan: () => Boolean(form.at.scan),
    identity: () => Boolean(here.item?.agreement || form.identity),
    contents: () => Boolean(form.kind && form.inspected),
    weight: () => form.weight >= 10 && form.weight <= 100000 && Boolean(form.at.weight),
    photo: () => Boolean(courier.photoOf("pickup-photo")),
    signature: () => courier.signed("sender"),
  };
  const firstOpen = () => STEPS.find((name) => !done[name]());

  // --- drawing ------------------------------------------------------------------------------------------
  const shown = {
    scan: () => courier.tail(here.waybill),
    identity: () => (here.item?.agreement ? said.agreed : $(`[data-pick="identity"][value="${form.identity}"]`)?.textContent),
    contents: () => $(`[data-pick="kind"][value="${form.kind}"]`)?.textContent,
    weight: () => `${(form.weight / 1000).toFixed(2)} kg`,
    photo: () => said.taken,
    signature: () => said.drawn,
  };

  function draw() {
    const reach = STEPS.indexOf(firstOpen() || "signature");
    for (const gate of $$(".gate")) {
      const name = gate.dataset.step;
      const shut = done[name]();
      gate.classList.toggle("is-done", shut);
      gate.classList.toggle("is-now", name === step);
      gate.classList.toggle("is-closed", STEPS.indexOf(name) > reach);
      $(".gate-said", gate).textContent = shut ? shown[name]() || "" : "";
      $("h2", gate).toggleAttribute("aria-disabled", STEPS.indexOf(name) > reach);
    }
    const last = !firstOpen() && step === "signature";
    $("#next").firstChild.textContent = last ? said.finish : said.next;
    $("#why").textContent = "";
  }

  function go(name) {
    if (STEPS.indexOf(name) > STEPS.indexOf(firstOpen() || "signature")) return;
    step = name;
    draw();
    const gate = $(`.gate[data-step="${name}"]`);
    if (name !== STEPS[0]) gate.scrollIntoView({ block: "start", behavior: "auto" });
    $("input:not([type=file])", gate)?.focus({ preventScroll: true });
  }

  function advance() {
    keepDraft();
    go(firstOpen() || "signature");
  }

  // A reload or a call in between must not cost the work done so far.
  const keepDraft = () => store.put("drafts", { key: `pickup:${here.waybill}`, form });

  // --- the gates ------------------------------------------------------------------------------------------
  function scanned(text) {
    const got = text.replace(/\s+/g, "").toUpperCase();
    const wrong = got !== here.waybill;
    const line = $('[data-error="scan"]');
    line.hidden = !wrong;
    if (wrong) {
      $("span", line).textContent = say(said.wrong, { want: courier.grouped(here.waybill), got: courier.grouped(got) || "—" });
      courier.buzz(false);
      return;
    }
    form.at.scan = new Date();
    advance();
  }

  function forbidden(text) {
    const name = text.trim().toLowerCase();
    if (!name) return null;
    const terms = (rule) => [rule.term, rule.term_en].filter(Boolean).map((term) => term.toLowerCase());
    return here.round?.prohibited?.find((rule) => terms(rule).some((term) => name.includes(term))) || null;
  }

  function stopFor(rule) {
    $(".stop-item").textContent = `${$("#item-name").value} · ${rule.name || rule.term}`;
    $(".stop-rule").textContent = rule.rule || "";
    courier.buzz(false);
    courier.sheet("#stop-screen", true);
  }

  function inspected() {
    form.name = $("#item-name").value.trim();
    const rule = forbidden(form.name);
    if (rule) return stopFor(rule);
    if (!form.kind) {
      $("#why").textContent = said.contents;
      return;
    }
    form.inspected = true;
    form.at.contents = new Date();
    advance();
  }

  function weighed() {
    const grams = Math.round(Number($("#weight").value.replace(",", ".")) * 1000);
    const fine = Number.isFinite(grams) && grams >= 10 && grams <= 100000;
    $('[data-error="weight"]').hidden = fine;
    if (!fine) return;
    form.weight = grams;
    form.at.weight = new Date();
    advance();
  }

  // --- saving -----------------------------------------------------------------------------------------------
  async function finish() {
    const group = courier.uuid7();
    const { waybill } = here;
    const identity = form.identity || "agreement";
    const records = [];
    if (!here.item?.agreement) {
      const detail = { method: form.identity, result: "pass", verified: navigator.onLine ? "now" : "later" };
      records.push(await courier.event(waybill, "RNV", { detail, at: form.at.identity, group }));
    }
    const inside = { item_kind: form.kind, item_name: form.name };
    records.push(await courier.event(waybill, "INS", { detail: { result: "pass", ...inside }, at: form.at.contents, group }));
    const detail = { weight_g: form.weight, inspected: true, identity, ...inside };
    const taken = await courier.event(waybill, "PUP", { detail, group });
    const photo = courier.photoOf("pickup-photo");
    const signature = await courier.signature("sender");
    records.push(taken);
    records.push(courier.proof(waybill, taken, "photo", { blob: photo.blob, at: photo.at }));
    records.push(courier.proof(waybill, taken, "signature", signature));
    if (await courier.keep(records)) await leave(said.done);
  }

  async function refuse(reason, extra = {}) {
    const group = courier.uuid7();
    const detail = { item_name: $("#item-name").value.trim(), ...extra };
    const records = [];
    if (step === "contents" || extra.prohibited) {
      records.push(await courier.event(here.waybill, "INS", { detail: { result: "fail", ...detail }, group }));
    }
    records.push(await courier.event(here.waybill, "REJ", { reason, detail, group }));
    if (await courier.keep(records)) await leave(said.refused);
  }

  async function leave(text) {
    await store.remove("drafts", `pickup:${here.waybill}`);
    courier.leave("/m/today/", text);
  }

  function reasons() {
    const known = (here.round?.reasons || []).filter((reason) => reason.scan_code === "REJ");
    return known.length ? known : [{ code: "", name: said.other }];
  }

  // --- wiring ---------------------------------------------------------------------------------------------------
  $("#next").addEventListener("click", () => {
    const now = { scan: () => scanned($("#check-waybill").value), contents: inspected, weight: weighed }[step];
    if (now && !done[step]()) now();
    else if (done[step]() && step === "signature" && !firstOpen()) return finishOnce();
    else if (done[step]()) go(STEPS[STEPS.indexOf(step) + 1] || "signature");
    if (!done[step]() && !$("#why").textContent) $("#why").textContent = said[step] || "";
  });

  let finishing = false;
  async function finishOnce() {
    if (finishing) return;
    finishing = true;
    await finish().finally(() => (finishing = false));
  }

  $("#check-waybill").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) scanned(event.target.value);
  });
  $("#inspected").addEventListener("click", inspected);
  $("#item-name").addEventListener("input", () => {
    form.inspected = false;
    const rule = forbidden($("#item-name").value);
    if (rule) stopFor(rule);
  });
  $("#weight").addEventListener("input", () => (form.at.weight = null));
  $$("[data-add]").forEach((button) =>
    button.addEventListener("click", () => {
      const next = Math.max(0.1, Number($("#weight").value) + Number(button.dataset.add));
      $("#weight").value = next.toFixed(2);
      form.at.weight = null;
    }),
  );
  document.addEventListener("courier:pick", ({ detail: { name, value } }) => {
    if (name === "identity") {
      form.identity = value;
      form.at.identity = new Date();
      advance();
    }
    if (name === "kind") {
      form.kind = value;
      form.inspected = false;
      draw();
    }
  });
  document.addEventListener("courier:drawn", () => (done.photo() && step === "photo" ? advance() : draw()));
  $$(".gate h2").forEach((head) => head.addEventListener("click", () => go(head.parentElement.dataset.step)));

  $("#refuse").addEventListener("click", () => courier.sheet("#refuse-sheet", true));
  $("[data-refuse-now]").addEventListener("click", () => {
    const rule = reasons().find((reason) => /forbidden|prohibited/.test(reason.code)) || reasons()[0];
    refuse(rule.code, { prohibited: true });
  });
  $$(".sheet [data-back]").forEach((button) =>
    button.addEventListener("click", () => courier.sheet(`#${button.closest(".sheet").id}`, false)),
  );

  function drawReasons() {
    $("#refuse-reasons").replaceChildren(
      ...reasons().map((reason) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "pick";
        button.textContent = reason.name;
        button.addEventListener("click", () => refuse(reason.code));
        return button;
      }),
    );
  }

  async function restore() {
    const draft = await store.get("drafts", `pickup:${here.waybill}`);
    if (!draft) return;
    Object.assign(form, draft.form);
    $("#item-name").value = form.name;
    if (form.weight) $("#weight").value = (form.weight / 1000).toFixed(2);
    for (const [name, value] of [["identity", form.identity], ["kind", form.kind]]) {
      if (value) $(`[data-pick="${name}"][value="${value}"]`)?.setAttribute("aria-pressed", "true");
    }
  }

  async function start() {
    here = await courier.itemHere();
    courier.showParty(here.item);
    $("[data-agreement]").hidden = !here.item?.agreement;
    $("[data-identity]").hidden = Boolean(here.item?.agreement);
    $("[data-offline-only]").hidden = navigator.onLine;
    drawReasons();
  }

  addEventListener("DOMContentLoaded", async () => {
    courier.watchPosition();
    await start();
    await restore();
    go(firstOpen() || "signature");
  });
  document.addEventListener("courier:round", async () => {
    await start();
    draw();
  });
})();
