// A button that copies what stands in a field; without script the field is there to be marked and copied by hand.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.getElementById(button.getAttribute("aria-describedby"));
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    let done = false;
    try {
      await navigator.clipboard.writeText(field.value);
      done = true;
    } catch {
      // Without HTTPS the browser keeps its clipboard shut; the older way still takes what is marked.
      done = document.execCommand("copy");
    }
    said.textContent = done ? button.dataset.copied || "Tautan tersalin." : "Tidak dapat menyalin sendiri. Teksnya sudah ditandai: salin dengan Ctrl+C.";
  });
}
