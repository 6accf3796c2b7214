// Numbers from outside the page's fields: the trigger of a hardware scanner, the camera's module
// when somebody asks for it, and the full-screen stop when a number is not the wanted one.
(() => {
  "use strict";
  const { $, say } = courier;
  // A scanner types faster than any person and ends with Enter.
  const FASTEST_HAND = 80;
  const SHORTEST = 6;
  const SHAPE = /^[A-Z0-9][A-Z0-9-]{5,39}$/;

  // A label's square code may hold the tracking address instead of the bare number.
  function numberOf(text) {
    const path = text.match(/\/track\/([^/?#]+)/);
    const bare = path ? decodeURIComponent(path[1]) : text;
    return bare.replace(/\s+/g, "").toUpperCase();
  }

  // Whether the text of a field came from a trigger or from fingers.
  let inField = { text: "", last: 0 };

  function noteField(event) {
    if (event.timeStamp - inField.last > FASTEST_HAND) inField.text = "";
    inField.last = event.timeStamp;
    if (event.key.length === 1) inField.text += event.key;
  }

  const howTyped = (text) => (inField.text.length >= SHORTEST && numberOf(inField.text) === numberOf(text) ? "wedge" : "typed");

  function onScan(take) {
    let burst = "";
    let last = 0;
    document.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.target.matches?.("[data-number]")) return noteField(event);
      if (event.timeStamp - last > FASTEST_HAND) burst = "";
      last = event.timeStamp;
      if (event.key === "Enter" && burst.length >= SHORTEST) {
        event.preventDefault();
        const text = burst;
        burst = "";
        // What the scanner typed into a field of the form is no answer to that field.
        if (event.target.value?.endsWith(text)) event.target.value = event.target.value.slice(0, -text.length);
        take(numberOf(text), "wedge");
      } else if (event.key.length === 1) burst += event.key;
    });
  }

  // --- camera: its module is fetched when the button is pressed, not before ----------------------
  let loading = null;

  function cameraModule() {
    loading ??= new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = $("#viewfinder").dataset.module;
      script.onload = () => done(courier.camera);
      script.onerror = () => {
        loading = null;
        script.remove();
        fail(new Error("module"));
      };
      document.head.append(script);
    });
    return loading;
  }

  function wireCamera(take) {
    const box = $("#viewfinder");
    const note = (name) =>
      box.parentElement.querySelectorAll("[data-camera-note]").forEach((line) => (line.hidden = line.dataset.cameraNote !== name));
    const hand = (text) => take(numberOf(text), "camera");
    $("#camera").addEventListener("click", async () => {
      note("");
      try {
        await (await cameraModule()).start(box, hand);
      } catch (error) {
        note(error.name === "NotAllowedError" ? "denied" : error.message === "reader" || error.message === "module" ? "reader" : "none");
      }
    });
    $("#camera-stop").addEventListener("click", () => courier.camera?.stop(box));
    $("#label-photo").addEventListener("change", async ({ target }) => {
      const file = target.files[0];
      target.value = "";
      if (!file) return;
      note("");
      try {
        const text = await (await cameraModule()).read(file);
        if (text) hand(text);
        else note("unread");
      } catch {
        note("reader");
      }
    });
    addEventListener("pagehide", () => courier.camera?.stop(box));
  }

  // --- wrong parcel ---------------------------------------------------------------------------------
  function wrong(got, want) {
    const screen = $("#wrong");
    $("[data-got]", screen).textContent = courier.grouped(got);
    $("[data-want]", screen).textContent = courier.grouped(want);
    $("[data-open-other]", screen).href = `/m/scan/?number=${encodeURIComponent(got)}`;
    courier.buzz(false);
    courier.sheet("#wrong", true);
  }

  document.addEventListener("click", (event) => {
    const back = event.target.closest(".sheet [data-back]");
    if (back) courier.sheet(`#${back.closest(".sheet").id}`, false);
  });

  Object.assign(courier, { numberOf, howTyped, onScan, wireCamera, wrong, isNumber: (text) => SHAPE.test(text), say });
})();
