"""What holds for every plan, whatever file it came in: which reader gets it, and how its seats are numbered."""

import json
import random
from math import cos, sin

import pytest

from webapp.services.plans import Plan, PlanUnusable, read_plan
from webapp.services.plans.editor.crowding import crowded
from webapp.services.seat_labels import normalize_label

HEADER = "zone,row,start,end\n"
SMALL_JSON = '{"zones":[{"name":"S","rows":[{"row_number":"A","seats":[{"seat_number":"1"}]}]}]}'


def seated(*places: tuple[str | None, str | None, str]) -> Plan:
    """Read a plan of these places (zone, row, number), each in a row object of its own."""
    zones = [
        {"name": zone, "rows": [{"row_number": row, "seats": [{"seat_number": number}]}]}
        for zone, row, number in places
    ]
    return read_plan("plan.json", json.dumps({"zones": zones}).encode())


def numbers(plan: Plan) -> list[str]:
    return [seat.seat_number for seat in plan.seats]


@pytest.mark.parametrize("filename", ["plan.json", "plan.csv", "plan", "", "../../etc/passwd\x00.csv"])
@pytest.mark.parametrize("before", ["", "\ufeff", " \n\t"])
def test_a_plan_is_known_by_its_content_not_by_its_name(filename: str, before: str) -> None:
    assert numbers(read_plan(filename, (before + SMALL_JSON).encode())) == ["A1"]


def test_a_csv_plan_may_have_any_name_but_that_of_a_json_file() -> None:
    assert numbers(read_plan("plan.txt", (HEADER + "S,A,1,1").encode())) == ["A1"]
    with pytest.raises(PlanUnusable, match="not valid JSON"):
        read_plan("plan.JSON", (HEADER + "S,A,1,1").encode())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty"),
        (b" \r\n\t", "The file is empty"),
        (b"PK\x03\x04 and so on", "a spreadsheet or zip archive. Save the plan as CSV"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x81\x8d\x8f", "no text that can be read"),
        (b"\xff\xfe\x00", "no text that can be read"),
        (b"x" * 40_000_001, "larger than 40 MB"),
    ],
)
def test_a_file_that_is_no_plan_at_all_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(PlanUnusable) as refusal:
        read_plan("plan", data)
    assert reason in refusal.value.sentence


def test_bytes_of_any_kind_are_a_plan_or_a_refusal_never_an_error() -> None:
    chance = random.Random(7)
    pieces = [
        b"zone,row,start,end\n",
        b'{"zones":[',
        b'{"rows":[{"seats":[{',
        b'"seat_number":',
        b"}]",
        b"}",
        b"]",
        b",",
    ]
    pieces += [
        b'"',
        b"\n",
        b"1",
        b"-1e9",
        b"null",
        b"true",
        b"A",
        b"\xff",
        b"\x00",
        b"\xc3\xa4",
        b"\\ud800",
        b";",
        b":",
    ]
    for _ in range(3_000):
        data = b"".join(chance.choices(pieces, k=chance.randint(1, 12)))
        try:
            plan = read_plan("plan", data)
        except PlanUnusable:
            continue
        assert plan.seats


def test_row_and_number_are_the_seat_number_where_they_tell_all_seats_apart() -> None:
    assert numbers(seated(("Left", "A", "1"), ("Right", "A", "2"), ("Left", " b ", "1"))) == ["A1", "A2", "B1"]


def test_one_pair_of_seats_that_row_and_number_do_not_tell_apart_gives_every_seat_its_section() -> None:
    plan = seated(("Left wing", "A", "1"), ("Right", "A", "1"), ("Right", "B", "1"))
    assert numbers(plan) == ["LEFTWING-A-1", "RIGHT-A-1", "RIGHT-B-1"]
    assert plan.renumbered == []
    assert plan.oddities[-1] == (
        "2 seats with row and number of another; so all 3 seats of the plan are numbered by section, row and number "
        "(A1 would be Left wing, row A, seat 1; A1 would be Right, row A, seat 1)."
    )


def test_rows_and_numbers_that_only_run_together_are_told_apart_too() -> None:
    assert numbers(seated(("S", "B1", "470"), ("S", "B14", "70"))) == ["S-B1-470", "S-B14-70"]


def test_seats_that_still_repeat_are_counted_in_the_order_of_the_file_and_each_is_reported() -> None:
    plan = seated(("S", "A", "1"), ("S", "a", "1"), ("S", "B", "1"), ("S", "\uff21", "1"))
    assert numbers(plan) == ["S-A-1", "S-A-1#2", "S-B-1", "S-A-1#3"]
    assert [seat.row for seat in plan.seats] == ["A", "a", "B", "\uff21"]
    assert [(seat.seat_number, seat.instead_of) for seat in plan.renumbered] == [
        ("S-A-1#2", "S-A-1"),
        ("S-A-1#3", "S-A-1"),
    ]
    assert plan.renumbered[0].sentence == (
        'S-A-1#2 instead of S-A-1: seat 1 in row 1 "a" of zone 2 "S" repeats seat 1 in row 1 "A" of zone 1 "S".'
    )


def test_a_number_that_the_plan_itself_uses_is_given_to_no_other_seat() -> None:
    plan = seated((None, "A", "1"), (None, "A", "1"), (None, "A", "1#2"), (None, "A", "1#3"), (None, "A", "1"))
    assert numbers(plan) == ["A1", "A1#4", "A1#2", "A1#3", "A1#5"]


def test_a_plan_without_sections_counts_repeated_seats_without_them() -> None:
    assert numbers(seated((None, "A", "1"), (None, "A", "1"))) == ["A1", "A1#2"]


def test_every_seat_number_of_a_plan_is_normalized_and_unique() -> None:
    plan = seated(
        *((zone, row, str(n)) for zone in ("Öst", "öst", None) for row in ("ß", "SS", None) for n in range(3))
    )
    assert len(set(numbers(plan))) == len(plan.seats) == 27
    assert all(normalize_label(number) == number for number in numbers(plan))


def test_a_seat_number_that_gets_too_long_is_refused_by_its_seat() -> None:
    with pytest.raises(PlanUnusable, match=r"No seat number can be made for line 2 .*it may have 64 characters"):
        read_plan("plan.csv", f"{HEADER}{'Z' * 70},A,1,1\nY,A,1,1".encode())


def test_what_many_seats_share_is_said_once_with_their_number_and_three_examples() -> None:
    plan = read_plan("plan.csv", (HEADER + "S,A,1,30\n" * 2).encode())
    assert len(plan.renumbered) == 30
    assert plan.oddities[-1] == (
        "30 seats with the seat number of an earlier one; #2, #3 … was put behind it "
        "(such as S-A-1#2; S-A-2#2; S-A-3#2)."
    )


def test_crowded_seats_are_found_wherever_the_grid_cuts_between_them() -> None:
    chance = random.Random(3)
    points, near = [], []
    for pair in range(1_000):
        x, y, angle, apart = (
            50 * pair + chance.random() * 9,
            chance.random() * 9,
            chance.random() * 7,
            chance.random() * 6,
        )
        points += [(x, y), (x + apart * cos(angle), y + apart * sin(angle))]
        near += [2 * pair, 2 * pair + 1] if apart < 3 else []
    assert 800 < len(near) < 1_200
    assert sorted(crowded(points, 3.0)) == near


def test_the_largest_plan_is_read_without_comparing_every_seat_with_every_other() -> None:
    # Nothing is timed here, but work that grows with the square of 60,000 seats would take minutes.
    plan = read_plan("plan.csv", (HEADER + "S,A,1,1\n" * 30_000 + "S,A,2,30001\n").encode())
    assert len(set(numbers(plan))) == 60_000
