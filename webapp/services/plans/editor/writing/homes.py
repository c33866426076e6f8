"""In which row object of a file each seat of a plan has its home, now that seats, rows and zones were changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import dist, inf

from webapp.services.plans.editor.writing.source import Source, SourceRow, SourceZone
from webapp.services.plans.plan import PlanSeat, Point

RowName = tuple[str | None, str | None]


@dataclass(slots=True)
class Home:
    """A row object of the file, the section and row that it is now, and its seats of the plan, by their indices."""

    row: SourceRow
    name: RowName
    seats: list[int]


@dataclass(frozen=True, slots=True)
class Homes:
    """The homes in the order of the file, for each of its zones, with what the zone is named now, and the new rows."""

    zones: list[tuple[SourceZone, str | None, list[Home]]]
    new_rows: dict[RowName, list[int]]


def house(
    source: Source,
    before: Sequence[PlanSeat],
    seats: Sequence[PlanSeat],
    traced: Sequence[int | None],
    points: Sequence[Point],
) -> Homes:
    """Give each seat a home: its own where that has its name, else the nearest of its name, else a new row."""
    now = {was: index for index, was in enumerate(traced) if was is not None}
    zones = []
    for zone in source.zones:
        section = _only({seats[now[was]].section for row in zone.rows for was in row.seats if was in now}, zone.section)
        zones.append((zone, section, [_home(row, section, before, seats, now) for row in zone.rows]))
    homes = [home for _, _, rows in zones for home in rows]
    at_home = {index for home in homes for index in home.seats}
    named: dict[RowName, list[Home]] = defaultdict(list)
    for home in homes:
        named[home.name].append(home)
    arriving: dict[int, Home] = {}
    new_rows: dict[RowName, list[int]] = defaultdict(list)
    for index, seat in enumerate(seats):
        if index in at_home:
            continue
        name = (seat.section, seat.row)
        if name in named:
            arriving[index] = _nearest(named[name], points[index], points)
        else:
            new_rows[name].append(index)
    for index, home in arriving.items():
        home.seats.append(index)
    return Homes(zones, new_rows)


def _home(
    row: SourceRow,
    section: str | None,
    before: Sequence[PlanSeat],
    seats: Sequence[PlanSeat],
    now: Mapping[int, int],
) -> Home:
    """The row, by the name that all its seats of this section have now, with those that have it."""
    found = [now[was] for was in row.seats if was in now and seats[now[was]].section == section]
    name = _only({seats[index].row for index in found}, before[row.seats[0]].row if row.seats else None)
    return Home(row, (section, name), [index for index in found if seats[index].row == name])


def _only(names: set[str | None], otherwise: str | None) -> str | None:
    return next(iter(names)) if len(names) == 1 else otherwise


def _nearest(homes: Sequence[Home], point: Point, points: Sequence[Point]) -> Home:
    """The home of which a seat is nearest to the point; of homes without seats, the last."""
    return min(reversed(homes), key=lambda home: min((dist(point, points[index]) for index in home.seats), default=inf))
