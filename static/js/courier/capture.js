// Signature and photo: drawn strokes are kept as numbers, a photo is made small before it is stored.
(() => {
  "use strict";
  const { $, $$, store } = courier;
  const LONGEST = 1280;
  const QUALITY = { fine: 0.8, tight: 0.6 };
  // A dot or a short dash is no signature.
  const FEWEST_POINTS = 12;
  const SHORTEST_INK = 80;
  const pads = new Map();
  const photos = new Map();

  // --- signature -----------------------------------------------------------------------------------------
  // Strokes are drawn in the frame of the pad as it was first used. When the phone is turned, the pad
  // has another width: the strokes are redrawn smaller where they would not fit, and come back whole.
  function fit(box, canvas) {
    const { pad } = box;
    const ratio = Math.max(devicePixelRatio || 1, 1);
    const { width, height } = canvas.getBoundingClientRect();
    if (!width) return;
    const strokes = pad.toData();
    if (!strokes.length) box.frame = { width, shown: 1 };
    const shown = Math.min(1, width / box.frame.width);
    const grow = shown / box.frame.shown;
    box.frame.shown = shown;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    if (strokes.length) pad.fromData(strokes.map((stroke) => scaled(stroke, grow)));
  }

  const scaled = (stroke, by) => ({ ...stroke, points: stroke.points.map((point) => ({ ...point, x: point.x * by, y: point.y * by })) });

  function startPad(holder) {
    const canvas = $("canvas", holder);
    const pad = new SignaturePad(canvas, { minWidth: 1, maxWidth: 3, penColor: "#000", backgroundColor: "#fff" });
    const box = { pad, frame: { width: canvas.clientWidth || 1, shown: 1 } };
    pads.set(holder.dataset.pad, box);
    new ResizeObserver(() => fit(box, canvas)).observe(canvas);
    $(".pad-clear", holder).addEventListener("click", () => {
      pad.clear();
      holder.classList.remove("is-drawn");
      fit(box, canvas);
      changed();
    });
    pad.addEventListener("endStroke", () => {
      holder.classList.add("is-drawn");
      changed();
    });
  }

  const changed = () => document.dispatchEvent(new CustomEvent("courier:drawn"));

  // Strokes in the frame they were drawn in, whatever way the phone is held now.
  function strokesOf(name) {
    const box = pads.get(name);
    if (!box) return [];
    return box.pad.toData().map((stroke) => scaled(stroke, 1 / box.frame.shown));
  }

  function ink(strokes) {
    let length = 0;
    for (const { points } of strokes) {
      for (let place = 1; place < points.length; place += 1) {
        length += Math.hypot(points[place].x - points[place - 1].x, points[place].y - points[place - 1].y);
      }
    }
    return length;
  }

  const points = (strokes) => strokes.reduce((sum, stroke) => sum + stroke.points.length, 0);
  const touched = (name) => points(strokesOf(name)) > 0;

  function signed(name) {
    const strokes = strokesOf(name);
    return points(strokes) >= FEWEST_POINTS && ink(strokes) >= SHORTEST_INK;
  }

  // The line under a pad that was touched but not signed.
  function warnEmpty(name) {
    const line = $(`[data-pad-error="${name}"]`);
    if (line) line.hidden = !touched(name) || signed(name);
  }

  // Strokes as numbers, the picture beside them: either proves the other.
  async function signature(name) {
    const tenth = (value) => Math.round(value * 10) / 10;
    const strokes = strokesOf(name).map((stroke) => ({
      points: stroke.points.map(({ x, y, time, pressure }) => ({ x: tenth(x), y: tenth(y), time, pressure })),
    }));
    const blob = await new Promise((done) => pads.get(name).pad.canvas.toBlob(done, "image/png"));
    return { strokes, blob };
  }

  // --- photo ---------------------------------------------------------------------------------------------
  async function shrink(file, room) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY[room]));
  }

  function startPhoto(box) {
    $("input", box).addEventListener("change", async (deed) => {
      const file = deed.target.files[0];
      if (!file) return;
      const room = await store.room();
      if (room === "full") {
        await courier.checkRoom();
        return courier.buzz(false);
      }
      try {
        const blob = await shrink(file, room);
        photos.set(box.dataset.photo, { blob, at: new Date() });
        $("img", box).src = URL.createObjectURL(blob);
        $(".photo-size", box).textContent = `${Math.ceil(blob.size / 1024)} kB`;
        $(".photo-view", box).hidden = false;
        changed();
      } catch {
        courier.toast($("#words").dataset.badphoto, true);
      }
    });
  }

  addEventListener("DOMContentLoaded", () => {
    $$(".pad[data-pad]").forEach(startPad);
    $$(".photo[data-photo]").forEach(startPhoto);
  });
  document.addEventListener("courier:drawn", () => pads.forEach((_box, name) => warnEmpty(name)));

  Object.assign(courier, { signed, touched, signature, startPhoto, photoOf: (name) => photos.get(name) });
})();
