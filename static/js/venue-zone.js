// A venue of one's own knows its time zone: choosing it fills in the field.
const venue = document.getElementById("venue");
const zone = document.getElementById("timezone");
venue.addEventListener("change", () => {
  const chosen = [...venue.list.options].find((option) => option.value === venue.value);
  if (chosen) zone.value = chosen.dataset.timezone;
});
