// Queue: one line per deed, with its state; nothing leaves without the server's answer or a person.
(() => {
  "use strict";
  const { $, store, send, say } = courier;
  const said = courier.dataset("#queue-words");
  const codes = JSON.parse($("#codes").textContent);
  const advice = JSON.parse($("#advice").textContent);
  const GLYPH = { waiting: "○", sending: "◐", sent: "✓", needs: "!" };

  // The records of one deed stand together under its last event.
  function groups(rows) {
    const found = new Map();
    for (const row of rows) found.set(row.group, [...(found.get(row.group) || []), row]);
    return [...found.values()];
  }

  function stateOf(rows) {
    if (rows.some((row) => row.state === "needs")) return "needs";
    if (rows.every((row) => row.state === "sent")) return "sent";
    return send.state() === "sending" ? "sending" : "waiting";
  }

  const size = (rows) => rows.reduce((sum, row) => sum + (row.state === "sent" ? 0 : row.size || 0), 0);
  const megabytes = (bytes) => (bytes ? ` · ${Math.max(0.1, bytes / 1048576).toFixed(1)} MB` : "");

  // What happened, in the server's words, and what to do, in ours.
  function why(row) {
    const { result, code, detail } = row.answer || {};
    const what = detail || said[result] || said.rejected;
    return [what, advice[code] || advice[result]].filter(Boolean).join("\n");
  }

  const isSecond = (rows) => rows.some((row) => row.answer?.result === "second");
  // The office has it already: nothing to send again, only to be read.
  const isStored = (rows) => rows.every((row) => row.kind === "event" && row.answer?.result === "unmatched");

  function line(rows) {
    const state = stateOf(rows);
    const events = rows.filter((row) => row.kind === "event");
    const main = events.at(-1) || rows[0];
    const item = $("#item").content.firstElementChild.cloneNode(true);
    item.dataset.state = state;
    $(".q-state", item).textContent = GLYPH[state];
    $(".q-what", item).textContent = `${main.title || courier.tail(main.waybill)}  ${codes[main.code] || said[main.code] || main.code}`;
    $(".q-when", item).textContent = `${courier.clock(main.happened_at)} · ${said[state]}${megabytes(size(rows))}`;
    const stuck = rows.filter((row) => row.state === "needs");
    // Whether the first signature stands is the one question; the rest of the deed follows from it.
    const asked = isSecond(stuck) ? stuck.filter((row) => row.answer?.result === "second") : stuck;
    $(".q-why", item).textContent = [...new Set(asked.map(why))].filter(Boolean).join("\n");
    if (stuck.length) offer(item, stuck, main);
    return item;
  }

  function offer(item, stuck, main) {
    const second = isSecond(stuck);
    const stored = isStored(stuck);
    const show = (name, open, deed) => {
      const button = $(`[data-${name}]`, item);
      button.hidden = !open;
      button.addEventListener("click", deed);
    };
    $(".q-acts", item).hidden = false;
    show("again", !second && !stored, () => again(stuck));
    show("drop", !second && !stored, () => ask(main, stuck));
    show("keep", second, () => settle(stuck));
    show("withdraw", second, () => withdraw(stuck));
    show("read", stored, () => settle(stuck));
  }

  const fresh = () => document.dispatchEvent(new CustomEvent("courier:queued"));

  async function again(rows) {
    for (const row of rows) await store.change(row.id, { state: "waiting", answer: null });
    await send.flush();
  }

  // The server has the record; a person has now decided what it means.
  async function settle(rows) {
    for (const row of rows) await store.change(row.id, { state: "sent", sent_at: Date.now(), body: null, blob: null, answer: null });
    fresh();
  }

  // Dropping one of two signatures declares it wrong: both stay as events on the server.
  async function withdraw(rows) {
    const round = await store.round();
    const reasons = (round?.reasons || []).filter((one) => one.scan_code === "VOI");
    const reason = (reasons.find((one) => one.code === "scanned-by-mistake") || reasons[0])?.code || "";
    const voids = [];
    for (const row of rows.filter((one) => one.answer?.result === "second")) {
      voids.push(await courier.event(row.waybill, "VOI", { reason, detail: { why: said.withdrawn }, group: row.group, corrects: row.id }));
    }
    if (!(await courier.keep(voids))) return;
    await settle(rows);
    await send.flush();
  }

  // Dropping what was never sent is the one way to lose a capture, so a person says it twice.
  function ask(main, rows) {
    const box = $("#drop-ask");
    $(".waybill-big", box).textContent = main.title || courier.grouped(main.waybill);
    $("[data-no]", box).onclick = () => box.close();
    $("[data-yes]", box).onclick = async () => {
      for (const row of rows) await store.remove("queue", row.id);
      box.close();
      fresh();
    };
    box.showModal();
  }

  async function drawHead() {
    const since = await store.meta("offline_since");
    $("#since").hidden = !since;
    if (since) $("#since").textContent = say(said.since, { time: courier.clock(since) });
    const left = new Set((await store.others()).map((row) => row.group)).size;
    $("#others").hidden = !left;
    $("#others span").textContent = say(said.others, { n: left });
  }

  async function draw() {
    const all = groups(await store.queue());
    const open = all.filter((rows) => stateOf(rows) !== "sent");
    const needs = open.filter((rows) => stateOf(rows) === "needs");
    $("#queue").replaceChildren(...[...needs, ...open.filter((rows) => !needs.includes(rows))].map(line));
    $("#n-waiting").textContent = open.length - needs.length;
    $("#n-needs").textContent = needs.length;
    $("#needs-line").hidden = !needs.length;
    $("#n-sent").textContent = all.length - open.length;
    $("#empty").hidden = open.length > 0;
    $("#signed-out").hidden = send.state() !== "signin";
    $("#send-now").disabled = !open.length;
    await drawHead();
  }

  $("#send-now").addEventListener("click", () => send.flush());
  document.addEventListener("courier:queued", draw);
  document.addEventListener("courier:sender", draw);
  addEventListener("DOMContentLoaded", draw);
})();
