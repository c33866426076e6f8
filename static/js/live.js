// Keeps an open map up to date: what happens to a seat, whoever does it, shows here within a second. It comes as an event
// stream (htmx's extension holds it, comes back after a break, and rests while the page is hidden); where streams are
// blocked or stay silent, we ask every few seconds. Nothing of this is read out: only one's own results are.
import { setAvailability } from "./seats.js";

const POLL_EVERY = 3000; // milliseconds, all of these
const SILENT_FOR = 20000; // the server says something every 15 s
const FIRST_WORD = 8000;
const STREAM_AGAIN = 60000;
const MOST_ERRORS = 3;
const MOST_ASKED = 100; // seats in one address

const map = document.querySelector("[data-live]");
const show = map && new URL(map.dataset.live, location.href).pathname;
const own = new BroadcastChannel("holdfast"); // the tabs of this browser
const board = document.createElement("div"); // news of the show as a whole
let cursor = map?.dataset.cursor;

// ---- what was told, applied once a frame

const nothing = () => ({ seats: new Map(), again: new Set(), all: false, free: {}, parts: {} });
let told = nothing();
let frame = null;

function hear(name, data) {
  if (name === "plan") sayPlanChanged();
  if (name === "closed") sayClosed(data.because);
  if (name === "opened") openTheSale();
  if (name !== "seats" && name !== "parts") return;
  if (data.all) Object.assign(told, { seats: new Map(), all: true });
  for (const availability of ["available", "held", "sold"]) {
    for (const id of data[availability] ?? []) told.seats.set(`seat-${id}`, availability);
  }
  for (const id of data.again ?? []) told.again.add(`seat-${id}`);
  Object.assign(told.free, data.free);
  Object.assign(told.parts, data.parts);
  frame ??= requestAnimationFrame(apply);
}

function apply() {
  const news = told;
  told = nothing();
  frame = null;
  let outdated = false;
  const stand = (seat, availability) => {
    if (seat.dataset.availability !== "yours") setAvailability(seat, availability);
    else if (seat.ariaBusy !== "true") outdated ||= differsFromYours(seat, availability, news.again.has(seat.id));
  };
  if (news.all) {
    for (const seat of map.querySelectorAll("button.seat")) stand(seat, news.seats.get(seat.id) ?? "available");
  } else {
    for (const [id, availability] of news.seats) {
      const seat = document.getElementById(id);
      if (seat) stand(seat, availability);
    }
  }
  for (const [category, free] of Object.entries(news.free)) write("free-of", category, free);
  for (const [part, free] of Object.entries(news.parts)) {
    write("free-in", part, free);
    for (const shape of map.querySelectorAll(`a[data-part="${CSS.escape(part)}"][data-seats]`)) shade(shape, free);
  }
  if (outdated) askForOnesOwn();
  document.dispatchEvent(new CustomEvent("show-changed"));
}

// A seat of one's own went away, was bought elsewhere, or changed hands (given back in another tab, and held by somebody
// else at once); that others see it held says nothing new.
const differsFromYours = (seat, availability, changedHands) =>
  availability === "available" || (availability === "sold" && !("confirmed" in seat.dataset)) || changedHands;

function write(name, value, free) {
  for (const element of document.querySelectorAll(`[data-${name}="${CSS.escape(value)}"]`)) element.textContent = free;
}

// A part of the hall in the overview's drawing.
function shade(shape, free) {
  const share = free / shape.dataset.seats;
  shape.dataset.left = !free ? "none" : share < 0.1 ? "few" : share < 0.5 ? "some" : "many";
  shape.setAttribute("aria-label", shape.getAttribute("aria-label").replace(/\d+ free$/, `${free} free`));
}

// Never a reload by itself: something may be typed or chosen.
function sayPlanChanged() {
  const words = document.getElementById("plan-changed");
  if (words && !board.querySelector("a")) board.append(words.content.cloneNode(true));
}

// No seat can be had any more: said where the page itself would have said it, and nothing is left to press in vain.
function sayClosed(because) {
  if (document.getElementById("closed")) return;
  const said = document.createElement("p");
  Object.assign(said, { className: "notice", id: "closed", textContent: because });
  said.dataset.kind = "refusal";
  board.append(said);
  const seats = map.querySelector("fieldset.seats");
  const wasHere = seats?.contains(document.activeElement);
  if (seats) seats.disabled = true;
  map.querySelector(".find")?.remove();
  if (wasHere) document.getElementById("main").focus({ preventScroll: true });
  askForOnesOwn();
}

// Seats can be had from now on: the page comes with what it takes. Not everybody's in the same moment.
function openTheSale() {
  if (document.getElementById("closed")) setTimeout(() => location.reload(), 1500 * Math.random());
}

const askForOnesOwn = () => document.dispatchEvent(new CustomEvent("basket-outdated"));

// ---- the stream

let stream = null; // the element htmx holds it by
let connection = null;
let heardAt = 0;
let heardOnce = false;
let errors = 0;

function openStream() {
  stream = document.createElement("div");
  stream.hidden = true;
  stream.setAttribute("hx-sse:connect", since());
  stream.setAttribute("hx-swap", "none");
  stream.setAttribute("hx-config", '{"sse":{"reconnectMaxDelay":10000}}');
  for (const name of ["seats", "parts", "plan", "closed", "opened", "pulse"]) stream.addEventListener(name, streamed);
  stream.addEventListener("htmx:sse:after:connection", (event) => (connection = event.detail.connection));
  stream.addEventListener("htmx:sse:error", () => ++errors >= MOST_ERRORS && giveUp(STREAM_AGAIN));
  // Anything but a stream is no answer, and no failure that somebody has to read of.
  stream.addEventListener("htmx:before:response", (event) => {
    const { headers } = event.detail.ctx.response;
    if (headers.get("Content-Type")?.startsWith("text/event-stream")) return;
    event.preventDefault();
    giveUp(1000 * headers.get("Retry-After") || STREAM_AGAIN);
  });
  for (const name of ["htmx:error", "htmx:before:swap", "htmx:after:swap", "htmx:finally:request"]) {
    stream.addEventListener(name, (event) => event.stopPropagation());
  }
  stream.addEventListener("htmx:error", () => giveUp(STREAM_AGAIN));
  heardAt = performance.now();
  heardOnce = false;
  errors = 0;
  map.append(stream);
  window.htmx.process(stream);
}

function streamed(event) {
  event.stopPropagation();
  heardAt = performance.now();
  heardOnce = true;
  errors = 0;
  if (event.detail.id) cursor = event.detail.id;
  hear(event.type, event.detail.data ? JSON.parse(event.detail.data) : {});
}

function giveUp(forNow) {
  if (!stream) return;
  const given = stream;
  stream = null;
  given.remove();
  connection?.reader?.cancel();
  connection?.abortController?.abort();
  connection = null;
  window.htmx.trigger(given, "htmx:abort");
  if (!polling) poll();
  setTimeout(openStream, forNow * (0.8 + 0.4 * Math.random()));
}

setInterval(() => {
  if (document.hidden || !stream) return;
  if (performance.now() - heardAt > (heardOnce ? SILENT_FOR : FIRST_WORD)) giveUp(STREAM_AGAIN);
}, 1000);

// ---- asking instead, until a stream speaks again

let polling = false;

async function poll() {
  polling = !(stream && heardOnce);
  if (!polling) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(since(), {
        headers: { Accept: "application/json" },
        cache: "no-store",
        signal: AbortSignal.timeout(10000),
      });
      if (answer.status === 200) {
        const news = await answer.json();
        cursor = news.cursor;
        for (const { event, data } of news.events) hear(event, data);
      }
    } catch {
      // Offline, or the server is away: the next one may get through.
    }
  }
  setTimeout(poll, POLL_EVERY * (0.8 + 0.4 * Math.random()));
}

function since() {
  const url = new URL(map.dataset.live, location.href);
  url.searchParams.set("since", cursor);
  return url.pathname + url.search;
}

// ---- one's own other tabs, and coming back

function followOwn() {
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx.request.method === "POST") own.postMessage(show);
  });
  own.addEventListener("message", ({ data }) => data === show && askForOnesOwn());
  // What the page shows as one's own may be so no longer, and longer than the server remembers.
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement?.id !== "live") return;
    for (const seat of [...map.querySelectorAll("button.seat[data-availability=yours]")].slice(0, MOST_ASKED)) {
      ctx.request.body.append("seat_ids", seat.value);
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    heardAt = performance.now();
    askForOnesOwn();
  });
  window.addEventListener("pageshow", (event) => event.persisted && askForOnesOwn());
}

if (map) {
  board.setAttribute("role", "status");
  map.prepend(board);
  followOwn();
  if (window.htmx) openStream();
  else poll();
}
