// Pickup: six gates in a fixed order. Each opens by itself when the one before is shut; none can be
// skipped; refusing is always possible and counts as correct.
(() => {
  "use strict";
  const { $, $$, store, say } = courier;
  // Anything else is packed anew or refused (ACC-07).
  const SOUND = new Set(["good", "worn"]);
  const STEPS = ["scan", "identity", "contents", "weight", "photo", "signature"];
  const said = courier.dataset("#step-words");
  const form = {
    at: {}, kind: "", name: "", inspected: false, identity: "", weight: 0, entry: "list",
    appearance: "good", packing: "original", eco: false, seal: "", pieces: 1, size: [0, 0, 0], marks: [],
    instrument: "",
  };
  let here = { waybill: "", item: null, round: null };
  let step = "scan";

  const done = {
    scan: () => Boolean(form.at.scan),
    identity: () => Boolean(here.item?.agreement || form.identity),
    contents: () => Boolean(form.kind && form.inspected),
    weight: () => form.weight >= 10 && form.weight <= 100000 && Boolean(form.at.weight) && SOUND.has(form.appearance) && measured(),
    photo: () => Boolean(courier.photoOf("pickup-photo")),
    signature: () => courier.signed("sender"),
  };
  const measured = () => Boolean(form.instrument) || !courier.instruments.needed();
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
    $(".phone-title").textContent = say(said.step, {
      title: $(".phone-title").dataset.word, tail: courier.tail(here.waybill), n: STEPS.indexOf(step) + 1, of: STEPS.length,
    });
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
  async function scanned(got, how) {
    if (!(await courier.checkRoom())) return courier.buzz(false);
    const wrong = got !== here.waybill;
    const line = $('[data-error="scan"]');
    line.hidden = !wrong;
    if (wrong) {
      $("span", line).textContent = say(said.wrong, { want: courier.grouped(here.waybill), got: courier.grouped(got) || "—" });
      if (courier.isNumber(got)) return courier.wrong(got, here.waybill);
      return courier.buzz(false);
    }
    form.at.scan = new Date();
    form.entry = how;
    courier.buzz(true);
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
    const phone = here.round?.me.site_phone;
    $("[data-call-station]").hidden = !phone;
    if (phone) $("[data-call-station]").href = `tel:${phone}`;
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
    if (!SOUND.has(form.appearance)) {
      $("#why").textContent = said.unsound;
      return courier.buzz(false);
    }
    if (!measured()) {
      $("#why").textContent = said.instrument;
      return courier.buzz(false);
    }
    advance();
  }

  // --- the piece itself: all optional, kept with the weight ------------------------------------------------
  function readPiece() {
    form.eco = $("#eco").checked;
    form.seal = $("#seal").value.trim();
    form.pieces = Math.min(99, Math.max(1, Math.round(Number($("#pieces").value) || 1)));
    form.size = ["length", "width", "height"].map((side) => Math.max(0, Math.round(Number($(`#${side}`).value) || 0)));
    form.marks = $$("[data-mark-of][aria-pressed=true]").map((button) => button.value);
  }

  // Words under which the office reads the acceptance.
  function piece() {
    readPiece();
    const [l, w, h] = form.size;
    const detail = {
      appearance: form.appearance, opened: form.inspected, opened_intact: form.inspected, packing: form.packing,
      eco: form.eco, pieces: form.pieces, marks: form.marks, photo: true,
      waybill_kind: "electronic",
    };
    if (form.instrument) detail.instrument = form.instrument;
    if (form.seal) detail.seal = form.seal;
    if (l && w && h) Object.assign(detail, { volume: { l, w, h }, length_cm: l, width_cm: w, height_cm: h });
    return detail;
  }

  // --- saving -----------------------------------------------------------------------------------------------
  async function finish() {
    const group = courier.uuid7();
    const { waybill } = here;
    const identity = form.identity || "agreement";
    const records = [];
    if (!here.item?.agreement) {
      const detail = { method: form.identity, identity_type: form.identity, result: "pass", verified: navigator.onLine ? "now" : "later" };
      records.push(await courier.event(waybill, "RNV", { detail, at: form.at.identity, group }));
    }
    const inside = { item_kind: form.kind, item_name: form.name, ...piece() };
    records.push(await courier.event(waybill, "INS", { detail: { result: "pass", ...inside }, at: form.at.contents, group }));
    const detail = { weight_g: form.weight, inspected: true, identity, identity_type: identity, entry: form.entry, ...inside };
    const taken = await courier.event(waybill, "PUP", { detail, group });
    const photo = courier.photoOf("pickup-photo");
    const signature = await courier.signature("sender");
    records.push(taken);
    records.push(courier.proof(waybill, taken, "photo", { blob: photo.blob, at: photo.at }));
    records.push(courier.proof(waybill, taken, "signature", signature));
    if (!(await courier.keep(records))) return;
    if (form.instrument) await courier.instruments.remember(form.instrument);
    await leave(said.done);
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
    const now = { scan: () => scanned(courier.numberOf($("#check-waybill").value), courier.howTyped($("#check-waybill").value)), contents: inspected, weight: weighed }[step];
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
    if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) scanned(courier.numberOf(event.target.value), courier.howTyped(event.target.value));
  });
  const fromOutside = (waybill, how) => {
    if (step === "scan" || waybill !== here.waybill) scanned(waybill, how);
  };
  courier.onScan(fromOutside);
  courier.wireCamera(fromOutside);
  $$("[data-mark-of]").forEach((button) =>
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      readPiece();
    }),
  );
  $("#piece").addEventListener("input", readPiece);
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
    if (["appearance", "packing", "instrument"].includes(name)) form[name] = value;
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
    form.instrument = await courier.instruments.draw(here.round, form.instrument);
    $("#item-name").value = form.name;
    if (form.weight) $("#weight").value = (form.weight / 1000).toFixed(2);
    Object.entries({ seal: form.seal, pieces: form.pieces, length: form.size[0], width: form.size[1], height: form.size[2] })
      .forEach(([name, value]) => value && ($(`#${name}`).value = value));
    $("#eco").checked = form.eco;
    form.marks.forEach((mark) => $(`[data-mark-of][value="${mark}"]`)?.setAttribute("aria-pressed", "true"));
    for (const name of ["identity", "kind", "appearance", "packing"]) {
      const value = form[name];
      $$(`[data-pick="${name}"]`).forEach((other) => other.setAttribute("aria-pressed", "false"));
      if (value) $(`[data-pick="${name}"][value="${value}"]`)?.setAttribute("aria-pressed", "true");
    }
  }

  async function start() {
    here = await courier.itemHere();
    courier.showParty(here.item);
    $("[data-agreement]").hidden = !here.item?.agreement;
    $("[data-identity]").hidden = Boolean(here.item?.agreement);
    $("[data-offline-only]").hidden = navigator.onLine;
    for (const kind of ["failed", "exception"]) $(`[data-to="${kind}"]`).href = `/m/${kind}/${encodeURIComponent(here.waybill)}/`;
    drawReasons();
    form.instrument = await courier.instruments.draw(here.round, form.instrument);
  }

  addEventListener("DOMContentLoaded", async () => {
    $(".phone-title").dataset.word = $(".phone-title").textContent;
    courier.watchPosition();
    await start();
    await restore();
    courier.ready();
    go(firstOpen() || "signature");
  });
  document.addEventListener("courier:round", async () => {
    await start();
    draw();
  });
})();
