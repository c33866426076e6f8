"""Plans written as lists of ranges: the same when read again, or refused with the seat because of which."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.services.plan_files.dirty import as_bytes, seat
from webapp.services.plans import Plan, PlanSeat, read_plan
from webapp.services.plans.writing import write_csv_ranges
from webapp.services.plans.written import PlanUnwritable

HEADER = "zone,row,start,end,accessibility,step_free\r\n"


def read(text: str) -> Plan:
    return read_plan("plan.csv", text.encode())


def as_said(found: PlanSeat) -> tuple[Any, ...]:
    """A seat but for its order, of which only neighbours count."""
    return (found.seat_number, found.section, found.row, found.number, found.accessibility, found.step_free)


def pairs(plan: Plan) -> set[tuple[str, str]]:
    """The seats that are side by side, the lower number first."""
    places = {(s.section, s.row, s.neighbour_order): s.seat_number for s in plan.seats if s.neighbour_order is not None}
    return {
        (number, places[section, row, order + 1])
        for (section, row, order), number in places.items()
        if (section, row, order + 1) in places
    }


def test_seats_whose_numbers_follow_one_another_are_one_line() -> None:
    plan = read('zone,row,start,end\n"Stalls, left",A,1,2\nBox,,7,7\n"Stalls, left",A,5,5\n"Stalls, left",A,3,4\n')
    assert write_csv_ranges(plan).text == HEADER + '"Stalls, left",A,1,5,,no\r\nBox,,7,7,,no\r\n'


def test_for_whom_seats_are_parts_a_line() -> None:
    plan = read("zone,row,start,end,accessibility,step_free\nS,A,1,2,,\nS,A,3,3,wheelchair,\nS,A,4,5,,yes\n")
    assert write_csv_ranges(plan).text == HEADER + "S,A,1,2,,no\r\nS,A,3,3,wheelchair,yes\r\nS,A,4,5,,yes\r\n"


@pytest.mark.parametrize("seed", range(40))
def test_a_list_of_ranges_says_the_same_when_it_is_read_written_and_read_again(seed: int) -> None:
    chance = Random(seed)
    lines = []
    for _ in range(chance.randint(1, 30)):
        start = chance.randint(0, 30)
        kind = chance.choice(["", "", "wheelchair", "companion"])
        zone, row = chance.choice(["S", "Ö", '"', "a;b"]), chance.choice(["A", "b", "", "12"])
        quoted = f'"{zone.replace(chr(34), chr(34) * 2)}"'
        lines.append(f"{quoted},{row},{start},{start + chance.randint(0, 9)},{kind},{chance.choice(['', 'yes'])}\n")
    plan = read("zone,row,start,end,accessibility,step_free\n" + "".join(lines))
    try:
        written = write_csv_ranges(plan)
    except PlanUnwritable:
        # Of two seats with one number the second may be numbered or have its neighbours otherwise.
        assert plan.renumbered
        return
    again = read(written.text)
    assert sorted(map(as_said, again.seats), key=str) == sorted(map(as_said, plan.seats), key=str)
    assert pairs(again) == pairs(plan)
    assert written.left_out == []


def editor(*seats: dict[str, Any], zone: str | None = "S", row: str | None = "A") -> Plan:
    rows = [{"row_number": row, "seats": list(seats)}]
    return read_plan("plan.json", as_bytes({"zones": [{"name": zone, "rows": rows}]}))


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (editor(seat("1", "a", 0), zone=None), "Seat A1 stands in no section"),
        (editor(seat("1b", "a", 0)), 'Seat A1B has the number "1b"'),
        (editor(seat("01", "a", 0)), 'Seat A01 has the number "01"'),
        (editor(seat("1000000", "a", 0)), 'has the number "1000000"'),
        (editor(seat("", "a", 0)), "Seat A has no number"),
        (editor(seat("1", "a", 0), seat("3", "b", 25)), "A1 and A3 are side by side, but their numbers do not follow"),
        (
            editor(seat("1", "a", 0), seat("2", "b", 25), seat("3", "c", 90), seat("4", "d", 115)),
            "A2 and A3 are not side",
        ),
        (editor(seat("1", "a", 0), zone="=HYPERLINK(1)"), '"=HYPERLINK(1)" begins as a formula does'),
        (editor(seat("1", "a", 0), row=" +A1"), '"+A1" begins as a formula does'),
        (editor(seat("1", "a", 0, category="X [wheelchair, not step-free]")), "behind a step"),
        (Plan(name=None, seats=[]), "The plan has no seats"),
    ],
)
def test_what_a_list_of_ranges_cannot_say_is_refused_by_its_seat(plan: Plan, reason: str) -> None:
    with pytest.raises(PlanUnwritable) as refusal:
        write_csv_ranges(plan)
    assert reason in refusal.value.sentence
    assert not plan.seats or refusal.value.facts["seat"] in {found.seat_number for found in plan.seats}


def test_a_seat_number_that_section_row_and_number_do_not_make_is_refused() -> None:
    plan = editor(seat("1", "a", 0))
    with pytest.raises(PlanUnwritable, match="Seat VIP would be read from a list of ranges as A1"):
        write_csv_ranges(replace(plan, seats=[replace(plan.seats[0], seat_number="VIP")]))


def test_a_row_below_ground_is_no_formula() -> None:
    assert write_csv_ranges(editor(seat("1", "a", 0), row="-1")).text == HEADER + "S,-1,1,1,,no\r\n"


def test_what_is_lost_is_told() -> None:
    plan = editor(seat("2", "a", 25), seat("1", "b", 0), seat("3", "c", 50))
    assert [sentence.split(" (")[0] for sentence in write_csv_ranges(plan).left_out] == [
        "3 seats read from the file with another category",
        "3 seats read from the file with another id, or none",
        "3 seats whose place is not in the file",
    ]
