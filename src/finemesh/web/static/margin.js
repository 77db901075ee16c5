// Many claims of one sentence make the margin longer than the text. While one reads on, the margin moves along: at the
// top of the page the first cards stand beside their sentences, at its end the last ones; and a chosen card always does
// while its sentence can be seen.
export function startMargin(text, cards) {
  let anchors = [];
  let waiting = false;
  let pinned = null;

  const measure = () => {
    anchors = [];
    if (!cards.length || getComputedStyle(cards[0]).float !== "right") return;
    const top = text.getBoundingClientRect().top;
    for (const card of cards) {
      const words = text.querySelector(`.run .c[data-c~="${card.dataset.c}"]`);
      if (words) anchors.push([words.getBoundingClientRect().top - top, card.offsetTop, card]);
    }
    anchors.sort((a, b) => a[0] - b[0]);
  };

  // The height of the text at which cards stand beside their words now.
  const readingLine = () => {
    const top = text.getBoundingClientRect().top;
    if (pinned) {
      const [height] = pinned;
      if (height + top > 0 && height + top < innerHeight) return height;
    }
    const longest = document.documentElement.scrollHeight - innerHeight;
    return longest > 0 ? -top + innerHeight * Math.min(1, scrollY / longest) : 0;
  };

  const place = () => {
    waiting = false;
    text.style.setProperty("--shift", `${Math.round(shiftAt(anchors, readingLine()))}px`);
  };

  const again = (card) => {
    measure();
    if (card !== undefined) pinned = anchors.find((anchor) => anchor[2] === card) ?? null;
    else if (pinned) pinned = anchors.find((anchor) => anchor[2] === pinned[2]) ?? null;
    place();
  };

  again();
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(place);
  }, { passive: true });
  addEventListener("resize", () => again());
  document.fonts?.ready.then(() => again());
  return again;
}

// How far the cards must move at a height of the text, between the sentences above and below it.
function shiftAt(anchors, line) {
  if (!anchors.length) return 0;
  const shift = ([words, card]) => words - card;
  if (line <= anchors[0][0]) return shift(anchors[0]);
  for (let i = 1; i < anchors.length; i++) {
    if (line > anchors[i][0]) continue;
    const [above, below] = [anchors[i - 1], anchors[i]];
    const share = below[0] > above[0] ? (line - above[0]) / (below[0] - above[0]) : 1;
    return shift(above) + share * (shift(below) - shift(above));
  }
  return shift(anchors.at(-1));
}
