// A table dropped on the page, or chosen: it goes to this computer's own server, and what it finds comes back as a part of the page.
import { say } from "./drawer.js";

export function startScreen() {
  const zone = document.getElementById("drop");
  if (!zone) return;
  const result = document.getElementById("screened");
  const choose = zone.querySelector("input[type=file]");
  zone.hidden = false;

  async function screen(file) {
    const form = document.querySelector("form.filters");
    const query = new URLSearchParams({ file: file.name, column: zone.querySelector("[name=column]").value });
    for (const name of ["schema", "threshold", "as_of"]) if (form.elements[name]?.value) query.set(name, form.elements[name].value);
    result.textContent = `Screening ${file.name} …`;
    result.setAttribute("aria-busy", "true");
    say(result.textContent);
    try {
      const answer = await fetch(`/screen-table?${query}`, { method: "POST", body: file, headers: { "X-Finemesh-Token": zone.dataset.token } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = answer.ok ? page.body : page.querySelector("main");
      result.replaceChildren(...part.childNodes);
    } catch {
      result.textContent = "The server does not answer. Is `finemesh serve` still running?";
    }
    result.removeAttribute("aria-busy");
    say(result.querySelector("p")?.textContent ?? result.textContent);
    result.querySelector("h2, h1")?.focus();
  }

  choose.addEventListener("change", () => { if (choose.files[0]) screen(choose.files[0]); choose.value = ""; });
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) screen(event.dataTransfer.files[0]);
  });
}
