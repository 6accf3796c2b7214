// The pages of the measure: colours of the site table, points of a chart by key, the wall board.
(() => {
  "use strict";
  const $ = (wanted, within = document) => within.querySelector(wanted);

  // The numbers stay when their colours go: for print, and for eyes that mix them up.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggle-heat]");
    if (!button) return;
    const table = $("[data-heat]");
    const plain = table.classList.toggle("is-plain");
    button.setAttribute("aria-pressed", String(!plain));
  });

  // A wall board fills the screen on request; its page itself asks for new figures.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-full-screen]")) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pause]");
    if (!button) return;
    const paused = document.body.toggleAttribute("data-paused");
    button.setAttribute("aria-pressed", String(paused));
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.body.hasAttribute("data-paused") && event.target.id === "wall") event.preventDefault();
  });
  // Old numbers must not look fresh when the server is out of reach.
  const wall = () => $("#wall");
  document.addEventListener("htmx:sendError", () => wall()?.classList.add("is-stale"));
  document.addEventListener("htmx:responseError", () => wall()?.classList.add("is-stale"));
})();
