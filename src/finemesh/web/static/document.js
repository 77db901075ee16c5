// Claims by keyboard (j k, a r e u, o), and the tie between a sentence and its card.
import { typing } from "./app.js";
import { say } from "./drawer.js";
import { startMargin } from "./margin.js";

let at = -1;

export function startDocument() {
  const text = document.querySelector("main.document .text");
  if (!text) return;
  const cards = [...text.querySelectorAll(".card")];
  const claims = [...text.querySelectorAll(".card .claim")];
  const align = startMargin(text, cards);

  const light = (card, claim) => {
    for (const lit of text.querySelectorAll(".card.on, .c.on, .claim.at")) lit.classList.remove("on", "at");
    card.classList.add("on");
    claim?.classList.add("at");
    for (const piece of text.querySelectorAll(".c")) {
      if (piece.dataset.c.split(" ").includes(card.dataset.c)) piece.classList.add("on");
    }
    align(card);
  };

  const choose = (index, focus = true) => {
    at = index;
    const claim = claims[at];
    const card = claim.closest(".card");
    light(card, claim);
    (text.querySelector(".c.on") ?? card).scrollIntoView({ block: "center", behavior: "auto" });
    if (focus) claim.focus({ preventScroll: true });
    const words = (selector) => claim.querySelector(selector)?.textContent.trim().replace(/\s+/g, " ") ?? "";
    say(`Claim ${at + 1} of ${claims.length}: ${words(".what")} ${words(".head .verdict")} ${words(".answer-word")}`);
  };

  const step = (by) => {
    const next = at < 0 ? (by > 0 ? 0 : claims.length - 1) : at + by;
    if (next >= 0 && next < claims.length) return choose(next), true;
    document.querySelector(next < 0 ? ".pager a[rel=prev]" : ".pager a[rel=next]")?.focus();
    return false;
  };

  const edit = (claim) => {
    const details = claim.querySelector(".edit");
    details.open = true;
    align(claim.closest(".card"));
    const field = details.querySelector("input:not([type=hidden])");
    field.focus({ preventScroll: true });
    field.form.scrollIntoView({ block: "nearest" });
  };

  const press = (key) => {
    const claim = claims[at];
    if (key === "o") return claim.querySelector(".what a.party")?.click();
    if (key === "e") return edit(claim);
    return claim.querySelector(`button[data-key="${key}"]`)?.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest?.(".edit")) {
      event.target.closest(".edit").open = false;
      choose(at);
      return;
    }
    if (typing(event) || !claims.length) return;
    if (event.key === "j" || event.key === "k") {
      if (step(event.key === "j" ? 1 : -1)) event.preventDefault();
    } else if ("areuo".includes(event.key) && event.key.length === 1 && at >= 0 && !event.repeat) {
      event.preventDefault();
      press(event.key);
    }
  });

  text.addEventListener("click", (event) => {
    if (event.target.closest("a, button, input, select, summary, label")) return;
    const piece = event.target.closest(".c");
    const number = event.target.closest(".card")?.dataset.c ?? piece?.dataset.c.split(" ").at(-1);
    const card = cards.find((c) => c.dataset.c === number);
    if (!card) return;
    const claim = event.target.closest(".claim") ?? card.querySelector(".claim");
    at = claims.indexOf(claim);
    light(card, claim);
  });

  const named = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    const found = place && document.getElementById(place);
    return found ? claims.indexOf(found.matches(".claim") ? found : found.querySelector(".claim")) : -1;
  };
  if (named() >= 0) choose(named());
  window.addEventListener("hashchange", () => { if (named() >= 0) choose(named()); });
  startAnswers(text, align);
}

// What the page of a refusal says, without its heading and its links.
const wordsOf = (page) => [...page.querySelectorAll("main p:not(:has(a))")].map((p) => p.textContent.trim()).join(" ");

// An answer is sent without leaving the place: the claim and the counts are taken from the page that comes back.
function startAnswers(text, align) {
  text.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/claim" || !event.submitter) return;
    event.preventDefault();
    const claim = form.closest(".claim");
    if (!claim || claim.dataset.sent) return;
    claim.dataset.sent = "1";
    const body = new URLSearchParams(new FormData(form));
    body.set("value", event.submitter.value);
    try {
      const answer = await fetch("/claim", { method: "POST", body, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(claim.id);
      if (!answer.ok || !fresh) throw new Error(wordsOf(page));
      claim.className = `${fresh.className} at`;
      claim.replaceChildren(...fresh.childNodes);
      const counts = page.querySelectorAll(".dochead .counts");
      document.querySelectorAll(".dochead .counts").forEach((old, n) => counts[n] && old.replaceWith(counts[n]));
      align(claim.closest(".card"));
      claim.focus({ preventScroll: true });
      say(claim.querySelector(".answered")?.textContent.trim().replace(/\s+/g, " ") ?? "The answer is taken back.");
    } catch (error) {
      const note = claim.querySelector(".failed") ?? claim.appendChild(document.createElement("p"));
      note.className = "failed";
      note.setAttribute("role", "alert");
      note.textContent = `Not kept: ${error.message || "the server does not answer"}`;
    } finally {
      delete claim.dataset.sent;
    }
  });
}
