// The phone frame: worker, connection chip, tabs, words, buzz, small builders.
(() => {
  "use strict";
  const { store, send } = courier;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const words = $("#words").dataset;
  const say = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");

  function toast(text, bad = false) {
    const line = document.createElement("div");
    line.className = bad ? "toast-line toast-bad" : "toast-line";
    line.textContent = text;
    $("#toasts").append(line);
    setTimeout(() => line.remove(), 5000);
  }

  // Felt, seen and heard: two short buzzes for done, a long one for no.
  const buzz = (good) => navigator.vibrate?.(good ? [60, 60, 60] : [400]);

  // A word for the next page, which opens at once.
  function leave(url, text) {
    sessionStorage.setItem("said", text);
    location.href = url;
  }

  const yuan = (fen) => `¥${(fen / 100).toFixed(2)}`;
  const grouped = (text) => text.match(/.{1,4}/g)?.join("\u00a0") || "";
  const tail = (text) => `…${text.slice(-4)}`;
  const clock = (iso) => new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });

  function due(iso) {
    if (!iso) return "";
    const date = new Date(iso);
    const today = date.toDateString() === new Date().toDateString();
    return today ? clock(iso) : `${date.getMonth() + 1}/${date.getDate()}`;
  }

  // --- chip -------------------------------------------------------------------------------------------------
  async function showChip() {
    const chip = $("#connection");
    const rows = await store.queue();
    const waiting = new Set(rows.filter((row) => row.state === "waiting").map((row) => row.group)).size;
    const needs = new Set(rows.filter((row) => row.state === "needs").map((row) => row.group)).size;
    const sender = navigator.onLine ? send.state() : "offline";
    const parts = [];
    if (sender === "offline") parts.push(words.offline);
    if (sender === "signin") parts.push(words.signin);
    if (needs) parts.push(say(words.needs, { n: needs }));
    else if (waiting) parts.push(say(words.waiting, { n: waiting }));
    chip.dataset.state = needs || sender === "signin" ? "needs" : sender === "offline" ? "offline" : waiting ? "waiting" : "online";
    $(".chip-text", chip).textContent = parts.join(" · ") || words.online;
    const count = $('[data-tab="queue"] .tab-count');
    count.hidden = !(waiting + needs);
    count.textContent = waiting + needs;
  }

  const dataset = (id) => $(id)?.dataset || {};

  // --- waybill of the address: the page itself is the same for every parcel -----------------------------------
  const waybillHere = () => decodeURIComponent(location.pathname.split("/")[3] || "").toUpperCase();

  async function itemHere() {
    const round = await store.round();
    const waybill = waybillHere();
    return { round, waybill, item: round?.items.find((item) => item.waybill === waybill) };
  }

  function showParty(item) {
    const box = $("#party");
    if (!box) return;
    box.hidden = !item;
    if (!item) return;
    $(".party-name", box).textContent = item.recipient?.name_masked || "";
    $(".party-address", box).textContent = item.recipient?.address || "";
    const phone = item.recipient?.phone_for_call;
    $$("a[data-call]").forEach((link) => {
      link.hidden = !phone;
      if (phone) link.href = `tel:${phone}`;
    });
  }

  // --- records ---------------------------------------------------------------------------------------------------
  const position = { now: null };

  function watchPosition() {
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => {
        position.now = { lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy };
      },
      () => {},
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 },
    );
  }

  // One capture = one event with its own id and the moment it happened.
  async function event(waybill, code, { reason = "", detail = {}, at = new Date(), group } = {}) {
    const { me } = await store.round();
    const id = courier.uuid7(at.getTime());
    const body = {
      id, waybill, code, reason, detail,
      happened_at: courier.stamp(at),
      site: me.site || null, person: me.number, device: await store.device(),
    };
    if (position.now) body.position = position.now;
    return { id, kind: "event", group: group || id, waybill, code, happened_at: body.happened_at, body };
  }

  function proof(waybill, eventRecord, kind, { blob = null, strokes = null, at = new Date() } = {}) {
    const id = courier.uuid7(at.getTime());
    const body = { id, waybill, event: eventRecord.id, kind, captured_at: courier.stamp(at) };
    if (strokes) body.strokes = JSON.stringify(strokes);
    const size = (blob?.size || 0) + (body.strokes?.length || 0);
    return { id, kind: "proof", group: eventRecord.group, waybill, code: kind, happened_at: body.captured_at, size, body, blob };
  }

  async function keep(records) {
    try {
      await store.capture(records);
      buzz(true);
      return true;
    } catch (error) {
      buzz(false);
      const known = { unsigned: words.unsigned, QuotaExceededError: words.full };
      toast(known[error.message] || known[error.name] || words.nostore, true);
      return false;
    }
  }

  // --- sheets, picks -------------------------------------------------------------------------------------------------
  function sheet(id, open) {
    const box = $(id);
    box.hidden = !open;
    if (open) box.focus();
  }

  function pick(button) {
    const name = button.dataset.pick;
    $$(`[data-pick="${name}"]`).forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    document.dispatchEvent(new CustomEvent("courier:pick", { detail: { name, value: button.value } }));
  }

  document.addEventListener("click", (deed) => {
    const button = deed.target.closest("[data-pick]");
    if (button) pick(button);
  });

  // --- start ------------------------------------------------------------------------------------------------------------
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js", { scope: "/" });
  document.addEventListener("courier:queued", showChip);
  document.addEventListener("courier:sender", showChip);
  addEventListener("online", showChip);
  addEventListener("offline", showChip);
  addEventListener("DOMContentLoaded", () => {
    const here = location.pathname.split("/")[2];
    $(`[data-tab="${here}"]`)?.setAttribute("aria-current", "page");
    const said = sessionStorage.getItem("said");
    if (said) toast(said);
    sessionStorage.removeItem("said");
    showChip();
    send.open();
  });

  Object.assign(courier, {
    $, $$, say, toast, buzz, leave, yuan, grouped, tail, clock, due, dataset, waybillHere, itemHere,
    showParty, watchPosition, event, proof, keep, sheet,
  });
})();
