// Every <time data-deadline data-now> counts down by the server's clock: `data-now` is that clock when the page, or the
// part of it, was made. At the end `hold-expired` is sent once to the document; the page renews itself, and we say why.
(() => {
  const skews = new Map(); // by the server's reading: the same reading seen again, later, is not a new one
  const warned = new Set();
  const ended = new Set();

  const left = ({ deadline, now }) => {
    if (!skews.has(now)) skews.set(now, Date.parse(now) - Date.now());
    return Math.ceil((Date.parse(deadline) - Date.now() - skews.get(now)) / 1000);
  };

  const words = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  const tick = () => {
    for (const time of document.querySelectorAll("time[data-deadline]")) {
      const { deadline } = time.dataset;
      const seconds = left(time.dataset);
      const text = seconds > 0 ? `${words(seconds)} left` : "expired";
      if (time.textContent !== text) time.textContent = text;
      time.toggleAttribute("data-urgent", seconds <= 120);
      if (seconds <= 120 && seconds > 0 && !warned.has(deadline)) {
        warned.add(deadline);
        const voice = document.getElementById("clock-notice");
        if (voice) voice.textContent = `${words(seconds)} left to confirm what you hold.`;
      }
      // A second later, so that the server's clock is surely past it too.
      if (seconds < 0 && !ended.has(deadline)) {
        ended.add(deadline);
        document.dispatchEvent(new CustomEvent("hold-expired"));
      }
    }
  };

  tick();
  setInterval(tick, 1000);
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    tick();
    if (ctx.sourceElement?.id !== "live") return;
    document.getElementById("refusal")?.replaceChildren(document.getElementById("hold-ended").content.cloneNode(true));
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
