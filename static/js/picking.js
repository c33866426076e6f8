// A map on which one seat is pressed, by a plain form: seen as map or list, nearer or farther, walked by keys. It begins at
// the seat that is given up.
import { plan, showPlaceOf } from "./seats.js";
import "./views.js";
import "./zooming.js";
import "./walking.js";

const given = plan.querySelector(".seat[aria-current]");
if (given) showPlaceOf(given);
