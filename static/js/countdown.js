// Every <time data-deadline data-now> counts down by the server's clock: `data-now` is that clock when the page, or the
// part of it, was made. Two minutes before the end that is shown and said, with the way to have more time where there is
// one. At the end `hold-expired` is sent once to the document; the page renews itself, and we say why.
(() => {
  const LATE = 5; // seconds
  const skews = new Map(); // by the server's reading: the same reading seen again, later, is not a new one
  const warned = new Set();
  const ended = new Set();
  let shown = new Map(); // the deadlines that the page has now, each with the server's reading it came with
  let overdue = false; // the renewal under way is because time is up, not because another tab acted

  const left = ({ deadline, now }) => {
    if (!skews.has(now)) skews.set(now, Date.parse(now) - Date.now());
    return Math.ceil((Date.parse(deadline) - Date.now() - skews.get(now)) / 1000);
  };

  const words = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const voice = () => document.getElementById("clock-notice") ?? {};

  const tick = () => {
    shown = new Map();
    let urgent = false;
    for (const time of document.querySelectorAll("time[data-deadline]")) {
      const { deadline, now } = time.dataset;
      shown.set(deadline, { deadline, now });
      const seconds = left(time.dataset);
      const text = seconds > 0 ? `${words(seconds)} left` : "expired";
      if (time.textContent !== text) time.textContent = text;
      time.toggleAttribute("data-urgent", seconds <= 120);
      urgent ||= seconds <= 120;
      if (seconds <= 120 && seconds > 0 && !warned.has(deadline)) {
        warned.add(deadline);
        const more = document.getElementById("extend") ? " The button “5 more minutes” gives you more time." : "";
        voice().textContent = `${words(seconds)} left to confirm what you hold.${more}`;
      }
      // A second later, so that the server's clock is surely past it too.
      if (seconds < 0 && !ended.has(deadline)) {
        ended.add(deadline);
        overdue = true;
        document.dispatchEvent(new CustomEvent("hold-expired"));
      }
    }
    if (!urgent) voice().textContent = "";
  };

  // Why the seats went; with the button that takes them again, where the page has one further away.
  const sayEnded = () => {
    const told = document.getElementById("hold-ended").content.cloneNode(true);
    const again = document.getElementById("take-again");
    if (again) {
      const nearer = again.cloneNode(true);
      nearer.id = "take-again-now";
      nearer.setAttribute("form", again.form.id);
      told.append(nearer);
    }
    document.getElementById("refusal")?.replaceChildren(told);
  };

  tick();
  setInterval(tick, 1000);
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    const before = shown;
    tick();
    if (ctx.sourceElement?.id !== "live") return;
    // The news of its end may come before our own clock says so, which is late by as long as the page was on its way.
    for (const one of before.values()) {
      if (shown.has(one.deadline) || ended.has(one.deadline) || left(one) > LATE) continue;
      ended.add(one.deadline);
      overdue = true;
    }
    if (overdue) sayEnded();
    overdue = false;
  });
  // An answer without the part that was to be renewed: signed out meanwhile (then go where that leads), or an error.
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    if (ctx.sourceElement?.id !== "live" || tasks[0]?.fragment.childElementCount) return;
    event.preventDefault();
    if (ctx.response.status < 400) location.reload();
  });
  // A page that comes out of the browser's memory shows yesterday's seats.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
