"""What a file of the editor has that is not read, told once of each kind: nothing is passed over in silence."""

import re
from collections.abc import Mapping
from typing import Any

from webapp.services.plans.editor.json_values import kind_of
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.texts import spelled

# What the schema of the editor, or an older one, knows of each of its objects.
_KNOWN: Mapping[str, frozenset[str]] = {
    "plan": frozenset({"name", "zones", "categories", "size"}),
    "category": frozenset({"name", "color"}),
    "zone": frozenset({"name", "zone_id", "uuid", "displayed", "position", "rows", "areas"}),
    "row": frozenset(
        {"row_number", "row_label", "seat_label", "uuid", "seats", "row_number_position", "position"}
        | {"number_of_seats", "seats_spacing"}
    ),
    "seat": frozenset(
        {"seat_guid", "seat_number", "uuid", "start_direction", "radius", "position", "category"},
    ),
    "area": frozenset(
        {"color", "border_color", "rotation", "position", "uuid", "shape", "polygon", "rectangle", "ellipse", "circle"}
        | {"text", "width", "height"}
    ),
}
_COLOUR = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]{3,30}|rgba?\([0-9., %]{5,40}\)", re.IGNORECASE)
# The editor puts the seat's number where the label of a row has this.
_PLACEHOLDER = "%s"


def _shown(value: object) -> str:
    return spelled(value) if isinstance(value, str) else kind_of(value)


class Curiosities:
    """Looks at the objects of a file for what is not read."""

    def __init__(self, oddities: Oddities) -> None:
        self._oddities = oddities
        self._told: set[tuple[str, str]] = set()

    def look_at(self, thing: str, found: Mapping[str, Any]) -> None:
        """Tell of the entries of a plan, zone, row, seat, category or area that are not known."""
        for name in sorted(found.keys() - _KNOWN[thing]):
            if (thing, name) not in self._told:
                self._told.add((thing, name))
                self._oddities.note(
                    "entry",
                    "not known, passed over",
                    f"{spelled(name)} of {'the' if thing == 'plan' else 'a'} {thing}",
                )

    def look_at_label(self, row: Mapping[str, Any], where: str) -> None:
        """Tell of a label for seats that does not have the seat's number in it, once."""
        label = row.get("seat_label")
        if label and not (isinstance(label, str) and label.count("%") == label.count(_PLACEHOLDER) == 1):
            so = f"without one {_PLACEHOLDER} for the number; labels are not read"
            self._oddities.note("seat label", so, f"{_shown(label)} of {where}")

    def look_at_colours(self, found: Mapping[str, Any], where: str) -> None:
        """Tell of colours that are none; none of them is read."""
        for name in ("color", "border_color"):
            colour = found.get(name)
            if colour and not (isinstance(colour, str) and _COLOUR.fullmatch(colour.strip())):
                self._oddities.note(
                    "colour", "that cannot be one; colours are not read", f"{_shown(colour)} of {where}"
                )
