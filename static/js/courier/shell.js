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

  // Felt, seen and heard: two short buzzes and a high beep for done, a long low one for no.
  function buzz(good) {
    navigator.vibrate?.(good ? [60, 60, 60] : [400]);
    try {
      const sound = new AudioContext();
      const tone = sound.createOscillator();
      tone.frequency.value = good ? 1760 : 220;
      tone.connect(sound.destination);
      tone.start();
      tone.stop(sound.currentTime + (good ? 0.08 : 0.35));
      tone.onended = () => sound.close();
    } catch {
      // A phone without sound still buzzes and shows.
    }
  }

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

  const DAY = 24 * 3600 * 1000;

  // --- chip -------------------------------------------------------------------------------------------------
  async function showChip() {
    const chip = $("#connection");
    const rows = await store.queue();
    const waiting = new Set(rows.filter((row) => row.state === "waiting").map((row) => row.group)).size;
    const needs = new Set(rows.filter((row) => row.state === "needs").map((row) => row.group)).size;
    const sender = navigator.onLine ? send.state() : "offline";
    $("#day-old").hidden = !rows.some((row) => row.state !== "sent" && Date.now() - row.kept_at > DAY);
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
  async function event(waybill, code, { reason = "", detail = {}, at = new Date(), group, corrects } = {}) {
    const me = (await store.round())?.me || { number: await store.owner() };
    const id = courier.uuid7(at.getTime());
    const body = {
      id, waybill, code, reason, detail,
      happened_at: courier.stamp(at),
      site: me.site || null, person: me.number, device: await store.device(),
    };
    if (corrects) body.corrects = corrects;
    if (position.now) body.position = position.now;
    return { id, kind: "event", group: group || id, waybill, code, happened_at: body.happened_at, body };
  }

  function proof(waybill, eventRecord, kind, { blob = null, strokes = null, code = "", at = new Date() } = {}) {
    const id = courier.uuid7(at.getTime());
    const body = { id, waybill, event: eventRecord.id, kind, captured_at: courier.stamp(at) };
    if (code) body.code = code;
    if (strokes) body.strokes = JSON.stringify(strokes);
    const size = (blob?.size || 0) + (body.strokes?.length || 0);
    return { id, kind: "proof", group: eventRecord.group, waybill, code: kind, happened_at: body.captured_at, size, body, blob };
  }

  async function keep(records) {
    try {
      if (!(await checkRoom())) throw new DOMException("", "QuotaExceededError");
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

  // How the number came in: a scan at the door says more than a tap on a list.
  const came = (waybill, how) => sessionStorage.setItem(`entry:${waybill}`, how);
  const cameIn = (waybill) => sessionStorage.getItem(`entry:${waybill}`) || "list";

  // A full phone says so before anything is scanned, signed or photographed.
  async function checkRoom() {
    const room = await store.room();
    const line = $("#no-room");
    line.hidden = room === "fine";
    $("span", line).textContent = room === "full" ? words.noroom : words.tight;
    return room !== "full";
  }

  const ready = () => ($("#content").inert = false);

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

  // Kept pages hold no token of anybody's session: forms take it from the cookie when they are sent.
  document.addEventListener("submit", (event) => {
    const { target } = event;
    if (target.method !== "post") return;
    // What was filled in stays on the page: without a net it would only be lost.
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopPropagation();
      toast(words.nonet, true);
      return;
    }
    const field = target.elements.csrfmiddlewaretoken || target.appendChild(document.createElement("input"));
    field.type = "hidden";
    field.name = "csrfmiddlewaretoken";
    field.value = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] || "";
  }, true);

  // Kept in another language, or before anybody had signed in: all pages are fetched once more.
  async function keepPages({ active }) {
    const { lang, dataset: page } = document.documentElement;
    if (page.kept) return;
    const known = await caches.match("/m/offline/");
    if (!known || !(await known.text()).includes(`data-language="${lang}"`)) active.postMessage("keep");
  }

  // --- start ------------------------------------------------------------------------------------------------------------
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/sw.js", { scope: "/" });
    navigator.serviceWorker.ready.then(keepPages);
  }
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
    checkRoom();
    store.expire().then(() => document.dispatchEvent(new CustomEvent("courier:round"))).then(send.open);
  });

  Object.assign(courier, {
    $, $$, say, toast, buzz, leave, yuan, grouped, tail, clock, due, dataset, waybillHere, itemHere,
    showParty, watchPosition, event, proof, keep, sheet, came, cameIn, checkRoom, ready,
  });
})();
