// Today: the round sorted by promise, then route, from the phone's store, with what is already
// captured taken off.
(() => {
  "use strict";
  const { $, $$, store, send, say } = courier;
  const said = courier.dataset("#today-words");
  const RISK = 2 * 3600 * 1000;
  const LAST = 99999;
  const STALE = 30 * 60 * 1000;
  const ENDS = {
    deliver: { DLV: "done", RDY: "done", ATT: "failed", RFS: "failed", NAT: "failed" },
    pickup: { PUP: "pickups", REJ: "failed", PFL: "failed" },
  };

  // The last captured end of each parcel since the list was made.
  function outcomes(rows, items) {
    const kinds = new Map(items.map((item) => [item.waybill, item.kind]));
    const found = new Map();
    for (const row of rows) {
      const kind = kinds.get(row.waybill) || (ENDS.deliver[row.code] ? "deliver" : "pickup");
      const end = row.kind === "event" && ENDS[kind][row.code];
      if (end) found.set(row.waybill, end);
    }
    return found;
  }

  // A booked time is a promise of its own.
  const dueOf = (item) => item.slot?.[1] || item.promised_by || "9";
  const street = (item) => String(item.route ?? item.recipient?.address ?? "");
  const order = (one, two) =>
    dueOf(one).localeCompare(dueOf(two)) ||
    (one.sequence ?? LAST) - (two.sequence ?? LAST) ||
    street(one).localeCompare(street(two), "zh", { numeric: true }) ||
    one.waybill.localeCompare(two.waybill);
  const left = (item) => (dueOf(item) === "9" ? Infinity : new Date(dueOf(item)) - Date.now());
  // The list may be hours old: what was in time then may be late now. Past is not "at risk".
  const isOverdue = (item) => Boolean(item.overdue) || left(item) < 0;
  const atRisk = (item) => !isOverdue(item) && (Boolean(item.late_risk) || left(item) < RISK);

  function mark(line, name, words) {
    $(`[data-mark="${name}"]`, line).hidden = !words;
    $(`[data-mark="${name}"] span`, line).textContent = words || "";
  }

  function stop(item) {
    const line = $("#stop").content.firstElementChild.cloneNode(true);
    $(".stop-link", line).href = `/m/${item.kind}/${encodeURIComponent(item.waybill)}/`;
    $(".stop-time b", line).textContent = courier.due(dueOf(item) === "9" ? "" : dueOf(item));
    $(".stop-risk", line).hidden = !atRisk(item);
    $(".stop-overdue", line).hidden = !isOverdue(item);
    line.classList.toggle("is-risk", atRisk(item));
    line.classList.toggle("is-overdue", isOverdue(item));
    $(".stop-who b", line).textContent = item.recipient?.name_masked || "";
    $(".stop-tail", line).textContent = courier.tail(item.waybill);
    $(".stop-where", line).textContent = item.recipient?.address || "";
    $('[data-mark="pickup"]', line).hidden = item.kind !== "pickup";
    if (item.cod_fen) {
      $('[data-mark="cod"]', line).hidden = false;
      $('[data-mark="cod"] span', line).textContent = courier.yuan(item.cod_fen);
    }
    mark(line, "slot", item.slot && item.slot.map(courier.clock).join("–"));
    mark(line, "wish", item.wish?.label);
    $('[data-mark="again"]', line).hidden = item.state !== "undelivered";
    const phone = item.recipient?.phone_for_call;
    const gaps = item.gaps || [];
    $('[data-mark="incomplete"]', line).hidden = Boolean(phone && item.recipient?.address && !gaps.length);
    $(".stop-call", line).hidden = !phone;
    if (phone) $(".stop-call", line).href = `tel:${phone}`;
    return line;
  }

  const show = (name, value) => $$(`[data-n="${name}"]`).forEach((place) => (place.textContent = value));

  function age(round) {
    const span = Date.now() - new Date(round.as_of).getTime();
    if (span < STALE) return "";
    const hours = Math.floor(span / 3600000);
    return hours ? say(said.hours, { n: hours }) : say(said.minutes, { n: Math.floor(span / 60000) });
  }

  // The day as the office counted it with the list, and what this phone knows beyond it.
  function counts(round, rows, items) {
    const isToday = round && new Date(round.as_of).toDateString() === new Date().toDateString();
    const sums = { loaded: 0, done: 0, failed: 0, pickups: 0, ...(isToday ? round.counts : {}) };
    const later = rows.filter((row) => row.state !== "sent" || row.sent_at > (round?.kept_at || 0));
    const counted = new Set(items.filter((item) => item.failed_today).map((item) => item.waybill));
    for (const [waybill, end] of outcomes(later, items)) {
      sums[end] += 1;
      if (counted.has(waybill)) sums.failed -= 1;
    }
    return sums;
  }

  async function draw() {
    const round = await store.round();
    const rows = await store.queue();
    const items = round?.items || [];
    const ends = outcomes(rows, items);
    const open = items.filter((item) => !ends.has(item.waybill)).sort(order);
    const day = counts(round, rows, items);
    $("#stops").replaceChildren(...open.map(stop));
    const [overdue, risk] = [open.filter(isOverdue).length, open.filter(atRisk).length];
    Object.entries({ ...day, left: open.length, overdue, risk })
      .forEach(([name, value]) => show(name, value));
    $('[data-show="overdue"]').hidden = !overdue;
    $('[data-show="risk"]').hidden = !risk;
    $("#counts").hidden = !round;
    $("#done-line").hidden = !round;
    $("#no-list").hidden = Boolean(round);
    $("#empty").hidden = !round || open.length > 0;
    const phone = round?.me.site_phone;
    $("#station-call").hidden = !phone;
    if (phone) $("#station-call").href = `tel:${phone}`;
    $("#as-of").hidden = !round;
    if (!round) return;
    $("#as-of time").textContent = courier.clock(round.as_of);
    $("#as-of b").textContent = age(round);
  }

  addEventListener("DOMContentLoaded", draw);
  document.addEventListener("courier:round", draw);
  document.addEventListener("courier:queued", draw);
  $("#refresh").addEventListener("click", async () => {
    const fresh = await send.fetchRound();
    if (!fresh) courier.toast(said.kept, true);
    await send.flush();
  });
})();
