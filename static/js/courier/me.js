// This phone: who, outdoor mode, storage, signing out.
(() => {
  "use strict";
  const { $, store } = courier;

  async function draw() {
    const me = (await store.round())?.me;
    $("#me-name").textContent = me ? `${me.name || ""} ${me.number}` : "";
    $("#me-site").textContent = me?.site_name || me?.site || "";
    $("#outdoor").setAttribute("aria-pressed", String(localStorage.getItem("outdoor") === "on"));
    const kept = await navigator.storage?.persisted?.();
    const place = $("#storage");
    place.textContent = kept ? place.dataset.kept : place.dataset.loose;
    $("#unsent").hidden = !(await store.queue()).some((row) => row.state !== "sent");
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

  // The list with its addresses leaves before the session does.
  $("#logout").addEventListener("submit", async (event) => {
    event.preventDefault();
    await store.wipe();
    event.target.submit();
  });

  addEventListener("DOMContentLoaded", draw);
  addEventListener("DOMContentLoaded", drawOwn);
  document.addEventListener("courier:round", draw);
})();
