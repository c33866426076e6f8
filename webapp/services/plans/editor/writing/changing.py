"""A plan written into the file it came from: what was changed since is changed in it, and nothing else.

Seats are changed in their own objects. A row or zone all of whose seats were given another name gets it; a seat that
went to another row takes its object along. What seats need is added: rows, zones, categories.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.services.plans.editor.writing.homes import Home, RowName, house
from webapp.services.plans.editor.writing.laying import lay_out
from webapp.services.plans.editor.writing.parts import Part, with_entries, with_items
from webapp.services.plans.editor.writing.seat_objects import changed_seat, new_seat, says_otherwise
from webapp.services.plans.editor.writing.source import Source, SourceZone, items_of, take_apart
from webapp.services.plans.editor.writing.values import Guids, as_json, category_of, colour, uuid_for
from webapp.services.plans.plan import Plan, Point
from webapp.services.plans.tracing import trace


def changed_document(text: str, before: Plan, plan: Plan) -> tuple[str, list[int]]:
    """The file, whose text was read as `before`, with the plan as it is now; and its seats in the order of the file."""
    return _Changes(take_apart(text), before, plan, trace(plan.seats, before.seats)).written()


@dataclass(frozen=True)
class _Changes:
    source: Source
    before: Plan
    plan: Plan
    traced: Sequence[int | None]

    def written(self) -> tuple[str, list[int]]:
        """The whole file, and which seats of the plan stand in it, in its order."""
        text, whole = self.source.text, self.source.part
        points = lay_out(self.plan.seats)
        homes = house(self.source, self.before.seats, self.plan.seats, self.traced, points)
        texts = _SeatTexts(self, points)
        new_rows = dict(homes.new_rows)
        # A new row goes to the last zone of its section.
        added: dict[int, dict[RowName, list[int]]] = {}
        for rank, (_, section, _) in reversed(list(enumerate(homes.zones))):
            added[rank] = {name: new_rows.pop(name) for name in list(new_rows) if name[0] == section}
        zones = [
            self._zone(zone, section, rows, added[rank], texts)
            for rank, (zone, section, rows) in enumerate(homes.zones)
        ]
        for section in dict.fromkeys(name[0] for name in new_rows):
            rows = [_new_row(name, seats, (0.0, 0.0), texts) for name, seats in new_rows.items() if name[0] == section]
            zones.append(_new_zone(section, rows))
        changes = {"zones": with_items(text, whole.entries["zones"], zones)} | self._categories()
        if self.plan.name != self.before.name:
            changes["name"] = as_json(self.plan.name or "")
        return text[: whole.start] + with_entries(text, whole, changes) + text[whole.end :], texts.order

    def _zone(
        self,
        zone: SourceZone,
        section: str | None,
        homes: Sequence[Home],
        added: Mapping[RowName, Sequence[int]],
        texts: "_SeatTexts",
    ) -> str:
        rows = [self._row(home, texts) for home in homes]
        rows += [_new_row(name, seats, zone.at, texts) for name, seats in added.items()]
        changes = self._list(zone.part, "rows", rows)
        if section != zone.section:
            changes["name"] = as_json(section or "")
        return with_entries(self.source.text, zone.part, changes)

    def _row(self, home: Home, texts: "_SeatTexts") -> str:
        changes = self._list(home.row.part, "seats", [texts.of(index, home.row.at) for index in home.seats])
        if home.row.seats and home.name[1] != self.before.seats[home.row.seats[0]].row:
            changes["row_number"] = as_json(home.name[1] or "")
        return with_entries(self.source.text, home.row.part, changes)

    def _list(self, part: Part, name: str, items: Sequence[str]) -> dict[str, str]:
        """The list of that name in an object, when anything of it is new."""
        if [item.of(self.source.text) for item in items_of(part, name)] == list(items):
            return {}
        return {name: with_items(self.source.text, part.entries.get(name, Part(0, 0)), items)}

    def _categories(self) -> dict[str, str]:
        """The list of categories with those that seats were given and that it does not have."""
        text, listed = self.source.text, items_of(self.source.part, "categories")
        names = {item.entries["name"].value(text) for item in listed if "name" in item.entries}
        given = {
            category_of(seat): None
            for seat, was in zip(self.plan.seats, self.traced, strict=True)
            if was is None or says_otherwise(self.before.seats[was], seat)
        }
        new = [
            as_json({"name": name, "color": colour(len(listed) + rank)})
            for rank, name in enumerate(name for name in given if name not in names)
        ]
        return self._list(self.source.part, "categories", [item.of(text) for item in listed] + new)


class _SeatTexts:
    """The objects of the seats of a plan, as they are written into the file, one after the other."""

    def __init__(self, changes: _Changes, points: Sequence[Point]) -> None:
        self._changes = changes
        self._points = points
        self.order: list[int] = []
        self._guids = Guids(
            taken={seat.plan_seat_id for seat in changes.before.seats if seat.plan_seat_id}, reserved=set()
        )

    def of(self, index: int, at: Point) -> str:
        """The object of the next seat, in a row that stands there."""
        self.order.append(index)
        seat, was = self._changes.plan.seats[index], self._changes.traced[index]
        if was is None:
            return new_seat(seat, self._guids.of(seat), self._points[index], at)
        part, was_at = self._changes.source.seats[was]
        return changed_seat(
            part.of(self._changes.source.text), self._changes.before.seats[was], seat, was_at=was_at, at=at
        )


def _new_row(name: RowName, seats: Sequence[int], at: Point, texts: _SeatTexts) -> str:
    objects = ", ".join(texts.of(index, at) for index in seats)
    made = as_json({"row_number": name[1] or "", "position": {"x": 0, "y": 0}, "uuid": uuid_for("row", *name)})
    return f'{made[:-1]}, "seats": [{objects}]}}'


def _new_zone(section: str | None, rows: Sequence[str]) -> str:
    made = as_json({"name": section or "", "position": {"x": 0, "y": 0}, "uuid": uuid_for("zone", section)})
    return f'{made[:-1]}, "rows": [{", ".join(rows)}]}}'
