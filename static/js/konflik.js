// Conveniences only: every page works without this file.
"use strict";

// A form goes off once: a second tap on a slow line must not send it twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "ya";
  const button = form.querySelector("button[type=submit]");
  if (button && form.method === "post") {
    button.textContent = button.dataset.busy || "Menyimpan …";
    button.setAttribute("aria-busy", "true");
  }
});

// Coming back with the browser's own button finds the form ready again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

// The first wrong field comes into view and is ready to be typed in.
const wrong = document.querySelector(".field-bad input, .field-bad select, .field-bad textarea");
if (wrong) wrong.focus();

// Print pages offer a button; without script the browser's menu does the same.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
