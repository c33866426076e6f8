// Map or list, as it was last time; and what a seat says of itself to those who point at it or come to it by keys.
import { handle, hall, isList, plan, view } from "./seats.js";

const KEY = "holdfast-seats-as";

function remembered() {
  try { return localStorage.getItem(KEY); } catch { return null; }
}
if (remembered() === "list" && !plan.querySelector(":target")) document.getElementById("as-list").checked = true;
hall.addEventListener("change", ({ target }) => {
  if (target.name !== "view") return;
  try { localStorage.setItem(KEY, target.value); } catch { /* then it is forgotten */ }
});

// As a seat's name ends, and as a tip says it.
const STATES = {
  available: "available",
  held: "held by someone",
  sold: "sold",
  blocked: "blocked",
  "yours, held: release": "yours, press to release",
  "yours, bought": "yours, bought",
};
const TOUCHED_FOR = 2500; // milliseconds

const tip = view.querySelector(".tip");
let told;
let fading; // a finger cannot point away again

function tell(seat) {
  clearTimeout(fading);
  fading = null;
  told = seat;
  tip.hidden = !seat || isList();
  if (tip.hidden) return;
  const { ariaLabel, ariaDescription } = handle(seat);
  const words = ariaLabel.split(", ");
  const state = STATES[words.splice(words.at(-2) === "yours" ? -2 : -1).join(", ")];
  const place = document.createElement("strong");
  place.textContent = words.slice(0, -1).join(", ");
  tip.replaceChildren(place, `${words.at(-1)} · ${state}${ariaDescription ? `: ${ariaDescription}` : ""}`);
  // Above the seat, or below where there is no room.
  const [seats, room] = [seat.getBoundingClientRect(), view.getBoundingClientRect()];
  const x = seats.left + seats.width / 2 - tip.offsetWidth / 2 - room.left;
  const most = view.clientWidth - tip.offsetWidth - 4;
  const above = seats.top - room.top - tip.offsetHeight - 6;
  tip.style.left = `${view.scrollLeft + Math.max(4, Math.min(x, most))}px`;
  tip.style.top = `${view.scrollTop + (above > 2 ? above : seats.bottom - room.top + 6)}px`;
}

view.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "touch") return;
  const seat = target.closest(".seat");
  if (seat !== told) tell(seat);
});
view.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && tell(null));
view.addEventListener("click", ({ target, pointerType }) => {
  const seat = target.closest(".seat");
  if (pointerType !== "touch" || !seat) return;
  tell(seat);
  fading = setTimeout(tell, TOUCHED_FOR, null);
});
view.addEventListener("focusin", ({ target }) => {
  const seat = target.matches(":focus-visible") && target.closest(".seat");
  if (seat) requestAnimationFrame(() => tell(seat));
});
view.addEventListener("focusout", () => tell(null));
addEventListener("keydown", ({ key }) => key === "Escape" && tell(null));
// The seat that a finger pressed tells how it stands now; under a mouse the tip would only be in the way.
document.addEventListener("htmx:after:swap", () => {
  if (!told || told.isConnected) return;
  const touched = fading && document.getElementById(told.id);
  tell(touched || null);
  if (touched) fading = setTimeout(tell, TOUCHED_FOR, null);
});
