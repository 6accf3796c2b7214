// What a piece is weighed with. Out of date since today or earlier: shown, and not to be chosen (VEH-08).
(() => {
  "use strict";
  const { $, $$, store, say } = courier;
  const KEPT = "instrument";
  let usable = [];

  // A list kept from yesterday may hold one that has run out since.
  const inDate = (tool, today) => tool.calibrated_on <= today && today <= tool.valid_until;

  function button(tool, fit, words) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "pick";
    made.dataset.pick = KEPT;
    made.value = tool.code;
    made.disabled = !fit;
    made.setAttribute("aria-pressed", "false");
    made.textContent = fit ? `${tool.code} ${tool.name}` : `${tool.code} · ${say(words.over, { day: tool.valid_until })}`;
    return made;
  }

  function press(code) {
    $$(`[data-pick="${KEPT}"]`).forEach((one) => one.setAttribute("aria-pressed", String(one.value === code)));
  }

  // Draws what the site has and returns the code that is chosen: the draft's, else the one used last,
  // else the only one there is. With several nobody chooses for the courier.
  async function draw(round, drafted) {
    const box = $("#instruments");
    const all = round?.instruments || [];
    const today = courier.stamp().slice(0, 10);
    usable = all.filter((tool) => inDate(tool, today));
    $(".picks", box).replaceChildren(...all.map((tool) => button(tool, usable.includes(tool), box.dataset)));
    box.hidden = !all.length;
    $("[data-none]", box).hidden = Boolean(usable.length);
    const last = await store.meta(KEPT);
    const known = [drafted, last].find((code) => usable.some((tool) => tool.code === code));
    const code = known || (usable.length === 1 ? usable[0].code : "");
    press(code);
    return code;
  }

  const needed = () => usable.length > 0;
  const remember = (code) => store.meta(KEPT, code);

  courier.instruments = { draw, needed, remember };
})();
