// Marking rows of a list: all of a page at once, and how many are marked is said on the buttons.
const form = document.querySelector(".found");
const all = form?.querySelector(".mark-all");
const rows = [...(form?.querySelectorAll("input[name=reservation_ids]") ?? [])];

function tell() {
  const marked = rows.filter((row) => row.checked).length;
  all.checked = marked === rows.length;
  all.indeterminate = marked > 0 && !all.checked;
  for (const count of form.querySelectorAll("[data-marked]")) count.textContent = marked || "the marked";
}

if (all) {
  all.closest("label").hidden = false;
  form.addEventListener("change", ({ target }) => {
    if (target === all) for (const row of rows) row.checked = all.checked;
    tell();
  });
  addEventListener("pageshow", tell); // also when the browser comes back with rows marked
  tell();
}
