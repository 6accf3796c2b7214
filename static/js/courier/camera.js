// The camera as a scanner: the phone's own barcode reader where there is one, else ours, which
// works in a worker of its own so that the page stays quick. Fetched on demand.
(() => {
  "use strict";
  const { $ } = courier;
  const NATIVE = ["code_128", "code_39", "qr_code", "ean_13"];
  const WIDEST = 1280;
  let stream = null;
  let reading = null;

  // --- readers ------------------------------------------------------------------------------------
  async function nativeReader() {
    if (!("BarcodeDetector" in window)) return null;
    const can = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (!can.includes("code_128")) return null;
    const detector = new BarcodeDetector({ formats: NATIVE.filter((one) => can.includes(one)) });
    return async (picture) => (await detector.detect(picture))[0]?.rawValue || "";
  }

  // Questions and answers carry a number, because the reader may still be at an older picture.
  function ownReader() {
    const worker = new Worker($("#viewfinder").dataset.reader);
    const waiting = new Map();
    let next = 0;
    worker.onmessage = ({ data: { id, text, error } }) => {
      const { done, fail } = waiting.get(id) || {};
      waiting.delete(id);
      if (error) fail?.(new Error("reader"));
      else done?.(text);
    };
    worker.onerror = () => waiting.forEach(({ fail }) => fail(new Error("reader")));
    return (picture) =>
      new Promise((done, fail) => {
        waiting.set(++next, { done, fail });
        worker.postMessage({ id: next, picture });
      });
  }

  const reader = () => (reading ??= nativeReader().then((own) => own || ownReader()));

  // --- pictures -------------------------------------------------------------------------------------
  const canvas = document.createElement("canvas");

  function pixels(source, width, height) {
    const scale = Math.min(1, WIDEST / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(source, 0, 0, canvas.width, canvas.height);
    return pen.getImageData(0, 0, canvas.width, canvas.height);
  }

  async function read(file) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const ask = await reader();
    return ask(pixels(picture, picture.width, picture.height));
  }

  // --- the live picture -------------------------------------------------------------------------------
  async function start(box, take) {
    if (!navigator.mediaDevices?.getUserMedia) throw new Error("none");
    const video = $("video", box);
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    video.srcObject = stream;
    box.hidden = false;
    await video.play();
    const ask = await reader();
    return look(box, video, ask, take);
  }

  async function look(box, video, ask, take) {
    while (stream) {
      const text = video.videoWidth ? await ask(pixels(video, video.videoWidth, video.videoHeight)) : "";
      if (text && stream) {
        stop(box);
        take(text);
        return;
      }
      await new Promise((done) => requestAnimationFrame(done));
    }
  }

  function stop(box) {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    box.hidden = true;
  }

  courier.camera = {
    read,
    stop,
    start: (box, take) =>
      start(box, take).catch((error) => {
        stop(box);
        throw error;
      }),
  };
})();
