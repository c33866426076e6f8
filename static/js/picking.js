// A map on which one seat is pressed, by a plain form: seen as map or list, nearer or farther, walked by keys.
import "./views.js";
import "./zooming.js";
import "./walking.js";
