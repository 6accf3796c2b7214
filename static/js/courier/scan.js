// Scan: typed numbers and the trigger of a hardware scanner first, the camera on demand. A number
// that is not in the list is looked up: whose is it, may it be taken over.
(() => {
  "use strict";
  const { $, $$, store, send, say } = courier;
  const said = courier.dataset("#scan-words");
  const field = $("#waybill");
  let asked = { waybill: "", found: null };

  function refuse(text) {
    const line = $("#scan-error");
    line.hidden = !text;
    $("span", line).textContent = text;
    field.setAttribute("aria-invalid", String(Boolean(text)));
    if (text) courier.buzz(false);
  }

  const page = (kind, waybill) => `/m/${kind}/${encodeURIComponent(waybill)}/`;
  const listed = async (waybill) => (await store.round())?.items.find((one) => one.waybill === waybill);

  async function open(waybill, how) {
    if (!(await courier.checkRoom())) return courier.buzz(false);
    if (!courier.isNumber(waybill)) {
      refuse(say(said.length, { n: waybill.length }));
      return;
    }
    refuse("");
    courier.came(waybill, how);
    const recent = [waybill, ...((await store.meta("recent")) || []).filter((one) => one !== waybill)];
    await store.meta("recent", recent.slice(0, 5));
    const item = await listed(waybill);
    if (item) location.href = page(item.kind, waybill);
    else await notInList(waybill);
  }

  // --- not in the own list ----------------------------------------------------------------------
  const answers = {
    offline: () => ({ title: said.unlisted, text: said.offline, open: ["deliver", "pickup"] }),
    unknown: () => ({ title: said.unlisted, text: said.unknown, open: ["deliver", "pickup"] }),
    ended: ({ state_name: state }) => ({ title: state, text: said.ended, open: [] }),
    foreign: ({ holder }) => ({ title: say(said.assigned, { name: holder.name }), text: said.takeover, take: said.take, open: [] }),
    free: () => ({ title: said.free, text: said.takefree, take: said.takeit, open: [] }),
  };

  function answerFor(found) {
    if (!found) return "offline";
    if (found.unknown) return "unknown";
    if (!found.kind) return "ended";
    return found.holder ? "foreign" : "free";
  }

  async function notInList(waybill) {
    const found = await send.lookUp(waybill);
    asked = { waybill, found };
    if (found?.mine && (await send.fetchRound()) && (await listed(waybill))) {
      location.href = page(found.kind, waybill);
      return;
    }
    const { title, text, take = "", open: kinds } = answers[answerFor(found)](found);
    $("#unknown-title").textContent = title;
    $("[data-waybill]").textContent = courier.grouped(waybill);
    $("[data-say]").textContent = text;
    $("[data-take]").hidden = !take;
    $("[data-take] span").textContent = take;
    $$("[data-open]").forEach((link) => {
      link.hidden = !(kinds.includes(link.dataset.open) || link.dataset.open === "exception");
      link.href = page(link.dataset.open, waybill);
    });
    courier.buzz(false);
    courier.sheet("#unknown", true);
  }

  // Taking over is a scan like any other: it is kept, sent, and the supervisor hears of it.
  async function takeOver() {
    const { waybill, found } = asked;
    const detail = { taken_over: true, from: found.holder?.number || "" };
    const record = await courier.event(waybill, found.kind === "pickup" ? "PAS" : "OFD", { detail });
    if (!(await courier.keep([record]))) return;
    await send.flush();
    await send.fetchRound();
    location.href = page(found.kind, waybill);
  }

  // --- wiring ---------------------------------------------------------------------------------------
  $("#scan-form").addEventListener("submit", (event) => {
    event.preventDefault();
    open(courier.numberOf(field.value), courier.howTyped(field.value));
  });
  $("[data-take]").addEventListener("click", takeOver);
  $("#unknown [data-back]").addEventListener("click", () => {
    field.select();
    field.focus();
  });
  courier.onScan((waybill, how) => {
    field.value = waybill;
    open(waybill, how);
  });
  courier.wireCamera((waybill, how) => {
    courier.buzz(true);
    field.value = waybill;
    open(waybill, how);
  });

  function recentLine(waybill) {
    const line = document.createElement("li");
    const link = document.createElement("button");
    link.type = "button";
    link.className = "btn btn-block btn-tall";
    link.textContent = courier.grouped(waybill);
    link.addEventListener("click", () => open(waybill, "list"));
    line.append(link);
    return line;
  }

  addEventListener("DOMContentLoaded", async () => {
    courier.watchPosition();
    const recent = (await store.meta("recent")) || [];
    $("#recent").hidden = !recent.length;
    $("#recent ul").replaceChildren(...recent.map(recentLine));
    courier.ready();
    field.focus();
    const number = new URLSearchParams(location.search).get("number");
    if (number) open(courier.numberOf(number), "wedge");
  });
})();
