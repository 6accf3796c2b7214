/* Exam page: the time that is left, and the keys A to D. The server keeps the real clock. */
"use strict";

const clock = document.getElementById("time-left");
const form = document.querySelector(".exam-form");

function tell(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  return clock.dataset.left.replace("{}", `${minutes}:${rest}`);
}

if (clock) {
  const end = Date.now() + Number(clock.dataset.seconds) * 1000;
  const tick = () => {
    const seconds = Math.max(0, Math.round((end - Date.now()) / 1000));
    clock.textContent = seconds ? tell(seconds) : clock.dataset.over;
    clock.classList.toggle("is-short", seconds < 120);
    if (seconds === 0) {
      clearInterval(timer);
      location.reload();
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}

document.addEventListener("keydown", (event) => {
  if (!form || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const choice = form.querySelector(`input[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (choice) {
    choice.click();
    choice.focus();
  } else if (event.key === "Enter" && event.target.name === "key") {
    event.preventDefault();
    form.querySelector('button[value="next"], button[value="stay"]')?.click();
  }
});
