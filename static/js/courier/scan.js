// Scan: typed numbers and the wedge of a hardware scanner first, the camera where the phone itself
// reads codes.
(() => {
  "use strict";
  const { $, store, say } = courier;
  const SHAPE = /^[A-Z0-9][A-Z0-9-]{5,39}$/;
  const field = $("#waybill");

  function refuse(text) {
    const line = $("#scan-error");
    line.hidden = !text;
    $("span", line).textContent = text;
    field.setAttribute("aria-invalid", String(Boolean(text)));
    if (text) courier.buzz(false);
  }

  async function open(raw) {
    const waybill = raw.replace(/\s+/g, "").toUpperCase();
    if (!SHAPE.test(waybill)) {
      refuse(say(courier.dataset("#scan-words").length, { n: waybill.length }));
      return;
    }
    refuse("");
    const recent = [waybill, ...((await store.meta("recent")) || []).filter((one) => one !== waybill)];
    await store.meta("recent", recent.slice(0, 5));
    const item = (await store.round())?.items.find((one) => one.waybill === waybill);
    if (item) location.href = `/m/${item.kind}/${encodeURIComponent(waybill)}/`;
    else notInList(waybill);
  }

  function notInList(waybill) {
    $("[data-waybill]").textContent = courier.grouped(waybill);
    for (const kind of ["deliver", "pickup"]) {
      $(`[data-open="${kind}"]`).href = `/m/${kind}/${encodeURIComponent(waybill)}/`;
    }
    courier.sheet("#unknown", true);
  }

  $("#scan-form").addEventListener("submit", (event) => {
    event.preventDefault();
    open(field.value);
  });
  $("#unknown [data-back]").addEventListener("click", () => {
    courier.sheet("#unknown", false);
    field.select();
    field.focus();
  });

  // A scanner types faster than a person and ends with Enter, wherever the focus is.
  let burst = "";
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.target === field) return;
    if (event.timeStamp - last > 80) burst = "";
    last = event.timeStamp;
    if (event.key === "Enter" && burst.length >= 6) {
      event.preventDefault();
      field.value = burst;
      open(burst);
      burst = "";
    } else if (event.key.length === 1) burst += event.key;
  });

  // --- camera -------------------------------------------------------------------------------------------
  let stream = null;

  async function look(detector, video) {
    if (!stream) return;
    const [code] = await detector.detect(video).catch(() => []);
    if (code) {
      stopCamera();
      courier.buzz(true);
      open(code.rawValue);
    } else requestAnimationFrame(() => look(detector, video));
  }

  async function startCamera() {
    const video = $("#viewfinder video");
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      $("#camera-denied").hidden = false;
      return;
    }
    video.srcObject = stream;
    $("#viewfinder").hidden = false;
    await video.play();
    look(new BarcodeDetector({ formats: ["code_128", "code_39", "qr_code", "ean_13"] }), video);
  }

  function stopCamera() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    $("#viewfinder").hidden = true;
  }

  $("#camera").hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
  $("#camera").addEventListener("click", startCamera);
  $("#camera-stop").addEventListener("click", stopCamera);
  addEventListener("pagehide", stopCamera);

  addEventListener("DOMContentLoaded", async () => {
    const recent = (await store.meta("recent")) || [];
    $("#recent").hidden = !recent.length;
    $("#recent ul").replaceChildren(
      ...recent.map((waybill) => {
        const line = document.createElement("li");
        const link = document.createElement("button");
        link.type = "button";
        link.className = "btn btn-block btn-tall";
        link.textContent = courier.grouped(waybill);
        link.addEventListener("click", () => open(waybill));
        line.append(link);
        return line;
      }),
    );
    field.focus();
  });
})();
