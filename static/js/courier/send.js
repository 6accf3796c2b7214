// Sends the queue while a page is open. One tab sends at a time; a record is marked sent only after
// the server answered for its own id, so sending twice is harmless and nothing is lost.
(() => {
  "use strict";
  const { store } = courier;
  const BATCH = 200;
  const KEPT = new Set(["created", "duplicate"]);
  const ME = courier.uuid7();
  // What the last request met. Only an answer opens the door again, whatever the browser believes;
  // a page that came from the phone itself proves nothing.
  let door = document.documentElement.dataset.kept ? "offline" : "open";
  let state = door === "open" ? "idle" : door;

  const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] || "";

  function tell(next) {
    state = next;
    noteOffline(next);
    document.dispatchEvent(new CustomEvent("courier:sender", { detail: next }));
  }

  // Since when this phone has been without a connection, for the head of the queue.
  async function noteOffline(next) {
    const since = await store.meta("offline_since");
    if (next === "offline" && !since) await store.meta("offline_since", Date.now());
    else if (next === "idle" && since) await store.remove("meta", "offline_since");
  }

  const isShut = ({ type, status }) => type === "opaqueredirect" || status === 401 || status === 403;

  async function ask(url, options) {
    try {
      const response = await fetch(url, { credentials: "same-origin", redirect: "manual", ...options });
      door = isShut(response) ? "signin" : "open";
      return response;
    } catch (error) {
      door = "offline";
      throw error;
    }
  }

  async function post(url, body, type) {
    const headers = { "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" };
    if (type) headers["Content-Type"] = type;
    return ask(url, { method: "POST", body, headers });
  }

  class Stop extends Error {}

  // A closed door, a lost session or a tired server: the whole queue waits.
  function refuseToGoOn(response) {
    if (isShut(response)) throw new Stop("signin");
    if (response.status >= 500 || response.status === 429) throw new Stop("later");
  }

  async function answerOf(response) {
    try {
      return await response.json();
    } catch {
      return {};
    }
  }

  // --- events -----------------------------------------------------------------------------------------
  async function sendEvents(rows) {
    const body = JSON.stringify({ events: rows.map((row) => row.body) });
    const response = await post("/api/v1/scans/batch", body, "application/json");
    refuseToGoOn(response);
    const answer = await answerOf(response);
    if (response.ok) return settle(rows, answer.results || []);
    // The batch as a whole was not understood: find the one record that is at fault.
    if (rows.length > 1) {
      for (const row of rows) await sendEvents([row]);
      return;
    }
    await needsYou(rows[0], { result: "rejected", code: answer.code, detail: answer.detail || answer.title });
  }

  async function settle(rows, results) {
    const byId = new Map(results.map((result) => [result.id, result]));
    for (const row of rows) {
      const result = byId.get(row.id);
      if (!result) continue;
      if (result.code === "second_delivery") await needsYou(row, { ...result, result: "second" });
      else if (KEPT.has(result.result)) await sent(row);
      else await needsYou(row, result);
    }
  }

  const sent = (row) =>
    store.change(row.id, { state: "sent", sent_at: Date.now(), body: null, blob: null, answer: null });

  const needsYou = (row, answer) =>
    store.change(row.id, { state: "needs", answer, tries: row.tries + 1 });

  // --- evidence ----------------------------------------------------------------------------------------
  // The server says the hash of what it received: only the same bytes count as arrived.
  async function digest(row) {
    if (!crypto.subtle) return "";
    const text = (row.body.strokes || "") + (row.body.code || "");
    const whole = new Blob([row.blob || "", text]);
    const hash = await crypto.subtle.digest("SHA-256", await whole.arrayBuffer());
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function sendProof(row) {
    const form = new FormData();
    for (const [name, value] of Object.entries(row.body)) form.append(name, value);
    if (row.blob) form.append("file", row.blob, `${row.id}.jpg`);
    const response = await post(row.url || "/api/v1/proofs/", form);
    refuseToGoOn(response);
    const answer = await answerOf(response);
    if (response.ok) {
      const own = await digest(row);
      if (answer.id === row.id && (!own || answer.received_sha256 === own)) return sent(row);
      return needsYou(row, { result: "rejected", code: "hash" });
    }
    if (response.status === 404) return needsYou(row, { result: "unmatched", code: "proof" });
    const why = { result: "rejected", code: answer.code, detail: answer.detail || answer.title };
    return needsYou(row, why);
  }

  // --- inspections: one record, the same answer however often it is sent ---------------------------------
  async function sendRecord(row) {
    const response = await post(row.url, JSON.stringify(row.body), "application/json");
    refuseToGoOn(response);
    const answer = await answerOf(response);
    if (response.ok && answer.id === row.id) return sent(row);
    return needsYou(row, { result: "rejected", code: answer.code, detail: answer.detail || answer.title });
  }

  // --- one pass -----------------------------------------------------------------------------------------
  async function pass() {
    const waiting = (kind, rows) => rows.filter((row) => row.kind === kind && row.state === "waiting");
    const events = waiting("event", await store.queue());
    for (let start = 0; start < events.length; start += BATCH) {
      await sendEvents(events.slice(start, start + BATCH));
    }
    for (const row of waiting("record", await store.queue())) await sendRecord(row);
    for (const row of waiting("proof", await store.queue())) {
      await sendProof(row);
      if (!navigator.locks) await store.lease(ME);
    }
  }

  async function sendAll() {
    if (!(await store.owner())) return;
    // Behind a shut door trying is no sign of a connection: the chip must not light up for it.
    if (door === "open") tell("sending");
    try {
      await pass();
      // Nothing sent is nothing learnt: the door stays as it was found.
      tell(door === "open" ? "idle" : door);
    } catch (error) {
      if (error instanceof Stop) tell(error.message);
      else if (error instanceof TypeError) tell("offline");
      else throw error;
    } finally {
      await store.tidy();
      document.dispatchEvent(new CustomEvent("courier:queued"));
    }
  }

  // The lock is shared by every tab of this browser; a second tab leaves the work to the first.
  let running = null;

  async function underLease() {
    if (!(await store.lease(ME))) return;
    await sendAll();
    await store.release();
  }

  function flush() {
    if (!navigator.locks) {
      // The lease knows tabs; within one tab a second call waits for the first.
      running ??= underLease().finally(() => (running = null));
      return running;
    }
    return navigator.locks.request("courierqa-send", { ifAvailable: true }, (lock) => lock && sendAll());
  }

  // --- the round ----------------------------------------------------------------------------------------
  async function fetchRound() {
    try {
      const response = await ask("/api/v1/round/", {
        headers: { Accept: "application/json", "Accept-Language": document.documentElement.lang },
      });
      tell(door === "open" ? "idle" : door);
      if (!response.ok) return false;
      await store.keepRound(await response.json());
      document.dispatchEvent(new CustomEvent("courier:round"));
      return true;
    } catch {
      tell("offline");
      return false;
    }
  }

  async function open() {
    await fetchRound();
    await flush();
  }

  addEventListener("online", open);
  addEventListener("offline", () => tell("offline"));
  // Behind a shut door the round is asked for first: an empty queue would never find it open.
  const goOn = () => document.hidden || (door === "open" ? flush() : open());
  document.addEventListener("visibilitychange", goOn);
  setInterval(goOn, 60 * 1000);

  // Whose parcel a number is, asked before a wrong one is delivered; null when nobody answers.
  async function lookUp(waybill) {
    try {
      const response = await ask(`/api/v1/round/${encodeURIComponent(waybill)}/`, {
        headers: { Accept: "application/json", "Accept-Language": document.documentElement.lang },
        signal: AbortSignal.timeout(4000),
      });
      if (response.status === 404) return { unknown: true };
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  courier.send = { ask, flush, fetchRound, lookUp, open, state: () => state };
})();
