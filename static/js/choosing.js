// Several at once: while the switch is on, a press only chooses a seat, and one button holds all that were chosen, or none.
import { plan } from "./seats.js";

const several = document.getElementById("several");
const bar = document.getElementById("chosen");
const form = document.getElementById("seat-map");
const chosen = new Set(); // ids of seats
const prices = new Map(); // by the rank of their category
for (const one of document.querySelectorAll(".legend [data-price]")) {
  prices.set(one.dataset.categoryRank, { price: Number(one.dataset.price), words: one.textContent.trim() });
}

const buttons = () => [...chosen].map((id) => document.getElementById(id)).filter(Boolean);

function sum() {
  const paid = [...prices.values()].find(({ price }) => price > 0);
  const total = buttons().reduce((all, seat) => all + (prices.get(seat.dataset.categoryRank)?.price ?? 0), 0);
  if (!paid || !total) return "no charge";
  // As the server writes it: "1,045.00 EUR".
  const [amount, currency] = paid.words.split(/\s+/);
  const decimals = amount.includes(".") ? amount.split(".")[1].length : 0;
  const shown = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return `${(total / 10 ** decimals).toLocaleString("en", shown)} ${currency}`;
}

function tell(also = "") {
  const count = chosen.size;
  bar.hidden = !several.checked && !count;
  bar.querySelector("p").textContent = also
    + (count ? `${count} ${count === 1 ? "seat" : "seats"} chosen, ${sum()}.` : "Press the seats you want, then hold them together.");
  for (const button of bar.querySelectorAll("button")) button.hidden = !count;
}

function choose(seat, is) {
  chosen[is ? "add" : "delete"](seat.id);
  if (is) seat.ariaPressed = "true";
  else seat.removeAttribute("aria-pressed");
}

function letGo() {
  for (const seat of buttons()) if (seat.dataset.availability === "available") choose(seat, false);
  chosen.clear();
}

plan.addEventListener("click", (event) => {
  const seat = event.target.closest("button.seat[data-availability=available]");
  if (!seat || !several.checked) return;
  event.preventDefault();
  choose(seat, !chosen.has(seat.id));
  tell();
});
several?.addEventListener("change", () => {
  if (!several.checked) letGo();
  tell();
});
document.getElementById("let-chosen-go")?.addEventListener("click", () => { letGo(); tell(); several.focus(); });

// The pressed button names no seat itself: the chosen ones come along with the form.
form.addEventListener("formdata", ({ formData }) => {
  if (formData.has("seat_ids") || !holding) return;
  for (const seat of buttons()) formData.append("seat_ids", seat.value);
});
let holding = false;
document.addEventListener("submit", ({ submitter }) => { holding = submitter?.id === "hold-chosen"; }, true);

// After an answer, and after news: what is still free stays chosen, what is one's own or another's is not.
function look() {
  let lost = 0;
  for (const id of [...chosen]) {
    const seat = document.getElementById(id);
    if (seat?.dataset.availability === "available") { seat.ariaPressed = "true"; continue; }
    chosen.delete(id);
    if (seat?.dataset.availability !== "yours") lost += 1;
  }
  return lost;
}
if (several) {
  document.addEventListener("htmx:after:swap", () => { if (chosen.size) { look(); tell(); } });
  plan.addEventListener("seat-changed", () => {
    if (chosen.size && look()) tell("A seat you had chosen was taken by somebody else. ");
  });
  several.checked = false;
}
