// The picture: zoom, drag, PNG. It is drawn by the server and stays where it is.
const MAX_PIXELS = 32e6;

export function startNetwork() {
  const canvas = document.getElementById("canvas");
  const svg = document.getElementById("picture");
  if (!canvas || !svg) return;
  const width = svg.viewBox.baseVal.width;
  const height = svg.viewBox.baseVal.height;
  let scale = 1;

  const set = (wanted, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
    const next = Math.min(3, Math.max(0.2, wanted));
    const left = (canvas.scrollLeft + x) * (next / scale) - x;
    const top = (canvas.scrollTop + y) * (next / scale) - y;
    scale = next;
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
    canvas.scrollTo(left, top);
  };
  const fit = () => set(Math.min(1, canvas.clientWidth / width));

  const zoom = document.getElementById("zoom");
  zoom.hidden = false;
  zoom.addEventListener("click", (event) => {
    const how = event.target.dataset?.zoom;
    if (how === "in") set(scale * 1.25);
    else if (how === "out") set(scale / 1.25);
    else if (how === "fit") fit();
  });
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    set(scale * (event.deltaY < 0 ? 1.1 : 1 / 1.1), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  startDrag(canvas);
  showStart(canvas, svg, () => scale);
  startPng(svg, width, height);
}

// Bring the party that was opened last into view, else the middle.
function showStart(canvas, svg, scale) {
  const opened = [...svg.querySelectorAll(".node.opened")];
  const ids = new URLSearchParams(location.search).getAll("id");
  const node = opened.find((n) => n.dataset.id === ids.at(-1)) ?? opened[0];
  if (!node) return;
  const frame = svg.viewBox.baseVal;
  canvas.scrollTo(
    (Number(node.dataset.x) - frame.x) * scale() - canvas.clientWidth / 2,
    (Number(node.dataset.y) - frame.y) * scale() - canvas.clientHeight / 2,
  );
}

function startDrag(canvas) {
  let from = null;
  canvas.classList.add("drags");
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch" || event.target.closest("a")) return;
    from = { x: event.clientX, y: event.clientY, left: canvas.scrollLeft, top: canvas.scrollTop };
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add("dragging");
  });
  canvas.addEventListener("pointermove", (event) => {
    if (from) canvas.scrollTo(from.left - (event.clientX - from.x), from.top - (event.clientY - from.y));
  });
  const end = () => { from = null; canvas.classList.remove("dragging"); };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
}

function startPng(svg, width, height) {
  const button = document.getElementById("png");
  const link = document.querySelector(".files a[download]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = await (await fetch(link.href)).text();
    const image = new Image();
    const source = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    image.onload = () => {
      const factor = Math.min(2, Math.sqrt(MAX_PIXELS / (image.width * image.height)));
      const sheet = document.createElement("canvas");
      sheet.width = Math.round(image.width * factor);
      sheet.height = Math.round(image.height * factor);
      sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
      URL.revokeObjectURL(source);
      sheet.toBlob((blob) => {
        const save = document.createElement("a");
        save.href = URL.createObjectURL(blob);
        save.download = "network.png";
        save.click();
        setTimeout(() => URL.revokeObjectURL(save.href), 10_000);
      });
    };
    image.src = source;
  });
}
