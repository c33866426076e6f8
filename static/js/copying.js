// A button that copies what is in a field. Without scripts it is not there, and the field is copied by hand.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied.";
    } catch {
      // Only pages that came over HTTPS may write there; what is selected can still be copied by its keys.
      said.textContent = "Press Ctrl+C or ⌘C to copy it.";
    }
  });
}
