/* Sign-in page: a button that shows the password while it is pressed on. */
"use strict";

const shower = document.querySelector("[data-show-password]");
const secret = document.getElementById(shower?.dataset.showPassword);

if (shower && secret) {
  shower.hidden = false;
  shower.addEventListener("click", () => {
    const shown = secret.type === "text";
    secret.type = shown ? "password" : "text";
    shower.setAttribute("aria-pressed", String(!shown));
    shower.textContent = shown ? shower.dataset.show : shower.dataset.hide;
    secret.focus();
  });
}
