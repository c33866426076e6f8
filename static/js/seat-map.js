// Everything that makes the map of a show's page more than a form with buttons, which it is without this.
import "./pressing.js";
import "./views.js";
import "./zooming.js";
import "./walking.js";
import "./choosing.js";
