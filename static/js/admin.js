// What the admin needs besides Unfold: no style elements written by htmx, which the policy of styles forbids.
"use strict";

if (window.htmx) window.htmx.config.includeIndicatorStyles = false;

// Print buttons; without script the browser's menu does the same.
window.addEventListener("load", () => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
});

window.addEventListener("DOMContentLoaded", () => {
  // On a phone the tabs of a case scroll sideways: the open one comes into view.
  const open = document.querySelector(".tabs [aria-current]");
  if (open) open.scrollIntoView({ block: "nearest", inline: "center" });
});
