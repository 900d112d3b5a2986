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

// The browser's own words on a file field may be foreign: ours stand in their place. The frame of the admin would write the name of
// the file into the first field of the form, over a title that somebody typed: its listener is not reached.
const sayings = new Map();
document.addEventListener("change", (event) => {
  const say = sayings.get(event.target);
  if (!say) return;
  event.stopPropagation();
  say();
}, true);
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
  sayings.set(input, say);
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

// Who will be told follows what is chosen; without script the form shows it once more before it saves.
for (const form of document.querySelectorAll("form[data-told-by]")) {
  const names = form.dataset.toldBy.split(" ");
  let asked = 0;
  let waiting = null;
  const ask = async () => {
    const mine = ++asked;
    const data = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
    data.set("only", "recipients");
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    const place = form.querySelector("#penerima");
    if (!answer.ok || mine !== asked || !place) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#penerima");
    if (drawn) place.replaceWith(drawn);
  };
  form.addEventListener("change", (event) => {
    if (!names.some((name) => event.target.name === name || event.target.name === `${name}_key`)) return;
    waiting = ask().catch(() => {}).finally(() => { waiting = null; });
  });
  // Whoever is quicker than the answer waits for it: the form must not go off with an older one.
  form.addEventListener("submit", (event) => {
    if (!waiting) return;
    event.preventDefault();
    event.stopPropagation();
    waiting.then(() => form.requestSubmit());
  });
}

// What is counted in hours goes on counting while the page stands open; the words are those of the server.
const left = (until) => {
  const minutes = Math.floor(Math.abs(until - Date.now()) / 60000);
  const days = Math.floor(minutes / 1440);
  const parts = days ? [[days, "hari"], [Math.floor(minutes / 60) % 24, "jam"]] : [[Math.floor(minutes / 60), "jam"], [minutes % 60, "menit"]];
  const words = parts.filter(([number]) => number).map(([number, unit]) => `${number} ${unit}`).join(" ") || "kurang dari satu menit";
  const text = until > Date.now() ? `${words} lagi` : `lewat ${words}`;
  return text[0].toUpperCase() + text.slice(1);
};
const running = document.querySelectorAll("[data-until]");
if (running.length) {
  setInterval(() => {
    for (const element of running) element.textContent = left(Date.parse(element.dataset.until));
  }, 30000);
}
