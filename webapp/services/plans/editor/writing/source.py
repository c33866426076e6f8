"""The file of the editor that a plan came from, taken apart: its zones, its rows, and the objects of its seats."""

from collections.abc import Iterator
from dataclasses import dataclass

from webapp.services.plans.editor.json_values import position_of, text_if_any
from webapp.services.plans.editor.writing.parts import Part, find_parts
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.plan import Point
from webapp.services.plans.texts import LONGEST_SECTION

_SHAPE = {"name": None, "categories": [{"name": None}], "zones": [{"name": None, "rows": [{"seats": [None]}]}]}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row object: its part of the file, where it stands, and which of the seats read from the file are in it."""

    part: Part
    at: Point
    seats: range


@dataclass(frozen=True, slots=True)
class SourceZone:
    """A zone object: its part of the file, its name, where it stands, and its rows."""

    part: Part
    section: str | None
    at: Point
    rows: list[SourceRow]


@dataclass(frozen=True, slots=True)
class Source:
    """The file: its text, all of it as a part, its zones, and the part and the row's place of each seat."""

    text: str
    part: Part
    zones: list[SourceZone]
    seats: list[tuple[Part, Point]]


def take_apart(text: str) -> Source:
    """Take apart a file that has been read."""
    source = Source(text, find_parts(text, _SHAPE), [], [])
    for zone in source.part.entries["zones"].items:
        section, at = _section(text, zone), _place(text, zone)
        source.zones.append(SourceZone(zone, section, at, list(_rows(source, zone, at))))
    return source


def _rows(source: Source, zone: Part, at: Point) -> Iterator[SourceRow]:
    for row in items_of(zone, "rows"):
        x, y = _place(source.text, row)
        place = (at[0] + x, at[1] + y)
        first = len(source.seats)
        source.seats.extend((seat, place) for seat in items_of(row, "seats"))
        yield SourceRow(row, place, range(first, len(source.seats)))


def items_of(part: Part, name: str) -> list[Part]:
    """The items of the list that stands in an object under this name, if there is one."""
    return part.entries[name].items if name in part.entries else []


def _place(text: str, part: Part) -> Point:
    position = part.entries.get("position")
    return (position_of(position.value(text), "") if position else None) or (0.0, 0.0)


def _section(text: str, part: Part) -> str | None:
    name = part.entries.get("name")
    return text_if_any(name.value(text), LONGEST_SECTION, "name", "the zone", Oddities()) if name else None
