// What the phone keeps: the queue of captures, the round, drafts, settings. One database, reopened
// when the system closes it under memory pressure.
(() => {
  "use strict";
  const NAME = "courierqa";
  // What a browser throws when it has closed the database under memory pressure.
  const CLOSED = new Set(["InvalidStateError", "UnknownError", "AbortError", "TimeoutError"]);
  const PAUSES = [0, 50, 250];
  // Below this many free bytes no scan is taken; below the second the phone warns.
  const FULL = 2 * 1024 * 1024;
  const TIGHT = 20 * 1024 * 1024;
  // As much as one deed with its photo needs. Browsers round what they say about free space, so
  // that only a real write knows.
  const PROBE = 512 * 1024;
  const RANDOM_AT_ONCE = 65536;
  const LIST_LIVES = 20 * 3600 * 1000;
  let opened = null;

  function open() {
    if (opened) return opened;
    opened = idb.openDB(NAME, 1, {
      upgrade(db) {
        const queue = db.createObjectStore("queue", { keyPath: "id" });
        queue.createIndex("owner", "owner");
        db.createObjectStore("round", { keyPath: "owner" });
        db.createObjectStore("drafts", { keyPath: "key" });
        db.createObjectStore("meta", { keyPath: "key" });
      },
      terminated() {
        opened = null;
      },
      blocking(_now, _wanted, event) {
        event.target.close();
        opened = null;
      },
    });
    opened.catch(() => (opened = null));
    return opened;
  }

  async function reopen() {
    const old = opened;
    opened = null;
    await old?.then((db) => db.close()).catch(() => {});
  }

  // A connection closed by the system throws; a fresh one then works. Every deed may be repeated.
  async function work(deed) {
    for (const [turn, pause] of PAUSES.entries()) {
      try {
        return await deed(await open());
      } catch (error) {
        if (!CLOSED.has(error?.name) || turn === PAUSES.length - 1) throw error;
        await reopen();
        await new Promise((done) => setTimeout(done, pause));
      }
    }
  }

  const get = (store, key) => work((db) => db.get(store, key));
  const put = (store, value) => work((db) => db.put(store, value));
  const all = (store) => work((db) => db.getAll(store));
  const remove = (store, key) => work((db) => db.delete(store, key));

  async function meta(key, value) {
    if (value === undefined) return (await get("meta", key))?.value;
    return put("meta", { key, value });
  }

  // --- ids and times ------------------------------------------------------------------------------
  // UUID version 7: sorts by the moment it was made.
  function uuid7(now = Date.now()) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    for (let place = 5, rest = now; place >= 0; place -= 1, rest = Math.floor(rest / 256)) {
      bytes[place] = rest % 256;
    }
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // ISO 8601 with this phone's offset: the server keeps both.
  function stamp(date = new Date()) {
    const offset = -date.getTimezoneOffset();
    const local = new Date(date.getTime() + offset * 60000).toISOString().slice(0, -1);
    const two = (amount) => String(Math.floor(Math.abs(amount))).padStart(2, "0");
    return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
  }

  async function device() {
    const known = await meta("device");
    if (known) return known;
    const fresh = `phone-${uuid7()}`;
    await meta("device", fresh);
    return fresh;
  }

  // --- owner and round -----------------------------------------------------------------------------
  const owner = () => meta("owner");

  let signedOut = false;

  async function keepRound(round) {
    // An answer that comes while the person signs out must not bring the list back.
    if (signedOut) return;
    const number = round.me.number;
    await work(async (db) => {
      const change = db.transaction(["round", "meta"], "readwrite");
      // One person's list at a time: another courier on this phone must not see it.
      await change.objectStore("round").clear();
      await change.objectStore("round").put({ ...round, owner: number, kept_at: Date.now() });
      await change.objectStore("meta").put({ key: "owner", value: number });
      await change.done;
    });
  }

  async function round() {
    const number = await owner();
    return number ? get("round", number) : undefined;
  }

  // Names and addresses are for the running round only: a list of yesterday loses them by itself.
  async function expire(now = Date.now()) {
    const kept = await round();
    if (kept && now - kept.kept_at > LIST_LIVES) await put("round", { ...kept, items: [] });
  }

  // Signing out removes every person's data. Captures not sent stay: they belong to whoever made
  // them; what has been sent leaves.
  async function wipe() {
    signedOut = true;
    await work(async (db) => {
      const change = db.transaction(["round", "drafts", "meta", "queue"], "readwrite");
      for (const row of await change.objectStore("queue").getAll()) {
        if (row.state === "sent") await change.objectStore("queue").delete(row.id);
      }
      await change.objectStore("round").clear();
      await change.objectStore("drafts").clear();
      await change.objectStore("meta").delete("owner");
      await change.objectStore("meta").delete("recent");
      await change.objectStore("meta").delete("inspections");
      await change.done;
    });
  }

  // --- queue -----------------------------------------------------------------------------------------
  // Stores all captures of one deed or none of them.
  async function capture(records) {
    const number = await owner();
    if (!number) throw new Error("unsigned");
    await work(async (db) => {
      const change = db.transaction("queue", "readwrite", { durability: "strict" });
      for (const record of records) {
        // put, not add: a turn that was cut off and is repeated writes the same rows.
        await change.store.put({ state: "waiting", tries: 0, owner: number, kept_at: Date.now(), ...record });
      }
      await change.done;
    });
    navigator.storage?.persist?.();
    document.dispatchEvent(new CustomEvent("courier:queued"));
  }

  // Whether this phone can keep another capture: "fine", "tight" or "full". Asked before a scan is
  // taken, because afterwards it is too late.
  async function room() {
    const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) || {};
    const free = quota - usage;
    if (free < FULL || !(await canWrite())) return "full";
    return free < TIGHT ? "tight" : "fine";
  }

  async function canWrite() {
    try {
      // Random, because the browser packs what repeats.
      const value = new Uint8Array(PROBE);
      for (let at = 0; at < PROBE; at += RANDOM_AT_ONCE) crypto.getRandomValues(value.subarray(at, at + RANDOM_AT_ONCE));
      await put("meta", { key: "probe", value });
      await remove("meta", "probe");
      return true;
    } catch {
      return false;
    }
  }

  // Only one tab sends. Where the browser has no locks, a lease with an end does it.
  async function lease(holder, now = Date.now(), span = 30000) {
    return work(async (db) => {
      const change = db.transaction("meta", "readwrite");
      const held = (await change.store.get("lease"))?.value;
      const free = !held || held.holder === holder || held.until < now;
      if (free) await change.store.put({ key: "lease", value: { holder, until: now + span } });
      await change.done;
      return free;
    });
  }

  const release = () => remove("meta", "lease");

  // Captures that somebody else left on this phone.
  async function others() {
    const number = await owner();
    return (await all("queue")).filter((row) => row.owner !== number && row.state !== "sent");
  }

  async function queue() {
    const number = await owner();
    const rows = await all("queue");
    return rows.filter((row) => !number || row.owner === number).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async function change(id, values) {
    await work(async (db) => {
      const deed = db.transaction("queue", "readwrite");
      const row = await deed.store.get(id);
      if (row) await deed.store.put({ ...row, ...values });
      await deed.done;
    });
  }

  // Sent records leave a day later, for the count and the list; their content leaves at once.
  async function tidy() {
    const old = Date.now() - 24 * 3600 * 1000;
    for (const row of await all("queue")) {
      if (row.state === "sent" && row.sent_at < old) await remove("queue", row.id);
    }
  }

  window.courier = {
    store: {
      get, put, all, remove, meta, device, owner, keepRound, expire, round, wipe, capture, queue, change, tidy, room, lease,
      release, others,
    },
    uuid7,
    stamp,
  };
})();
