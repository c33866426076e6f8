// How a seat stands, in its attributes and in the words a screen reader has for it: changed here and nowhere else.

const WORDS = /, (available|held|sold|yours, bought|yours, held: release)$/;
const heard = new WeakMap(); // what was heard of a seat while its own press was not answered yet

// Let `seat`, a button of the map, stand as "available", "held" or "sold". One's own are left alone, unless
// `evenYours`: only the server makes a seat "yours".
export function setAvailability(seat, availability, { evenYours = false } = {}) {
  if (seat.localName !== "button" || seat.dataset.availability === availability) return;
  if (seat.dataset.availability === "yours" && !evenYours) return;
  // The news may be of this very press: its answer knows better, and only when none comes the news counts.
  if (seat.ariaBusy === "true") return heard.set(seat, availability);
  const free = availability === "available";
  seat.dataset.availability = availability;
  delete seat.dataset.confirmed;
  seat.removeAttribute("formaction");
  seat.removeAttribute("aria-pressed");
  seat.toggleAttribute("data-chosen", false);
  if (free) {
    seat.name = "seat_ids";
    seat.removeAttribute("type");
    seat.removeAttribute("aria-disabled");
  } else {
    seat.removeAttribute("name");
    seat.type = "button";
    seat.ariaDisabled = "true";
  }
  seat.ariaLabel = seat.ariaLabel.replace(WORDS, `, ${availability}`);
  seat.dispatchEvent(new CustomEvent("seat-changed", { bubbles: true }));
}

// A press of the seat came to an end; what was heard meanwhile counts, if the answer did not put another in its place.
export function answered(seat) {
  seat.ariaBusy = null;
  const availability = heard.get(seat);
  heard.delete(seat);
  if (availability && seat.isConnected) setAvailability(seat, availability);
}

// The window with the plan, and all its seats in the order of the plan: buttons, or labels around boxes to tick. `handle` is
// what has the keyboard of one.
export const hall = document.querySelector(".hall");
export const view = document.querySelector(".window");
export const plan = document.querySelector(".plan");
export const allSeats = () => plan.querySelectorAll(".seat");
export const handle = (seat) => seat.control ?? seat;
export const isList = () => document.getElementById("as-list").checked;

// Scroll the window, and nothing around it, to where this seat is.
export function showPlaceOf(seat) {
  const [place, room] = [seat.getBoundingClientRect(), view.getBoundingClientRect()];
  view.scrollBy({
    left: place.left - room.left - room.width / 2,
    top: place.top - room.top - room.height / 3,
    behavior: "instant",
  });
}
