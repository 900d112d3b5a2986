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

// The browser's own words on a file field may be foreign: ours stand in their place.
for (const input of document.querySelectorAll("input[type=file]")) {
  const row = document.createElement("span");
  const button = document.createElement("label");
  const name = document.createElement("span");
  row.className = "row";
  button.className = "button";
  name.className = "soft breakable";
  button.htmlFor = input.id;
  button.textContent = input.accept === "image/*" ? "Ambil atau pilih foto" : "Pilih berkas";
  const say = () => { name.textContent = input.files.length ? input.files[0].name : "Belum ada yang dipilih"; };
  say();
  input.addEventListener("change", say);
  row.append(button, name);
  input.after(row);
  input.classList.add("file-hidden");
}

// While somebody types a place, its names are offered; without script the form asks back.
for (const input of document.querySelectorAll("input[data-suggest]")) {
  let asked = 0;
  input.addEventListener("input", () => {
    const mine = ++asked;
    const text = input.value.trim();
    if (text.length < 3) return;
    setTimeout(async () => {
      if (mine !== asked) return;
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { credentials: "same-origin" });
      if (!answer.ok || mine !== asked) return;
      const { labels } = await answer.json();
      input.list.replaceChildren(...labels.map((label) => Object.assign(document.createElement("option"), { value: label })));
    }, 250);
  });
}
