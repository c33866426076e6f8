// What htmx leaves to us when a seat is pressed: it is busy at once and not asked for twice, the keyboard stays where it
// was, and a failed request says so.
import { answered } from "./seats.js";

const say = (content) => document.getElementById("refusal").replaceChildren(content);
const failure = () => document.getElementById("network-failure").content.cloneNode(true);
let pressed; // what had the keyboard when it was pressed
let ownBefore; // the ids of one's own seats then
let last = {}; // the id of the button pressed last, and when

// Before htmx hears of it, which listens on the form itself.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || !event.target.hasAttribute("hx-boost") || !window.htmx) return;
  // The second press of a double click may meet the seat already held: it must not release it.
  const again = button.id && button.id === last.id && event.timeStamp - last.at < 500;
  if (again || button.ariaBusy === "true") {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  last = { id: button.id, at: event.timeStamp };
  button.ariaBusy = "true";
  pressed = document.activeElement === button ? button : null;
  ownBefore = new Set([...document.querySelectorAll("[data-availability=yours]")].map((seat) => seat.id));
}, true);

// What was chosen for somebody may be far from where they look.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement?.matches?.(".best-available, .offers form, #lapsed-form")) return;
  const found = [...document.querySelectorAll(".plan button.seat[data-availability=yours]")];
  found.find((seat) => !ownBefore.has(seat.id))?.scrollIntoView({ block: "center", inline: "center" });
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.request.submitter) answered(ctx.request.submitter);
});

// An answer without a partial for us (a crashed server, a proxy's page) must not pass in silence.
document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
  if (ctx.response.status >= 400 && !tasks.some((task) => task.type === "partial")) say(failure());
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => ctx?.response || say(failure()));

// htmx gives the focus back by id; where nothing is left to focus, it goes to what has just been said. (Later, since
// others who hear of the swap may hide what was pressed.)
document.addEventListener("htmx:after:swap", () => setTimeout(keepFocus));

function keepFocus() {
  const isUsable = pressed?.isConnected && !pressed.disabled && pressed.checkVisibility();
  if (!pressed || isUsable || ![document.body, pressed].includes(document.activeElement)) return;
  const told = ["refusal", "notice", "basket-title"].map((id) => document.getElementById(id));
  told.find((element) => element?.textContent.trim())?.focus({ preventScroll: true });
  pressed = null;
}

// A page that was loaded to tell something: those who hear it, and those who go on by keys, begin there.
document.querySelector("#refusal .notice, #notice .notice")?.parentElement.focus({ preventScroll: true });
