// Answers by keyboard: every button and link with data-key is pressed by its keys.
import { typing } from "./app.js";
import { say } from "./drawer.js";

export function startReview() {
  const main = document.querySelector("main.review");
  if (!main) return;
  say(document.getElementById("waiting").textContent.trim());
  let sent = false;
  main.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });
  document.addEventListener("keydown", (event) => {
    if (typing(event) || event.repeat || sent) return;
    const pressed = [...main.querySelectorAll("[data-key]")].find((b) => b.dataset.key.split(" ").includes(event.key));
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });
}
