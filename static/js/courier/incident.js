// Report danger: what, how grave, one tap. Works without a connection; the queue sends it.
(() => {
  "use strict";
  const { $, $$ } = courier;
  const said = courier.dataset("#step-words");
  const form = { kind: "", severity: "" };
  let here = null;

  const gap = () => (!form.kind && said.kind) || (!form.severity && said.severity) || "";

  function draw() {
    $("#finish").disabled = Boolean(gap());
    $("#why").textContent = gap();
  }

  function choose({ currentTarget: button }) {
    const name = button.dataset.choose;
    form[name] = button.value;
    form[`${name}_words`] = button.textContent.trim();
    $$(`[data-choose="${name}"]`).forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    draw();
  }

  function record() {
    const now = new Date();
    const id = courier.uuid7(now.getTime());
    const body = {
      id, kind: form.kind, severity: form.severity, happened_at: courier.stamp(now),
      what: $("#what").value.trim() || form.kind_words, place: $("#place").value.trim(),
    };
    if (here) Object.assign(body, { latitude: here.latitude, longitude: here.longitude });
    return {
      id, kind: "record", group: id, url: "/api/v1/incidents/", title: said.title, code: form.kind_words,
      happened_at: body.happened_at, body,
    };
  }

  async function finish() {
    if (gap()) return draw();
    $("#finish").disabled = true;
    if (await courier.keep([record()])) courier.leave("/m/today/", said.done);
    else draw();
  }

  $$("[data-choose]").forEach((button) => button.addEventListener("click", choose));
  $("#finish").addEventListener("click", finish);
  addEventListener("DOMContentLoaded", () => {
    navigator.geolocation?.getCurrentPosition(({ coords }) => (here = coords), () => {}, { timeout: 10000, maximumAge: 60000 });
    draw();
    courier.ready();
  });
})();
