// allauth talks to the security key; what went wrong is said on the page, not in the console.
"use strict";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("key-failed").hidden = false;
});
