// The sum of a lane's links while typing, and only those fields of a scan that its deed needs.
(() => {
  "use strict";
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

  const lane = document.querySelector("[data-lane]");
  if (lane) {
    const out = lane.querySelector("[data-sum]");
    const add = () => {
      const hours = $$("input[name$=-hours]", lane).map((one) => Number(one.value) || 0);
      const sum = hours.reduce((a, b) => a + b, 0);
      out.textContent = sum ? `${Number(sum.toFixed(2))} h` : "—";
    };
    lane.addEventListener("input", add);
    add();
  }

  const station = document.querySelector("[data-station]");
  if (station) {
    const code = station.querySelector("[name=code]");
    const show = () => {
      $$("[data-for]", station).forEach((one) => {
        one.hidden = !one.dataset.for.split(" ").includes(code.value);
      });
    };
    code.addEventListener("change", show);
    show();
  }
})();
