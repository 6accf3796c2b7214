// This phone: who, outdoor mode, storage, installing, signing out.
(() => {
  "use strict";
  const { $, store, send } = courier;
  const MEGABYTE = 1048576;
  let install = null;

  async function draw() {
    const me = (await store.round())?.me;
    $("#me-name").textContent = me ? `${me.name || ""} ${me.number}` : "";
    $("#me-site").textContent = me?.site_name || me?.site || "";
    $("#outdoor").setAttribute("aria-pressed", String(localStorage.getItem("outdoor") === "on"));
    // Only who inspects has fetched a list of inspections.
    if ($("#inspect-line")) $("#inspect-line").hidden = !(await store.meta("inspections"));
    const kept = await navigator.storage?.persisted?.();
    const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) || {};
    const place = $("#storage");
    const free = quota ? courier.say(place.dataset.free, { n: Math.round((quota - usage) / MEGABYTE) }) : "";
    place.textContent = [kept ? place.dataset.kept : place.dataset.loose, free].filter(Boolean).join(" · ");
  }

  // Own grade and courses: only with a connection, and never kept on this phone.
  async function drawOwn() {
    const place = $("#own");
    const answer = await fetch(place.dataset.from).catch(() => null);
    if (answer?.ok && !answer.redirected) place.innerHTML = await answer.text();
  }

  $("#outdoor").addEventListener("click", () => {
    const on = localStorage.getItem("outdoor") !== "on";
    localStorage.setItem("outdoor", on ? "on" : "off");
    if (on) document.documentElement.dataset.outdoor = "on";
    else delete document.documentElement.dataset.outdoor;
    draw();
  });

  // --- the home screen: what is installed there is not cleared after a week without use ---------
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    install = event;
    $("#install-line").hidden = false;
  });
  $("#install").addEventListener("click", () => install?.prompt());

  // --- signing out -------------------------------------------------------------------------------------
  const unsent = async () => (await store.queue()).filter((row) => row.state !== "sent");

  async function leave() {
    // The list with its addresses leaves before the session does.
    await store.wipe();
    $("#logout").submit();
  }

  // While something waits, signing out is a decision, because only this person can send it later.
  $("#logout").addEventListener("submit", async (event) => {
    event.preventDefault();
    await send.flush();
    const waiting = await unsent();
    if (!waiting.length) return leave();
    const count = new Set(waiting.map((row) => row.group)).size;
    $("#leave-ask [data-n]").textContent = count;
    $("#leave-ask").showModal();
  });
  $("#leave-ask [data-stay]").addEventListener("click", () => $("#leave-ask").close());
  $("#leave-ask [data-leave]").addEventListener("click", leave);

  addEventListener("DOMContentLoaded", draw);
  addEventListener("DOMContentLoaded", drawOwn);
  document.addEventListener("courier:round", draw);
})();
