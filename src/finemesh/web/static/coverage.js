// The as-of slider and the filters: the matrix is fetched anew and put in place; focus and scroll stay.
import { closeDrawer, say } from "./drawer.js";

let latest = 0;

async function go(url) {
  const number = ++latest;
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok) { location.href = url; return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (number !== latest) return;
    closeDrawer();
    for (const part of document.querySelectorAll("[data-swap]")) {
      const fresh = page.querySelector(`[data-swap="${part.dataset.swap}"]`);
      if (!fresh) continue;
      if (part.matches("input")) part.value = fresh.value;
      else if (part.matches("details")) { fresh.open = part.open; part.replaceWith(fresh); }
      else if (part.contains(document.activeElement) && part.matches("form")) continue;
      else part.replaceWith(fresh);
    }
    for (const link of page.querySelectorAll(".bar nav a")) {
      const own = [...document.querySelectorAll(".bar nav a")].find((a) => a.textContent === link.textContent);
      if (own) own.href = link.href;
    }
    const slider = document.getElementById("slider");
    const other = page.getElementById("slider");
    if (slider && other && document.activeElement !== slider) slider.value = other.value;
    slider?.setAttribute("aria-valuetext", other?.getAttribute("aria-valuetext") ?? "");
    history.replaceState(null, "", url);
    say(document.querySelector("[data-say]")?.textContent ?? "");
  } catch {
    location.href = url;
  }
}

function addressOf(form) {
  const url = new URL(form.getAttribute("action") || location.pathname, location.href);
  const data = new FormData(form);
  for (const [key, value] of data) if (value !== "") url.searchParams.append(key, value);
  return url.href;
}

function dayAt(line, position) {
  const day = new Date(`${line.dataset.first}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + Number(position));
  return day.toISOString().slice(0, 10);
}

function startSlider(form) {
  const line = document.getElementById("line");
  const slider = document.getElementById("slider");
  if (!line || !slider) return;
  slider.hidden = false;
  let timer = 0;
  slider.addEventListener("input", () => {
    const day = dayAt(line, slider.value);
    form.elements.as_of.value = day;
    slider.setAttribute("aria-valuetext", day);
    clearTimeout(timer);
    timer = setTimeout(() => go(addressOf(form)), 90);
  });
}

export function startCoverage() {
  for (const form of document.querySelectorAll("form[data-auto]")) {
    const partly = form.id === "control";
    form.addEventListener("change", (event) => {
      if (event.target.type === "range" || event.target.type === "search") return;
      if (event.target.name === "as_of" && !event.target.checkValidity()) return;
      if (partly) go(addressOf(form)); else form.requestSubmit();
    });
    if (partly) {
      form.addEventListener("submit", (event) => { event.preventDefault(); go(addressOf(form)); });
      form.addEventListener("click", (event) => {
        const link = event.target.closest("[data-swap='steps'] a");
        if (!link) return;
        event.preventDefault();
        go(link.href);
      });
      startSlider(form);
    }
  }
}
