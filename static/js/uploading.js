// A large file shows how much of it has arrived while it is sent. Without this the browser sends the form by itself.
const LARGE = 200_000;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-uploads]");
  const file = form?.querySelector('input[type="file"]').files[0];
  if (file && file.size >= LARGE) {
    event.preventDefault();
    send(form);
  }
});

function send(form) {
  const box = form.querySelector(".uploading");
  const progress = box.querySelector("progress");
  const said = box.querySelector("[data-said]");
  const button = form.querySelector("button.primary");
  const request = new XMLHttpRequest();
  box.hidden = false;
  button.disabled = true;
  said.textContent = "The file is being sent.";
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    progress.value = (100 * loaded) / total;
  });
  request.upload.addEventListener("load", () => {
    progress.removeAttribute("value");
    said.textContent = "The file has arrived, and is being read.";
  });
  request.addEventListener("load", () => {
    if (request.status < 300) {
      location.assign(request.responseURL);
    } else {
      tell(request.responseText);
    }
  });
  request.addEventListener("error", () => {
    button.disabled = false;
    progress.value = 0;
    said.textContent = "The file could not be sent. Look whether you are online, and try again.";
  });
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.send(new FormData(form));
}

// What is refused is told on the page that comes back: the same one, with a sentence on it.
function tell(html) {
  const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  document.querySelector("main").replaceWith(main);
  main.focus();
}
