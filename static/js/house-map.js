// The map on the page of house seats: the same views, zoom and keys as on a buyer's.
import { plan, showPlaceOf } from "./seats.js";
import "./views.js";
import "./zooming.js";
import "./walking.js";

// What is read out stays; on the map the tip says it, and not the browser's own beside it.
for (const box of plan.querySelectorAll("input[title]")) {
  box.ariaDescription = box.title;
  box.removeAttribute("title");
}

// Whoever comes back to a choice begins where it is.
const first = plan.querySelector(".seat:has(:checked)");
if (first) showPlaceOf(first);
