// Links with data-drawer open at the side; without scripts they are pages of their own.
const drawer = document.getElementById("drawer");
const body = document.getElementById("drawer-body");
const asPage = document.getElementById("drawer-open");
const back = document.getElementById("drawer-back");
const status = document.getElementById("said");

let opener = null;
let trail = [];

const plainClick = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

export function say(text) {
  status.textContent = text;
}

function mark(link, open) {
  if (!link) return;
  link.setAttribute("aria-expanded", String(open));
  link.classList.toggle("on", open);
}

async function show(href) {
  const url = new URL(href, location.href);
  asPage.href = url.href;
  back.hidden = trail.length < 2;
  drawer.hidden = false;
  document.body.classList.add("with-drawer");
  say("Evidence is being read");
  const waiting = setTimeout(() => { body.textContent = "Reading from the archive …"; }, 150);
  const asked = url.href;
  url.searchParams.set("fragment", "1");
  url.hash = "";
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    const text = await answer.text();
    clearTimeout(waiting);
    if (asPage.href !== asked) return;
    const parsed = new DOMParser().parseFromString(text, "text/html");
    body.replaceChildren(...parsed.body.childNodes);
    say(body.querySelector("h1")?.textContent.trim().replace(/\s+/g, " ") ?? "Evidence");
  } catch {
    clearTimeout(waiting);
    body.textContent = "The server does not answer. Is `finemesh serve` still running?";
    say(body.textContent);
  }
  drawer.scrollTop = 0;
  body.focus({ preventScroll: true });
}

export function closeDrawer() {
  if (drawer.hidden) return;
  drawer.hidden = true;
  document.body.classList.remove("with-drawer");
  body.replaceChildren();
  trail = [];
  mark(opener, false);
  const last = opener;
  opener = null;
  if (last?.isConnected) last.focus();
  say("");
}

export function startDrawer() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-drawer]");
    if (!link || !plainClick(event)) return;
    event.preventDefault();
    const href = link.href?.baseVal ?? link.href;
    if (drawer.contains(link)) {
      trail.push(href);
    } else {
      mark(opener, false);
      opener = link;
      mark(opener, true);
      trail = [href];
    }
    show(href);
  });
  back.addEventListener("click", () => {
    trail.pop();
    show(trail[trail.length - 1]);
  });
  document.getElementById("drawer-close").addEventListener("click", closeDrawer);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !drawer.hidden) {
      event.preventDefault();
      closeDrawer();
    }
  });
}
