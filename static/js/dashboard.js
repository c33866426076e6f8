// Lets the house on an open dashboard be asked for again when something changed: soon after, and not for every seat anew.
const WAIT = 1500; // milliseconds

let waiting = null;

document.addEventListener("show-changed", () => {
  waiting ??= setTimeout(() => {
    waiting = null;
    document.dispatchEvent(new CustomEvent("house-outdated"));
  }, WAIT);
});
