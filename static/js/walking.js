// The keyboard in the map: one stop of the Tab key, from where the arrows walk along rows and to the next row, Home and
// End to its ends, PageUp and PageDown to other sections. What is taken can be visited too.
import { allSeats, handle, isList, plan, view } from "./seats.js";

let stop; // the seat the Tab key comes to

function stopAt(seat) {
  if (!seat) return;
  if (stop && stop !== seat) handle(stop).tabIndex = -1;
  stop = seat;
  handle(seat).tabIndex = 0;
}

const STOPS = [".seat:target", ".seat[aria-current]", ".seat[data-availability=available]", ".seat"];
const firstStop = () => STOPS.map((kind) => plan.querySelector(kind)).find(Boolean);

export function begin() {
  for (const seat of allSeats()) handle(seat).tabIndex = -1;
  stopAt(firstStop());
}

const middle = (seat) => {
  const { left, right, top, bottom } = seat.getBoundingClientRect();
  return [(left + right) / 2, (top + bottom) / 2];
};
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const isShown = (seat) => seat.checkVisibility();
const rowOf = (seat) => [...seat.closest(".row").querySelectorAll(".seat")].filter(isShown);

// The next seat of the row that lies this way: rows may be counted from right to left, or stand upright as in a box.
function along(seat, [dx, dy]) {
  const row = rowOf(seat);
  const at = row.indexOf(seat);
  const [x, y] = middle(seat);
  return [row[at - 1], row[at + 1]].find((next) => {
    if (!next) return false;
    const [nextX, nextY] = middle(next);
    const [right, down] = [nextX - x, nextY - y];
    return Math.abs(right) >= Math.abs(down) ? right * dx > 0 : down * dy > 0;
  });
}

// The nearest seat of another row this way, however the rows stand; straight ahead counts more than aside.
function across(seat, [dx, dy]) {
  const [x, y] = middle(seat);
  const own = seat.closest(".row");
  const step = seat.offsetWidth;
  let best, least = Infinity;
  for (const other of allSeats()) {
    if (other.parentElement === own && !isList()) continue;
    const [otherX, otherY] = middle(other);
    const ahead = (otherX - x) * dx + (otherY - y) * dy;
    const aside = Math.abs((otherX - x) * dy + (otherY - y) * dx);
    if (ahead < step * 0.3 || ahead < aside * 0.5) continue;
    const far = ahead + 2 * aside;
    if (far < least && isShown(other)) [best, least] = [other, far];
  }
  return best;
}

const sections = () => [...plan.querySelectorAll(".section")];
function firstOfSection(seat, step) {
  const all = sections();
  const next = all[all.indexOf(seat.closest(".section")) + step];
  return next?.querySelector(".seat");
}

function next(seat, key) {
  if (key in DIRECTIONS) {
    if (isList() && (key === "ArrowLeft" || key === "ArrowRight")) {
      const row = rowOf(seat);
      return row[row.indexOf(seat) + DIRECTIONS[key][0]];
    }
    return along(seat, DIRECTIONS[key]) ?? across(seat, DIRECTIONS[key]);
  }
  if (key === "Home") return rowOf(seat)[0];
  if (key === "End") return rowOf(seat).at(-1);
  if (key === "PageUp") return firstOfSection(seat, -1);
  if (key === "PageDown") return firstOfSection(seat, 1);
}

view.addEventListener("keydown", (event) => {
  const seat = event.target.closest?.(".seat");
  if (!seat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const isKey = event.key in DIRECTIONS || ["Home", "End", "PageUp", "PageDown"].includes(event.key);
  if (!isKey) return;
  event.preventDefault();
  const found = next(seat, event.key);
  if (found) handle(found).focus();
});

view.addEventListener("focusin", ({ target }) => {
  const seat = target.closest(".seat");
  if (!seat) return;
  stopAt(seat);
  // Not under a mouse: what moves between press and release is not clicked.
  if (target.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// A seat that the server has put in the place of another is a stop only if that one was.
export function renew() {
  const id = stop?.id;
  for (const seat of plan.querySelectorAll("button.seat:not([tabindex])")) {
    if (seat.id === id) stop = seat;
    seat.tabIndex = seat.id === id ? 0 : -1;
  }
  if (!stop?.isConnected) stopAt(firstStop());
}

begin();
document.addEventListener("htmx:after:swap", renew);
