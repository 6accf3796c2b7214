// Not delivered, or not picked up: the reason (from the round, so from the office's own list), what
// proves it, and what happens next.
(() => {
  "use strict";
  const { $, $$ } = courier;
  const said = courier.dataset("#step-words");
  const form = { outcome: "ATT", reason: null, next: "" };
  let here = { waybill: "", item: null, round: null };
  const group = courier.uuid7();

  const isPickup = () => here.item?.kind === "pickup";
  const names = JSON.parse($("#next-names").textContent);
  // The usual choices; a reason that names its own shows only those.
  const USUAL = { ATT: ["retry"], NAT: [], RFS: [], PFL: ["retry"] };
  const WHEN = ["retry:today", "retry:tomorrow", "retry:agreed"];
  // "Try again" is no step before it has a time.
  const nexts = () =>
    (form.reason?.next_steps?.length ? form.reason.next_steps : USUAL[form.outcome]).flatMap((one) => (one === "retry" ? WHEN : [one]));

  const gaps = () =>
    [
      !form.reason && said.reason,
      form.reason?.needs_call && !$("#called").checked && said.call,
      form.reason?.needs_photo && !courier.photoOf("fail-photo") && said.photo,
      form.reason && nexts().length > 0 && !form.next && said.next,
    ].filter(Boolean);

  // --- drawing -------------------------------------------------------------------------------------
  function draw() {
    $('[data-needs="call"]').hidden = !form.reason?.needs_call;
    $('[data-needs="photo"]').hidden = !form.reason?.needs_photo;
    $('[data-needs="next"]').hidden = !form.reason || !nexts().length;
    const [gap] = gaps();
    $("#finish").disabled = Boolean(gap);
    $("#why").textContent = gap || "";
  }

  function button(text, value, pressed, take) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "pick";
    made.value = value;
    made.textContent = text;
    made.setAttribute("aria-pressed", String(pressed));
    made.addEventListener("click", () => {
      $$(".pick", made.parentElement).forEach((other) => other.setAttribute("aria-pressed", String(other === made)));
      take();
      draw();
    });
    return made;
  }

  function drawReasons() {
    const shown = (here.round?.reasons || []).filter((one) => one.scan_code === form.outcome);
    $("#no-reasons").hidden = shown.length > 0;
    $("#reasons").replaceChildren(
      ...shown.map((reason) =>
        button(reason.name, reason.code, form.reason?.code === reason.code, () => {
          form.reason = reason;
          form.next = "";
          drawNexts();
          // What this reason asks for may lie below the list.
          requestAnimationFrame(() => $("[data-needs]:not([hidden])")?.scrollIntoView({ block: "center" }));
        }),
      ),
    );
  }

  function drawNexts() {
    $("#nexts").replaceChildren(
      ...nexts().map((step) => button(names[step] || step, step, form.next === step, () => (form.next = step))),
    );
  }

  // --- saving -----------------------------------------------------------------------------------------
  async function records() {
    const photo = courier.photoOf("fail-photo");
    const [next, when = ""] = form.next.split(":");
    const detail = { next, entry: courier.cameIn(here.waybill) };
    if ($("#called").checked) detail.call = true;
    if (photo) detail.photo = true;
    if (when) detail.when = when;
    if (when === "agreed") detail.agreed = true;
    const note = $("#note").value.trim();
    if (note) detail.note = note;
    const event = await courier.event(here.waybill, form.outcome, { reason: form.reason.code, detail, group });
    return photo ? [event, courier.proof(here.waybill, event, "photo", photo)] : [event];
  }

  async function finish() {
    if (gaps().length) return draw();
    $("#finish").disabled = true;
    if (await courier.keep(await records())) courier.leave("/m/today/", said.failed);
    else draw();
  }

  // --- wiring -----------------------------------------------------------------------------------------
  document.addEventListener("courier:pick", ({ detail: { name, value } }) => {
    form[name] = value;
    form.reason = null;
    form.next = "";
    drawReasons();
    drawNexts();
    draw();
  });
  document.addEventListener("courier:drawn", draw);
  document.addEventListener("input", draw);
  document.addEventListener("change", draw);
  $("#finish").addEventListener("click", finish);

  async function start() {
    here = await courier.itemHere();
    courier.showParty(here.item || { recipient: { name_masked: courier.grouped(here.waybill), address: said.notlisted } });
    $("#outcomes").hidden = isPickup();
    if (isPickup()) form.outcome = "PFL";
    $(".phone-title").textContent = `${$(".phone-title").dataset.word} ${courier.tail(here.waybill)}`;
    $(".phone-back").href = `/m/${isPickup() ? "pickup" : "deliver"}/${encodeURIComponent(here.waybill)}/`;
    drawReasons();
    drawNexts();
    draw();
  }

  addEventListener("DOMContentLoaded", () => {
    $(".phone-title").dataset.word = $(".phone-title").textContent;
    courier.watchPosition();
    start().then(courier.ready);
  });
  document.addEventListener("courier:round", start);
})();
