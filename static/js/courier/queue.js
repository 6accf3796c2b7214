// Queue: one line per deed, with its state; nothing leaves without the server's answer or a person.
(() => {
  "use strict";
  const { $, $$, store, send } = courier;
  const said = courier.dataset("#queue-words");
  const codes = JSON.parse($("#codes").textContent);
  const DAY = 24 * 3600 * 1000;
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
  const why = (row) => row.answer?.detail || said[row.answer?.result] || "";

  function line(rows) {
    const state = stateOf(rows);
    const events = rows.filter((row) => row.kind === "event");
    const main = events.at(-1) || rows[0];
    const item = $("#item").content.firstElementChild.cloneNode(true);
    item.dataset.state = state;
    $(".q-state", item).textContent = GLYPH[state];
    $(".q-what", item).textContent = `${courier.tail(main.waybill)}  ${codes[main.code] || said[main.code] || main.code}`;
    $(".q-when", item).textContent = `${courier.clock(main.happened_at)} · ${said[state]}${megabytes(size(rows))}`;
    const stuck = rows.filter((row) => row.state === "needs");
    $(".q-why", item).textContent = stuck.map(why).filter(Boolean).join(" ");
    $(".q-acts", item).hidden = !stuck.length;
    $("[data-again]", item).addEventListener("click", () => again(stuck));
    $("[data-drop]", item).addEventListener("click", () => ask(main, stuck));
    return item;
  }

  async function again(rows) {
    for (const row of rows) await store.change(row.id, { state: "waiting", answer: null });
    await send.flush();
  }

  // Dropping is the one way to lose a capture, so a person says it twice.
  function ask(main, rows) {
    const box = $("#drop-ask");
    $(".waybill-big", box).textContent = courier.grouped(main.waybill);
    $("[data-no]", box).onclick = () => box.close();
    $("[data-yes]", box).onclick = async () => {
      for (const row of rows) await store.remove("queue", row.id);
      box.close();
      document.dispatchEvent(new CustomEvent("courier:queued"));
    };
    box.showModal();
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
    $("#old").hidden = !open.some((rows) => Date.now() - rows[0].kept_at > DAY);
    $("#signed-out").hidden = send.state() !== "signin";
    $("#send-now").disabled = !open.length;
  }

  $("#send-now").addEventListener("click", () => send.flush());
  document.addEventListener("courier:queued", draw);
  document.addEventListener("courier:sender", draw);
  addEventListener("DOMContentLoaded", draw);
})();
