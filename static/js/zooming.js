// Nearer and farther: by buttons, by + − 0, by wheel with Ctrl or ⌘ (which is also what a trackpad's pinch sends), by two
// fingers. Moving about is the browser's own scrolling; a mouse may also drag.
import { allSeats, hall, isList, plan, view } from "./seats.js";

const NEAREST = 64; // px a pitch
const LEAST = 5;
const FAR = 18; // below this nothing can be read, and below a target's least size nothing should be pressed
const STEP = 1.3;
let zoom = 1;

const pitch = () => parseFloat(getComputedStyle(plan).getPropertyValue("--pitch"));

// Zoom so that a pitch is `px`, while what is at the point (x, y) of the screen stays there.
function show(px, x, y) {
  const box = view.getBoundingClientRect();
  [x, y] = [x ?? box.left + view.clientWidth / 2, y ?? box.top + view.clientHeight / 2];
  const before = plan.getBoundingClientRect();
  const now = pitch();
  zoom *= Math.min(NEAREST, Math.max(LEAST, px)) / now;
  plan.style.setProperty("--zoom", zoom);
  const after = plan.getBoundingClientRect();
  const k = after.width / before.width;
  view.scrollBy({
    left: after.left + (x - before.left) * k - x,
    top: after.top + (y - before.top) * k - y,
    behavior: "instant",
  });
  look();
}

function look() {
  view.toggleAttribute("data-far", !isList() && pitch() < FAR);
}

function whole() {
  const now = pitch();
  const room = document.documentElement.clientHeight * 0.8;
  const k = Math.min(view.clientWidth / plan.offsetWidth, Math.max(view.clientHeight, room) / plan.offsetHeight);
  show(now * k * 0.998); // no scroll bars for the sake of a rounded pixel
  view.scrollTo({ left: 0, top: 0, behavior: "instant" });
}

// How much of the window's height is in sight: it may reach below the screen, or under what is docked there.
function heightInSight() {
  const dock = document.querySelector(".dock");
  const docked = dock && getComputedStyle(dock).position === "sticky" ? dock.offsetHeight : 0;
  const inSight = document.documentElement.clientHeight - docked - Math.max(0, view.getBoundingClientRect().top);
  return inSight > 100 ? Math.min(inSight, view.clientHeight) : view.clientHeight;
}

function begin() {
  zoom = 1;
  plan.style.removeProperty("--zoom");
  look();
  if (plan.querySelector(":target")) return;
  view.scrollLeft = (view.scrollWidth - view.clientWidth) / 2;
  // A stage as large as the window would hide that there are seats: the first in sight stand near its top.
  const [left, right] = [view.scrollLeft, view.scrollLeft + view.clientWidth];
  const inSight = [...allSeats()].filter((seat) => seat.offsetLeft > left && seat.offsetLeft < right);
  const first = Math.min(...inSight.map((seat) => seat.offsetTop));
  const height = heightInSight();
  if (first > height / 3) view.scrollTop = first - height / 5;
}

const acts = { in: () => show(pitch() * STEP), out: () => show(pitch() / STEP), whole };
hall.addEventListener("click", ({ target }) => acts[target.closest?.("[data-zoom]")?.dataset.zoom]?.());

const keys = { "+": acts.in, "=": acts.in, "-": acts.out, 0: begin };
view.addEventListener("keydown", (event) => {
  if (isList() || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
  document.activeElement.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// While somebody turns or spreads, the picture is only stretched, which costs nothing; then the seats are placed anew.
let gesture;
function stretch(by, x, y, { dx = 0, dy = 0 } = {}) {
  const now = pitch();
  if (!gesture) {
    const box = plan.getBoundingClientRect();
    gesture = { x, y };
    plan.style.willChange = "transform";
    plan.style.transformOrigin = `${x - box.left}px ${y - box.top}px`;
  }
  Object.assign(gesture, { by: Math.min(NEAREST / now, Math.max(LEAST / now, by)), dx, dy });
  plan.style.transform = `translate(${dx}px, ${dy}px) scale(${gesture.by})`;
  clearTimeout(gesture.ending);
  gesture.ending = setTimeout(settle, 160);
}

function settle() {
  if (!gesture) return;
  clearTimeout(gesture.ending);
  const { by, x, y, dx, dy } = gesture;
  gesture = undefined;
  for (const property of ["transform", "transform-origin", "will-change"]) plan.style.removeProperty(property);
  show(pitch() * by, x, y);
  view.scrollBy({ left: -dx, top: -dy, behavior: "instant" });
}

view.addEventListener("wheel", (event) => {
  if (isList() || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const turned = Math.max(-60, Math.min(60, event.deltaMode ? event.deltaY * 20 : event.deltaY));
  stretch((gesture?.by ?? 1) * Math.exp(-turned / 150), event.clientX, event.clientY);
}, { passive: false });

let fingers; // how far apart they were, and between what
const apart = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
const between = ([a, b]) => [(a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2];
view.addEventListener("touchstart", (event) => {
  if (event.touches.length !== 2 || isList()) return;
  event.preventDefault();
  settle();
  fingers = { apart: apart(event.touches), at: between(event.touches) };
}, { passive: false });
view.addEventListener("touchmove", (event) => {
  if (!fingers || event.touches.length !== 2) return;
  event.preventDefault();
  const [[x, y], [toX, toY]] = [fingers.at, between(event.touches)];
  stretch(apart(event.touches) / fingers.apart, x, y, { dx: toX - x, dy: toY - y });
}, { passive: false });
view.addEventListener("touchend", () => {
  fingers = undefined;
  settle();
});

// A press from so far away that it could mean any of several seats brings them nearer.
view.addEventListener("click", (event) => {
  if (!view.hasAttribute("data-far") || !event.detail) return;
  event.preventDefault();
  event.stopPropagation();
  show(matchMedia("(pointer: coarse)").matches ? 44 : 28, event.clientX, event.clientY);
}, true);

let drag;
view.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "mouse" || event.button !== 0 || isList()) return;
  drag = { x: event.clientX, y: event.clientY, moving: false };
});
addEventListener("pointermove", (event) => {
  if (!drag) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.moving && Math.hypot(dx, dy) < 6) return;
  drag = { x: event.clientX, y: event.clientY, moving: true };
  view.toggleAttribute("data-dragging", true);
  view.scrollBy({ left: -dx, top: -dy, behavior: "instant" });
});
addEventListener("pointerup", () => {
  if (drag?.moving) {
    // The click that follows was none.
    const none = (event) => { event.preventDefault(); event.stopPropagation(); };
    addEventListener("click", none, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", none, { capture: true }));
  }
  drag = undefined;
  view.toggleAttribute("data-dragging", false);
});

begin();
document.querySelector(".views").addEventListener("change", look);
