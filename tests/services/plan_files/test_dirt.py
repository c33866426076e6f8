"""Whatever is in a file: it is a plan that can be relied on, or one sentence; what was odd in it is told."""

from math import isfinite
from random import Random

import pytest

from tests.services.plan_files.dirty import ANYTHING, as_bytes, broken, broken_text, hall, seat
from webapp.services.plans import Plan, PlanUnusable, read_plan
from webapp.services.plans.documents import plan_from_json, plan_to_json
from webapp.services.seat_labels import normalize_label

GRID = b"Stage,,,\nStalls {Near}\nA,1,2,,3 [w]\nB,1,2.0,-,4\nBalcony\nAA,1,2,AA\n"
RANGES = b"zone,row,start,end,accessibility\nStalls,A,1,20,\nStalls,A,22,25,wheelchair\n\nBox,,1,2,\n"


def assert_reliable(plan: Plan) -> None:
    """What everybody who gets a plan relies on."""
    assert plan.seats
    assert len({found.seat_number for found in plan.seats}) == len(plan.seats)
    assert all(normalize_label(found.seat_number) == found.seat_number for found in plan.seats)
    ordered = [(s.section, s.row, s.neighbour_order) for s in plan.seats if s.neighbour_order is not None]
    assert len(set(ordered)) == len(ordered)
    assert all(isfinite(place) for s in plan.seats for place in (s.x, s.y) if place is not None)
    assert all((s.x is None) == (s.y is None) for s in plan.seats)
    assert all(isfinite(place) for area in plan.areas for point in area.points for place in point)
    ids = [s.plan_seat_id for s in plan.seats if s.plan_seat_id is not None]
    assert len(set(ids)) == len(ids)
    listed = [category.name for category in plan.categories]
    assert len(set(listed)) == len(listed)
    assert {s.category for s in plan.seats} - {None} <= set(listed)
    sentences = [*plan.oddities, *(seat.sentence for seat in plan.renumbered)]
    assert all(sentence.isprintable() and len(sentence) < 1_000 for sentence in sentences), sentences
    assert plan_from_json(plan_to_json(plan)) == plan


def outcome(data: bytes) -> Plan | PlanUnusable:
    try:
        return read_plan("plan", data)
    except PlanUnusable as refusal:
        return refusal


def assert_good_for_something(found: Plan | PlanUnusable) -> None:
    if isinstance(found, Plan):
        assert_reliable(found)
    else:
        assert found.sentence.endswith(".")
        assert found.sentence.isprintable()
        assert len(found.sentence) < 1_000


def test_all_that_is_odd_in_a_file_is_told_and_nothing_else() -> None:
    plan = read_plan("hall.json", as_bytes(hall()))
    assert_reliable(plan)
    assert [sentence.split(" (")[0] for sentence in plan.oddities] == [
        "3 entries not known, passed over",
        "2 texts that cannot be used, left out",
        "1 colour that cannot be one; colours are not read",
        "1 category listed again; the first of that name was kept",
        "1 seat label without one %s for the number; labels are not read",
        "1 number with decimals, read as the shortest text",
        "2 seats with the seat_guid of an earlier one; the uuid was kept instead",
        "1 row without seats, left out",
        "1 text with %s in it, as if something was to be put there; kept as written",
        "1 seat read as a place for a wheelchair, by the name of its category",
        "1 row without a row_number; the seats stand directly in their zone",
        "1 seat without a position; the row keeps the order of the file",
        "1 category that seats have but the plan does not list; added",
        "2 seats without an id of its own in the plan; none was kept",
        "1 row in several pieces; seats of different pieces do not count as neighbours",
        "2 seats almost on top of another",
        "2 areas that cannot be drawn, left out",
        "4 seats with row and number of another; so all 9 seats of the plan are numbered by section, row and number",
        "2 seats with the seat number of an earlier one; #2, #3 … was put behind it",
    ]
    assert [renumbered.seat_number for renumbered in plan.renumbered] == ["STALLS-A-5#2", "STALLS-9#2"]


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_plan_of_the_editor_is_a_plan_or_a_sentence(seed: int) -> None:
    chance = Random(seed)
    for _ in range(20):
        assert_good_for_something(outcome(as_bytes(broken(hall(), chance))))


@pytest.mark.parametrize("data", [as_bytes(hall()), GRID, RANGES], ids=["editor", "grid", "ranges"])
def test_a_file_broken_byte_by_byte_is_a_plan_or_a_sentence(data: bytes) -> None:
    chance = Random(11)
    found = [outcome(broken_text(data, chance)) for _ in range(600)]
    for one in found:
        assert_good_for_something(one)
    assert sum(isinstance(one, Plan) for one in found) > 20


@pytest.mark.parametrize("name", [*seat("1", "g", 0), "uuid", "radius", "unknown"])
def test_anything_may_stand_in_a_seat(name: str) -> None:
    for anything in ANYTHING:
        plan = hall()
        plan["zones"][0]["rows"][0]["seats"][1][name] = anything
        assert_good_for_something(outcome(as_bytes(plan)))
