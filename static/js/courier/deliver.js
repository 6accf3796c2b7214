// Delivery: to the recipient, to a named proxy, to a place with consent, or not at all with a reason.
(() => {
  "use strict";
  const { $, $$, store, say } = courier;
  const said = courier.dataset("#step-words");
  const form = { way: "", place: "", relation: "", proxy_consent: "", retry: "", reason: null, asked: null, outcome: "ATT" };
  let here = { waybill: "", item: null, round: null };

  // --- consent --------------------------------------------------------------------------------------------
  // The latest word counts: recorded now on this phone, else what the office knows.
  function consent(way) {
    if (form.asked && (!form.asked.place || form.asked.place === way)) return form.asked.given ? "yes" : "said-no";
    const agreed = here.item?.consents || [];
    return agreed.includes(way) || agreed.includes("any") ? "yes" : "no";
  }

  const typed = () => $("#typed-name").value.trim() && $("#typed-why").value.trim();
  const confirmed = () => courier.signed("recipient") || Boolean(typed());
  const cod = () => !here.item?.cod_fen || $("#cod-paid").checked;

  // What is still missing, in the order of the page; an empty list lets the deed be finished.
  const missing = {
    "": () => [said.way],
    recipient: () => [!cod() && said.money, !confirmed() && said.signature],
    proxy: () => [
      !$("#signer").value.trim() && said.signer,
      !form.relation && said.relation,
      !form.proxy_consent && said.consent,
      !cod() && said.money,
      !confirmed() && said.signature,
    ],
    place: () => [
      !form.place && said.place,
      form.place && consent(form.place) !== "yes" && said.consent,
      !courier.photoOf("place-photo") && said.photo,
    ],
    failed: () => [
      !form.reason && said.reason,
      form.reason?.needs_call && !$("#called").checked && said.call,
      form.reason?.needs_photo && !courier.photoOf("fail-photo") && said.photo,
      !form.retry && form.reason?.scan_code === "ATT" && said.retry,
    ],
  };
  const gaps = () => missing[form.way]().filter(Boolean);

  // --- drawing -----------------------------------------------------------------------------------------------
  function draw() {
    $("#ways").classList.toggle("is-chosen", Boolean(form.way));
    $$(".way").forEach((button) => button.setAttribute("aria-pressed", String(button.value === form.way)));
    const handed = form.way === "recipient" || form.way === "proxy";
    const open = { proxy: form.way === "proxy", place: form.way === "place", failed: form.way === "failed",
      money: handed && Boolean(here.item?.cod_fen), signature: handed };
    $$("[data-panel]").forEach((panel) => (panel.hidden = !open[panel.dataset.panel]));
    drawConsent();
    $('[data-needs="call"]').hidden = !form.reason?.needs_call;
    $('[data-needs="retry"]').hidden = form.outcome !== "ATT";
    $('[data-needs="photo"]').hidden = !form.reason?.needs_photo;
    $("#cod-paid").disabled = !$("#goods-checked").checked;
    const [gap] = gaps();
    $("#finish").disabled = Boolean(gap);
    $("#why").textContent = form.way ? gap || "" : "";
  }

  function drawConsent() {
    const now = form.place ? consent(form.place) : "";
    $$(".way-panel [data-consent]").forEach((box) => (box.hidden = box.dataset.consent !== now));
    $("[data-after-consent]").hidden = now !== "yes";
    const any = ["locker", "station"].some((way) => consent(way) === "yes");
    $("[data-consent-note]").textContent = any ? said.unlocked : said.locked;
  }

  function drawReasons() {
    const shown = (here.round?.reasons || []).filter((one) => one.scan_code === form.outcome);
    $("#reasons").replaceChildren(
      ...shown.map((reason) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "pick";
        button.textContent = reason.name;
        button.addEventListener("click", () => {
          form.reason = reason;
          $$("#reasons .pick").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
          draw();
        });
        return button;
      }),
    );
  }

  // --- saving --------------------------------------------------------------------------------------------------
  const group = courier.uuid7();

  function consentEvent(place, given, way, at) {
    return courier.event(here.waybill, "CON", { detail: { given, kind: place, way }, at, group });
  }

  async function handed() {
    const proxy = form.way === "proxy";
    const records = [];
    const detail = { way: form.way, invited: true };
    if (proxy) {
      Object.assign(detail, { signer: $("#signer").value.trim(), relation: form.relation, consent: form.proxy_consent });
      records.push(await consentEvent("proxy", true, form.proxy_consent, form.consentAt));
    }
    if (here.item?.cod_fen) Object.assign(detail, { goods_checked: true, cod_paid: true });
    const drawn = courier.signed("recipient");
    if (!drawn) Object.assign(detail, { signer: $("#typed-name").value.trim(), unsigned_because: $("#typed-why").value.trim() });
    const event = await courier.event(here.waybill, "DLV", { detail, group });
    records.push(event);
    if (drawn) records.push(courier.proof(here.waybill, event, "signature", await courier.signature("recipient")));
    return records;
  }

  async function placed() {
    const records = [];
    if (form.asked?.given) records.push(await consentEvent(form.place, true, form.asked.way, form.asked.at));
    const detail = { way: form.place, place: $("#place-name").value.trim(), photo: true };
    const event = await courier.event(here.waybill, "RDY", { detail, group });
    const photo = courier.photoOf("place-photo");
    return [...records, event, courier.proof(here.waybill, event, "photo", photo)];
  }

  async function failed() {
    const photo = courier.photoOf("fail-photo");
    const detail = { next: form.retry || "" };
    if ($("#called").checked) detail.call = true;
    if (photo) detail.photo = true;
    if (form.retry === "agreed") detail.agreed = true;
    const { scan_code: code, code: reason } = form.reason;
    const event = await courier.event(here.waybill, code, { reason, detail, group });
    return photo ? [event, courier.proof(here.waybill, event, "photo", photo)] : [event];
  }

  const deeds = {
    recipient: [handed, said.done],
    proxy: [handed, said.done],
    place: [placed, said.placed],
    failed: [failed, said.failed],
  };

  async function finish() {
    if (gaps().length) return draw();
    $("#finish").disabled = true;
    const [records, text] = deeds[form.way];
    if (await courier.keep(await records())) courier.leave("/m/today/", text);
    else draw();
  }

  // A "no" is worth keeping even when the parcel is then handed over in person.
  async function disagree() {
    form.asked = { given: false, place: form.place, at: new Date() };
    await courier.keep([await consentEvent(form.place, false, "call", form.asked.at)]);
    draw();
  }

  // --- wiring ------------------------------------------------------------------------------------------------------
  $$(".way").forEach((button) =>
    button.addEventListener("click", () => {
      // A second tap on the chosen way shows all ways again.
      form.way = form.way === button.value ? "" : button.value;
      draw();
    }),
  );
  $$("[data-agree]").forEach((button) =>
    button.addEventListener("click", () => {
      form.asked = { given: true, place: form.place, way: button.dataset.agree, at: new Date() };
      draw();
    }),
  );
  $("[data-disagree]").addEventListener("click", disagree);
  document.addEventListener("courier:pick", ({ detail: { name, value } }) => {
    form[name] = value;
    if (name === "outcome") {
      form.reason = null;
      drawReasons();
    }
    if (name === "proxy_consent") form.consentAt = new Date();
    draw();
  });
  document.addEventListener("courier:drawn", draw);
  document.addEventListener("input", draw);
  document.addEventListener("change", draw);
  $("#finish").addEventListener("click", finish);

  async function start() {
    here = await courier.itemHere();
    courier.showParty(here.item || { recipient: { name_masked: courier.grouped(here.waybill), address: said.notlisted } });
    $("#cod").hidden = !here.item?.cod_fen;
    if (here.item?.cod_fen) $("#cod b").textContent = courier.yuan(here.item.cod_fen);
    $(".phone-title").textContent = `${$(".phone-title").dataset.word || $(".phone-title").textContent.split(" …")[0]} ${courier.tail(here.waybill)}`;
    drawReasons();
    draw();
  }

  addEventListener("DOMContentLoaded", () => {
    $(".phone-title").dataset.word = $(".phone-title").textContent;
    courier.watchPosition();
    start();
  });
  document.addEventListener("courier:round", start);
})();
