// Delivery: to the recipient, to a named proxy, to a place with consent. "Not delivered" and
// "something is wrong" have pages of their own.
(() => {
  "use strict";
  const { $, $$, say } = courier;
  const said = courier.dataset("#step-words");
  const form = { way: "", place: "", relation: "", proxy_consent: "", condition: "", asked: null };
  let here = { waybill: "", item: null, round: null };

  // --- consent --------------------------------------------------------------------------------------------
  // The latest word counts: recorded now on this phone, else what the office knows.
  function consent(way) {
    if (form.asked && form.asked.place === way) return form.asked.given ? "yes" : "said-no";
    const agreed = here.item?.consents || [];
    return agreed.includes(way) || agreed.includes("any") ? "yes" : "no";
  }

  const typed = () => $("#typed-name").value.trim() && $("#typed-why").value.trim();
  const code = () => $("#pickup-code").value.replace(/\s+/g, "");
  const confirmed = () => courier.signed("recipient") || code().length >= 4 || Boolean(typed());
  const cod = () => !here.item?.cod_fen || $("#cod-paid").checked;
  const spoiled = () => form.condition === "damaged" || form.condition === "short";

  // What both ways of handing over need: checked first, then money, then the name.
  const handover = () => [
    !form.condition && said.condition,
    spoiled() && !courier.photoOf("damage-photo") && said.photo,
    !cod() && said.money,
    !confirmed() && said.signature,
  ];
  // What is still missing, in the order of the page; an empty list lets the deed be finished.
  const missing = {
    "": () => [said.way],
    recipient: handover,
    proxy: () => [
      !$("#signer").value.trim() && said.signer,
      !form.relation && said.relation,
      !form.proxy_consent && said.consent,
      ...handover(),
    ],
    place: () => [
      !form.place && said.place,
      form.place && consent(form.place) !== "yes" && said.consent,
      !courier.photoOf("place-photo") && said.photo,
    ],
  };
  const gaps = () => missing[form.way]().filter(Boolean);

  // --- drawing -----------------------------------------------------------------------------------------------
  function draw() {
    $("#ways").classList.toggle("is-chosen", Boolean(form.way));
    $$("button.way").forEach((button) => button.setAttribute("aria-pressed", String(button.value === form.way)));
    const handed = form.way === "recipient" || form.way === "proxy";
    const open = { proxy: form.way === "proxy", place: form.way === "place", condition: handed,
      money: handed && Boolean(here.item?.cod_fen), signature: handed };
    $$("[data-panel]").forEach((panel) => (panel.hidden = !open[panel.dataset.panel]));
    drawConsent();
    $('[data-needs="damage"]').hidden = !spoiled();
    // Money only after the goods have been looked at.
    $("#cod-paid").disabled = !form.condition;
    const [gap] = gaps();
    $("#finish").disabled = Boolean(gap);
    $("#why").textContent = form.way ? gap || "" : "";
  }

  function drawConsent() {
    const now = form.place ? consent(form.place) : "";
    $$(".way-panel [data-consent]").forEach((box) => (box.hidden = box.dataset.consent !== now));
    $("[data-after-consent]").hidden = now !== "yes";
    const agreed = $$('[data-pick="place"]').filter((button) => consent(button.value) === "yes");
    $("[data-consent-note]").textContent = agreed.length ? said.unlocked : said.locked;
    $$('[data-pick="place"]').forEach((button) => button.classList.toggle("is-agreed", agreed.includes(button)));
  }

  // What the office knows beside the address: booked time, wish, gifts, what is missing.
  function drawExtras() {
    const { slot, wish, gifts = [], gaps = [] } = here.item || {};
    const lines = [
      slot && say(said.booked, { time: slot.map(courier.clock).join("–") }),
      wish && say(said.wish, { wish: wish.label }),
      gifts.length && say(said.gifts, { gifts: gifts.join(", ") }),
      ...gaps,
    ].filter(Boolean);
    $("#extras").hidden = !lines.length;
    $("#extras").replaceChildren(
      ...lines.map((text) => {
        const line = document.createElement("li");
        line.textContent = text;
        return line;
      }),
    );
  }

  // A wish that was agreed to is the place, until another is chosen.
  function wishedPlace() {
    const way = here.item?.wish?.way;
    const button = way && $(`[data-pick="place"][value="${way}"]`);
    if (form.place || !button || consent(way) !== "yes") return;
    form.place = way;
    button.setAttribute("aria-pressed", "true");
  }

  // --- saving --------------------------------------------------------------------------------------------------
  const group = courier.uuid7();
  const entry = () => courier.cameIn(here.waybill);

  function consentEvent(place, given, way, at) {
    return courier.event(here.waybill, "CON", { detail: { given, kind: place, way }, at, group });
  }

  async function damage() {
    const detail = { stage: "delivery", confirmed: false, short: form.condition === "short", why: said.atdoor };
    const event = await courier.event(here.waybill, "DMG", { detail, group });
    return [event, courier.proof(here.waybill, event, "photo", courier.photoOf("damage-photo"))];
  }

  function confirmation(event, detail) {
    if (courier.signed("recipient")) return courier.signature("recipient").then((drawn) => courier.proof(here.waybill, event, "signature", drawn));
    return code().length >= 4 ? courier.proof(here.waybill, event, "code", { code: code() }) : null;
  }

  async function handed() {
    const proxy = form.way === "proxy";
    const records = [];
    const detail = { way: form.way, invited: true, checked: true, condition: form.condition, entry: entry() };
    if (proxy) {
      Object.assign(detail, { signer: $("#signer").value.trim(), relation: form.relation, consent: form.proxy_consent });
      records.push(await consentEvent("proxy", true, form.proxy_consent, form.consentAt));
    }
    if ($("#identity-seen").checked) detail.identity_seen = true;
    if (here.item?.cod_fen) Object.assign(detail, { goods_checked: true, cod_paid: true });
    if (spoiled()) records.push(...(await damage()));
    if (courier.signed("recipient")) detail.confirmed_by = "signature";
    else if (code().length >= 4) detail.confirmed_by = "code";
    else {
      detail.confirmed_by = "name";
      detail.signer ??= $("#typed-name").value.trim();
      Object.assign(detail, { typed_name: $("#typed-name").value.trim(), unsigned_because: $("#typed-why").value.trim() });
    }
    const event = await courier.event(here.waybill, "DLV", { detail, group });
    const proof = await confirmation(event, detail);
    return proof ? [...records, event, proof] : [...records, event];
  }

  async function placed() {
    const records = [];
    if (form.asked?.given) records.push(await consentEvent(form.place, true, form.asked.way, form.asked.at));
    const detail = { way: form.place, place: $("#place-name").value.trim(), photo: true, entry: entry() };
    const event = await courier.event(here.waybill, "RDY", { detail, group });
    const photo = courier.photoOf("place-photo");
    return [...records, event, courier.proof(here.waybill, event, "photo", photo)];
  }

  const deeds = { recipient: [handed, said.done], proxy: [handed, said.done], place: [placed, said.placed] };

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
    draw();
    await courier.keep([await consentEvent(form.place, false, "call", form.asked.at)]);
  }

  // That the recipient was asked by text is kept too; the answer is recorded when it comes.
  async function askedByText() {
    const detail = { asked: true, kind: form.place, way: "sms" };
    await courier.keep([await courier.event(here.waybill, "CON", { detail, group })]);
    courier.toast(said.asked);
  }

  // --- wiring ------------------------------------------------------------------------------------------------------
  $$("button.way").forEach((button) =>
    button.addEventListener("click", () => {
      // A second tap on the chosen way shows all ways again.
      form.way = form.way === button.value ? "" : button.value;
      if (form.way === "place") wishedPlace();
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
  $("[data-text]").addEventListener("click", askedByText);
  document.addEventListener("courier:pick", ({ detail: { name, value } }) => {
    form[name] = value;
    if (name === "proxy_consent") form.consentAt = new Date();
    draw();
    // Next comes what is wrong, the money or the pad: the whole of it, not its upper edge.
    const next = spoiled() ? '[data-needs="damage"]' : here.item?.cod_fen ? '[data-panel="money"]' : "[data-pad]";
    if (name === "condition") $(next).scrollIntoView({ block: "center" });
  });
  document.addEventListener("courier:drawn", draw);
  document.addEventListener("input", draw);
  document.addEventListener("change", draw);
  $("#finish").addEventListener("click", finish);
  courier.onScan((waybill, how) => {
    if (waybill !== here.waybill) return courier.wrong(waybill, here.waybill);
    courier.came(waybill, how);
    courier.buzz(true);
    courier.toast(said.right);
  });

  async function start() {
    here = await courier.itemHere();
    courier.showParty(here.item || { recipient: { name_masked: courier.grouped(here.waybill), address: said.notlisted } });
    $("#cod").hidden = !here.item?.cod_fen;
    if (here.item?.cod_fen) $("#cod b").textContent = courier.yuan(here.item.cod_fen);
    $(".phone-title").textContent = `${$(".phone-title").dataset.word} ${courier.tail(here.waybill)}`;
    for (const kind of ["failed", "exception"]) $(`[data-to="${kind}"]`).href = `/m/${kind}/${encodeURIComponent(here.waybill)}/`;
    const phone = here.item?.recipient?.phone_for_call;
    const text = $("[data-text]");
    text.hidden = !phone;
    if (phone) text.href = `sms:${phone}?body=${encodeURIComponent(say(said.asktext, { number: here.waybill }))}`;
    drawExtras();
    draw();
  }

  addEventListener("DOMContentLoaded", () => {
    $(".phone-title").dataset.word = $(".phone-title").textContent;
    courier.watchPosition();
    start().then(courier.ready);
  });
  document.addEventListener("courier:round", start);
})();
