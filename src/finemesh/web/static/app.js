// What every page has: search key, light and dark, the drawer; and what some pages have.
import { startDrawer } from "./drawer.js";
import { startCoverage } from "./coverage.js";
import { startDocument } from "./document.js";
import { startNetwork } from "./network.js";
import { startReview } from "./review.js";
import { startScreen } from "./screen.js";

export const typing = (event) =>
  event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]");

function startSearchKey() {
  const box = document.getElementById("q");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || typing(event)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

function startTheme() {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme || (dark ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    try { localStorage.setItem("finemesh-theme", root.dataset.theme); } catch { /* lasts for this page */ }
  });
}

startSearchKey();
startTheme();
startDrawer();
startCoverage();
startDocument();
startNetwork();
startReview();
startScreen();
