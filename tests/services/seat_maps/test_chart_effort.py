"""What a chart costs grows with its seats, and not with their square, whatever the plan."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from tests.services.seat_maps.halls import a_plan, a_seat, points_of
from webapp.services.seat_maps.chart import Point
from webapp.services.seat_maps.drawing import draw
from webapp.services.seat_maps.drawing.dividing.division import _slugs
from webapp.services.seat_maps.drawing.dividing.outlines import outlines_of
from webapp.services.seat_maps.drawing.dividing.rims import simplified
from webapp.services.seat_maps.drawing.grouping import sections_of
from webapp.services.seat_maps.drawing.imagining.tiers import tiers_of
from webapp.services.seat_maps.drawing.surveying.surveyed import survey
from webapp.services.seat_maps.planned import PlannedSeat

# Twice as much may cost a little more than twice the steps; four times is what it costs where all meet all.
TWICE = 2.6


def steps(work: Callable[[], object]) -> int:
    """How many steps the interpreter takes, which are the same on every machine."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += 1
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def names_alike(count: int) -> object:
    return _slugs("A" + format(number, "b").replace("0", "!").replace("1", "?") for number in range(count))


def a_comb(count: int) -> object:
    """A rim whose every tooth is a little longer than the last one."""
    ring: list[Point] = [(4.0 * tooth + side, side % 2 * (5 + tooth)) for tooth in range(count) for side in (0, 1, 2)]
    return simplified([*ring, (4.0 * count, -50.0), (0.0, -50.0)], 0.9)


def row_with_gaps(count: int) -> list[PlannedSeat]:
    """A row in which two of three seats have coordinates."""
    return [a_seat("S", "A", seat, *((25.0 * seat, 0.0) if seat % 3 else ())) for seat in range(count)]


def a_row_with_gaps(count: int) -> object:
    seats = row_with_gaps(count)
    return survey(seats, sections_of(seats))


def pairs_behind_one_another(count: int) -> object:
    seats = [a_seat(f"{side} q{pair}x", str(pair), pair) for pair in range(count) for side in ("left", "right")]
    return tiers_of(seats, sections_of(seats))


@pytest.mark.parametrize("work", [names_alike, a_comb, a_row_with_gaps, pairs_behind_one_another])
def test_twice_as_much_takes_about_twice_as_long(work: Callable[[int], object]) -> None:
    work(10)  # whatever is done once
    assert steps(lambda: work(400)) < TWICE * steps(lambda: work(200))


def test_names_alike_but_for_signs_get_addresses_of_their_own() -> None:
    assert _slugs(["A!", "A?", "A-3", "A!!", "A 3"]) == ["a", "a-2", "a-3", "a-4", "a-3-2"]


def test_a_part_scattered_all_over_a_hall_is_outlined_as_by_a_string() -> None:
    scattered = [(0.0, 90.0 * seat) for seat in range(20)]
    [outline, other] = outlines_of([scattered, [(900.0, 900.0)]])
    assert max(abs(x) for x, _ in outline) == 0.5
    assert (min(y for _, y in outline), max(y for _, y in outline)) == (-0.5, 1710.5)
    assert {(x, y) for x, y in other} == {(899.5, 899.5), (900.5, 899.5), (900.5, 900.5), (899.5, 900.5)}


def test_seats_of_two_in_three_known_places_stand_in_one_row() -> None:
    [part] = draw(a_plan(row_with_gaps(30))).parts.values()
    assert sorted(round(x) for x, _ in points_of(part)) == [round(points_of(part)[0][0]) + step for step in range(30)]
