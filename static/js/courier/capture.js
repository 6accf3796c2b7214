// Signature and photo: drawn strokes are kept, a photo is made small before it is stored.
(() => {
  "use strict";
  const { $, $$ } = courier;
  const LONGEST = 1280;
  const FEWEST_POINTS = 12;
  const pads = new Map();
  const photos = new Map();

  // --- signature -----------------------------------------------------------------------------------------
  function fit(pad, canvas) {
    const ratio = Math.max(devicePixelRatio || 1, 1);
    const { width, height } = canvas.getBoundingClientRect();
    if (!width) return;
    const strokes = pad.toData();
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    // Turning the phone must not erase what was signed.
    if (strokes.length) pad.fromData(strokes);
  }

  function startPad(box) {
    const canvas = $("canvas", box);
    const pad = new SignaturePad(canvas, { minWidth: 1, maxWidth: 3, penColor: "#000", backgroundColor: "#fff" });
    pads.set(box.dataset.pad, pad);
    new ResizeObserver(() => fit(pad, canvas)).observe(canvas);
    $(".pad-clear", box).addEventListener("click", () => {
      pad.clear();
      box.classList.remove("is-drawn");
      changed();
    });
    pad.addEventListener("endStroke", () => {
      box.classList.add("is-drawn");
      changed();
    });
  }

  const changed = () => document.dispatchEvent(new CustomEvent("courier:drawn"));
  const points = (name) => (pads.get(name)?.toData() || []).reduce((sum, stroke) => sum + stroke.points.length, 0);
  const signed = (name) => points(name) >= FEWEST_POINTS;
  const touched = (name) => points(name) > 0;

  // Strokes as numbers, the picture beside them: either proves the other.
  async function signature(name) {
    const pad = pads.get(name);
    const strokes = pad.toData().map((stroke) => ({
      points: stroke.points.map(({ x, y, time, pressure }) => ({
        x: Math.round(x * 10) / 10,
        y: Math.round(y * 10) / 10,
        time,
        pressure,
      })),
    }));
    const blob = await new Promise((done) => pad.canvas.toBlob(done, "image/png"));
    return { strokes, blob };
  }

  // --- photo ---------------------------------------------------------------------------------------------
  async function shrink(file) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  }

  function startPhoto(box) {
    $("input", box).addEventListener("change", async (deed) => {
      const file = deed.target.files[0];
      if (!file) return;
      const blob = await shrink(file);
      photos.set(box.dataset.photo, { blob, at: new Date() });
      $("img", box).src = URL.createObjectURL(blob);
      $(".photo-size", box).textContent = `${Math.ceil(blob.size / 1024)} kB`;
      $(".photo-view", box).hidden = false;
      changed();
    });
  }

  addEventListener("DOMContentLoaded", () => {
    $$(".pad[data-pad]").forEach(startPad);
    $$(".photo[data-photo]").forEach(startPhoto);
  });

  Object.assign(courier, { signed, touched, signature, photoOf: (name) => photos.get(name) });
})();
