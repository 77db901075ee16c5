// Claims by keyboard (j, k, o), and the tie between a sentence and its card.
import { typing } from "./app.js";
import { say } from "./drawer.js";
import { startMargin } from "./margin.js";

let at = -1;

export function startDocument() {
  const cards = [...document.querySelectorAll(".card")];
  const text = document.querySelector("main.document .text");
  if (!text) return;
  const align = startMargin(text, cards);

  const light = (number) => {
    for (const lit of document.querySelectorAll(".card.on, .c.on")) lit.classList.remove("on");
    document.getElementById(`c${number}`)?.classList.add("on");
    for (const piece of document.querySelectorAll(".text .c")) {
      if (piece.dataset.c.split(" ").includes(number)) piece.classList.add("on");
    }
    align(document.getElementById(`c${number}`));
  };

  const choose = (index, focus = true) => {
    at = index;
    const card = cards[at];
    light(card.dataset.c);
    const words = document.querySelector(".text .c.on");
    (words ?? card).scrollIntoView({ block: "center", behavior: "auto" });
    if (focus) card.focus({ preventScroll: true });
    say(`Claim ${at + 1} of ${cards.length}: ${card.querySelector(".what").textContent.trim().replace(/\s+/g, " ")}`);
  };

  document.addEventListener("keydown", (event) => {
    if (typing(event) || !cards.length) return;
    if (event.key === "j" || event.key === "k") {
      const next = at < 0 ? (event.key === "j" ? 0 : cards.length - 1) : at + (event.key === "j" ? 1 : -1);
      if (next >= 0 && next < cards.length) {
        event.preventDefault();
        choose(next);
      } else {
        document.querySelector(next < 0 ? ".pager a[rel=prev]" : ".pager a[rel=next]")?.focus();
      }
    } else if (event.key === "o" && at >= 0) {
      const party = cards[at].querySelector(".what a.party");
      if (party) location.href = party.href;
    }
  });

  text.addEventListener("click", (event) => {
    if (event.target.closest("a")) return;
    const piece = event.target.closest(".c");
    const card = event.target.closest(".card");
    const number = card?.dataset.c ?? piece?.dataset.c.split(" ").at(-1);
    if (!number) return;
    at = cards.findIndex((c) => c.dataset.c === number);
    light(number);
  });

  const named = /^#c(\d+)$/.exec(location.hash);
  const first = named ? cards.findIndex((c) => c.dataset.c === named[1]) : -1;
  if (first >= 0) choose(first);
  window.addEventListener("hashchange", () => {
    const found = cards.findIndex((c) => `#c${c.dataset.c}` === location.hash);
    if (found >= 0) choose(found);
  });
}
