// A browser shows dates in its own language: beside each stands at once how it is understood; without script after sending.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const words = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  for (const said of document.querySelectorAll("[data-understood]")) {
    const input = document.getElementById(said.dataset.understood);
    if (!input) continue;
    const unit = input.parentElement.querySelector(".unit");
    input.addEventListener("input", () => {
      if (input.type === "time") {
        said.textContent = input.value ? `pukul ${input.value.slice(0, 5).replace(":", ".")}` : "";
        return;
      }
      const [day, hour] = input.value.split("T");
      const at = Date.parse(`${day}T00:00Z`);
      const time = hour ? `, ${hour.slice(0, 5).replace(":", ".")} ${unit ? unit.textContent : ""}` : "";
      said.textContent = Number.isNaN(at) ? "" : words.format(at) + time;
    });
  }
});
