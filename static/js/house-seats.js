// Choosing the seats that the house keeps: a press picks a seat, its row or its section; what was picked is counted, and
// the buttons say what they would be about. Without this each seat is a box to tick, and the buttons are the same.
const form = document.getElementById("house");
const told = document.getElementById("chosen-count");
const bar = document.getElementById("chosen-bar");
const [block, release, clear] = ["preview-block", "preview-release", "clear"].map((id) => document.getElementById(id));
const nothing = told.textContent;
const words = [block, release].map((button) => button.textContent);
const boxes = () => [...form.querySelectorAll("input[name=seat_ids]")];
const whole = () => [...form.querySelectorAll("input[name=ids][data-seats]")];

const there = document.querySelector(".plan") ? " in other sections" : "";

const seats = (count) => `${count.toLocaleString("en")} ${count === 1 ? "seat" : "seats"}`;

function tell() {
  const ticked = boxes().filter((box) => box.checked);
  const blocked = ticked.filter((box) => box.parentElement.dataset.availability === "blocked").length;
  const free = ticked.length - blocked;
  // Sections as a whole, and what was chosen on other pages: only the server knows which of them are free.
  const unknown = whole().filter((box) => box.checked).reduce((sum, box) => sum + Number(box.dataset.seats), 0);
  const all = ticked.length + unknown;
  const typed = form.elements.seat_ranges.value.trim() !== "";
  const parts = [free && `${seats(free)} free`, blocked && `${seats(blocked)} blocked`, unknown && `${seats(unknown)}${there}`];
  told.textContent = all
    ? `Chosen: ${parts.filter(Boolean).join(", ")}.`
    : nothing;
  bar.firstElementChild.textContent = `${seats(all)} chosen`;
  bar.hidden = clear.hidden = !all;
  for (const [button, count, other, word] of [[block, free, blocked, words[0]], [release, blocked, free, words[1]]]) {
    button.disabled = !typed && !unknown && !count;
    button.textContent = count && !other && !unknown && !typed ? `${word}: ${seats(count)}` : word;
  }
}

form.addEventListener("change", ({ target }) => {
  if (target.name === "seat_ids") {
    const reach = { row: ".row", section: ".section" }[form.elements.picks?.value];
    for (const box of reach ? target.closest(reach).querySelectorAll("input[name=seat_ids]") : []) box.checked = target.checked;
  }
  tell();
});
form.addEventListener("input", ({ target }) => target.name === "seat_ranges" && tell());
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.name !== "seat_ids") return;
  event.preventDefault();
  event.target.click();
});
clear.addEventListener("click", () => {
  for (const box of [...boxes(), ...whole()]) box.checked = false;
  tell();
  told.focus({ preventScroll: true }); // the pressed button is gone
});

// A link of the drawing leads to a part of the hall: its button takes along what was chosen.
form.addEventListener("click", (event) => {
  const button = form.querySelector(`button[name=part][value="${CSS.escape(event.target.closest("a.part")?.dataset.part ?? "")}"]`);
  if (!event.target.closest("a.part") || !button || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  form.requestSubmit(button);
});

const everyDate = form.querySelector(".all-dates");
if (everyDate) {
  everyDate.hidden = false;
  everyDate.addEventListener("change", ({ target }) => {
    for (const box of form.querySelectorAll("input[name=other_show_ids]")) box.checked = target.checked;
  });
}

addEventListener("pageshow", tell); // also when the browser comes back with boxes ticked
tell();
