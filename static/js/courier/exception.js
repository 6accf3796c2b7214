// Report something wrong with a parcel: what, since when, a photo, where. Works without a connection.
(() => {
  "use strict";
  const { $, $$ } = courier;
  const said = courier.dataset("#step-words");
  const form = { problem: "", found: "now", reason: null };
  // Only these cannot be believed without a picture.
  const NEEDS_PHOTO = new Set(["DMG"]);
  let here = { waybill: "", item: null, round: null };
  const group = courier.uuid7();

  const needsPhoto = () => NEEDS_PHOTO.has(form.problem) || Boolean(form.reason?.needs_photo);
  const listed = () => (here.round?.reasons || []).filter((one) => one.scan_code === form.problem);
  const gaps = () =>
    [
      !form.problem && said.problem,
      form.problem && listed().length > 0 && !form.reason && said.reason,
      form.problem && !$("#note").value.trim() && said.note,
      needsPhoto() && !courier.photoOf("problem-photo") && said.photo,
    ].filter(Boolean);

  function draw() {
    $("[data-after-problem]").hidden = !form.problem;
    $('[data-needs="reason"]').hidden = !listed().length;
    const [gap] = gaps();
    $("#finish").disabled = Boolean(gap);
    $("#why").textContent = gap || "";
  }

  function drawReasons() {
    $("#reasons").replaceChildren(
      ...listed().map((reason) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "pick";
        made.textContent = reason.name;
        made.addEventListener("click", () => {
          form.reason = reason;
          $$("#reasons .pick").forEach((other) => other.setAttribute("aria-pressed", String(other === made)));
          draw();
        });
        return made;
      }),
    );
  }

  async function records() {
    const photo = courier.photoOf("problem-photo");
    const why = $("#note").value.trim();
    const stage = here.item?.kind === "pickup" ? "pickup" : "delivery";
    const detail = { why, note: why, found: form.found, entry: courier.cameIn(here.waybill) };
    if (form.problem === "DMG") Object.assign(detail, { stage, confirmed: false });
    if (form.problem === "ADR") detail.status = "opened";
    if (photo) detail.photo = true;
    const event = await courier.event(here.waybill, form.problem, { reason: form.reason?.code || "", detail, group });
    return photo ? [event, courier.proof(here.waybill, event, "photo", photo)] : [event];
  }

  async function finish() {
    if (gaps().length) return draw();
    $("#finish").disabled = true;
    if (await courier.keep(await records())) courier.leave("/m/today/", said.done);
    else draw();
  }

  document.addEventListener("courier:pick", ({ detail: { name, value } }) => {
    form[name] = value;
    if (name === "problem") {
      form.reason = null;
      drawReasons();
    }
    draw();
  });
  document.addEventListener("courier:drawn", draw);
  document.addEventListener("input", draw);
  $("#finish").addEventListener("click", finish);

  async function start() {
    here = await courier.itemHere();
    $(".waybill-big").textContent = courier.grouped(here.waybill);
    $(".phone-back").href = here.item ? `/m/${here.item.kind}/${encodeURIComponent(here.waybill)}/` : "/m/today/";
    draw();
  }

  addEventListener("DOMContentLoaded", () => {
    courier.watchPosition();
    start().then(courier.ready);
  });
  document.addEventListener("courier:round", start);
})();
