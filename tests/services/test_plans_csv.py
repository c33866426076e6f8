"""Plans as CSV: runs of seats, read one way only, or refused by line."""

import re
from time import process_time

import pytest

from webapp.services.plans import Plan, PlanSeat, PlanUnusable, read_plan


def read(text: str | bytes) -> Plan:
    return read_plan("plan.csv", text.encode() if isinstance(text, str) else text)


def numbers(plan: Plan) -> list[str]:
    return [seat.seat_number for seat in plan.seats]


def neighbours(plan: Plan) -> set[tuple[str, str]]:
    """Pairs of seat numbers that the plan calls neighbours, the left one first."""
    beside = {(seat.section, seat.row, seat.neighbour_order): seat.seat_number for seat in plan.seats}
    assert len(beside) == len(plan.seats)
    return {
        (beside[section, row, order - 1], number)
        for (section, row, order), number in beside.items()
        if order is not None and (section, row, order - 1) in beside
    }


def test_a_line_of_a_csv_plan_becomes_the_seats_of_a_row() -> None:
    plan = read("zone,row,start,end\nStalls (left),A,9,11\n")
    assert plan.seats == [
        PlanSeat(
            seat_number=f"A{number}",
            section="Stalls (left)",
            row="A",
            number=str(number),
            neighbour_order=order,
            x=None,
            y=None,
            category=None,
            plan_seat_id=None,
        )
        for order, number in enumerate((9, 10, 11), start=1)
    ]
    assert (plan.name, plan.categories, plan.oddities, plan.renumbered) == (None, [], [], [])


@pytest.mark.parametrize(
    "text",
    [
        "zone,row,start,end\nÖster,A,1,2",
        "\ufeffzone,row,start,end\r\nÖster,A,1,2\r\n",
        "Zone;ROW;Start;End\nÖster;A;1;2\n",
        "zone\trow\tstart\tend\nÖster\tA\t1\t2\n",
        "end,start,zone,row\n2,1,Öster,A\n",
        '"zone","row","start","end"\n"Öster","A","1","2"\n',
        "\n\nzone , row, start, end\n\n Öster , A , 1 , 2 \n,,,\n\n",
        "sep=;\nzone;row;start;end\nÖster;A;1;2\n",
        "zone,row,start,end,\nÖster,A,1,2,,\n",
        "zone,row,start,end\rÖster,A,1,2\r",
    ],
)
def test_a_csv_plan_is_read_in_every_shape_a_spreadsheet_writes(text: str) -> None:
    plan = read(text)
    assert [(seat.section, seat.row, seat.number) for seat in plan.seats] == [("Öster", "A", "1"), ("Öster", "A", "2")]
    assert plan.oddities == []


def test_a_spreadsheet_in_utf_16_is_read() -> None:
    assert read("zone\trow\tstart\tend\nÖster\tA\t1\t1\n".encode("utf-16")).seats[0].section == "Öster"


def test_a_plan_that_is_not_in_utf_8_is_read_as_western_european_and_says_so() -> None:
    plan = read("zone,row,start,end\nÖster … vänster,A,1,1\n".encode("cp1252"))
    assert plan.seats[0].section == "Öster … vänster"
    assert plan.oddities == [
        "1 file not in UTF-8, read as Western European; look at letters with accents (Windows-1252 or Latin-1)."
    ]


def test_a_name_with_a_separator_stands_in_quotes() -> None:
    assert read('zone,row,start,end\n"Stalls, ""left""",A,1,1\n').seats[0].section == 'Stalls, "left"'


def test_html_in_a_name_is_only_text() -> None:
    assert read("zone,row,start,end\n<script>alert(1)</script>,A,1,1\n").seats[0].section == "<script>alert(1)</script>"


def test_seats_of_one_row_are_neighbours_when_their_numbers_are_consecutive() -> None:
    plan = read("zone,row,start,end\nStalls,A,1,2\nStalls,A,5,6\nStalls,A,3,3\n")
    assert numbers(plan) == ["A1", "A2", "A5", "A6", "A3"]
    assert neighbours(plan) == {("A1", "A2"), ("A2", "A3"), ("A5", "A6")}


def test_seats_of_different_zones_are_never_neighbours() -> None:
    plan = read("zone,row,start,end\nLeft,A,1,2\nRight,A,3,4\n")
    assert neighbours(plan) == {("A1", "A2"), ("A3", "A4")}


def test_a_zone_does_not_break_the_row_of_another() -> None:
    plan = read("zone,row,start,end\nLeft,A,1,2\nRight,A,2,2\nLeft,A,3,3\n")
    assert neighbours(plan) == {("LEFT-A-1", "LEFT-A-2"), ("LEFT-A-2", "LEFT-A-3")}


def test_a_seat_listed_twice_gets_a_number_of_its_own_and_is_reported() -> None:
    plan = read("zone,row,start,end\nStalls,A,1,3\n\nStalls,A,3,4\n")
    assert numbers(plan) == ["STALLS-A-1", "STALLS-A-2", "STALLS-A-3", "STALLS-A-3#2", "STALLS-A-4"]
    assert [seat.sentence for seat in plan.renumbered] == ["STALLS-A-3#2 instead of STALLS-A-3: line 4 repeats line 2."]
    assert ("STALLS-A-3", "STALLS-A-3#2") not in neighbours(plan)
    assert "1 seat with the seat number of an earlier one; #2, #3 … was put behind it (STALLS-A-3#2)." in plan.oddities


def test_other_columns_are_left_out_and_reported() -> None:
    plan = read("zone,row,start,end,price,<b>\nStalls,A,1,1,20,x\n")
    assert len(plan.seats) == 1
    assert plan.oddities == [
        '2 columns left out, since only zone, row, start, end, accessibility and step_free are read ("price"; "<b>").'
    ]


def test_runs_may_be_for_wheelchairs_and_companions_or_without_a_step() -> None:
    plan = read(
        "zone,row,start,end,accessibility,step_free\n"
        "Stalls,A,1,1,Wheelchair,\nStalls,A,2,2, companion ,no\nStalls,A,3,3,,YES\nStalls,A,4,4,,0\nStalls,A,5,5\n"
    )
    assert [(seat.number, seat.accessibility, seat.step_free) for seat in plan.seats] == [
        ("1", "wheelchair", True),
        ("2", "companion", True),
        ("3", None, True),
        ("4", None, False),
        ("5", None, False),
    ]
    assert plan.oddities == []


def test_a_line_without_a_row_is_read_and_reported() -> None:
    plan = read("zone,row,start,end\nBox,,1,2\n")
    assert [(seat.seat_number, seat.row) for seat in plan.seats] == [("1", None), ("2", None)]
    assert plan.oddities == ["1 line without a row; the seats stand directly in their zone (line 2)."]


def test_a_number_written_otherwise_is_read_and_reported() -> None:
    plan = read("zone,row,start,end\nStalls,A,01,2.0\nStalls,B,0,0\n")
    assert numbers(plan) == ["A1", "A2", "B0"]
    assert plan.oddities == [
        '2 numbers not written as a plain whole number, but read as one ("01" in line 2; "2.0" in line 2).'
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("lift,", 'accessibility is "lift", but must be wheelchair or companion, or empty.'),
        (",perhaps", 'step_free is "perhaps", but must be yes or no, or empty.'),
        (",\u202eyes", "step_free cannot be read."),
    ],
)
def test_what_a_run_is_for_is_read_one_way_only(words: str, reason: str) -> None:
    with pytest.raises(PlanUnusable, match=re.escape(reason)) as refusal:
        read(f"zone,row,start,end,accessibility,step_free\nStalls,A,1,1,,\nStalls,A,2,2,{words}\n")
    assert refusal.value.facts["line"] == 3


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        ("A,B,1,x", 2, 'Line 2: end is "x", but must be a whole number'),
        ("A,B,1,", 2, "Line 2: end is empty"),
        ("A,B,1", 2, "Line 2: end is empty"),
        ("A,B,-1,2", 2, 'Line 2: start is "-1"'),
        ("A,B,1.5,2", 2, 'Line 2: start is "1.5"'),
        ("A,B,1e3,2", 2, 'Line 2: start is "1e3"'),
        ("A,B,٣,4", 2, 'Line 2: start is "٣"'),
        ("A,B,1,2\n\nA,C,9,8", 4, "Line 4 starts at seat 9 but ends at seat 8"),
        ("A,B,1,9999999", 2, "Line 2: end is higher than 999,999"),
        ("A,B,1," + "9" * 9_999, 2, "Line 2: end is higher than 999,999"),
        ("A,B,1,100001", 2, "Line 2 makes the plan larger than 100,000 seats"),
        ("A,B,1,60000\nA,C,1,60000", 3, "Line 3 makes the plan larger than 100,000 seats"),
        (",B,1,2", 2, "Line 2 names no zone"),
        ("A,B,1,2,extra", 2, "Line 2 has 5 fields, but line 1 names only 4"),
        ('A,B,1,2\n"A,B,1,2\n', 3, "Line 3 has a quotation mark out of place"),
        ('"A" x,B,1,2', 2, "Line 2 has a quotation mark out of place"),
        ('"A\nA",B,1,2\nA,B,1,x', 4, "Line 4: end"),
        ("A\x00,B,1,2", 2, "Line 2: the zone cannot be read. The character U+0000"),
        ("A,B\u202e,1,2", 2, "Line 2: the row cannot be read. The character U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("A,B,1,\u200b2", 2, "Line 2: end cannot be read. The character U+200B"),
        ("A" * 121 + ",B,1,2", 2, "Line 2: the zone is too long: it may have 120 characters"),
        ("A," + "B" * 65 + ",1,2", 2, "Line 2: the row is too long: it may have 64 characters"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_the_reason(lines: str, line: int, reason: str) -> None:
    with pytest.raises(PlanUnusable) as refusal:
        read("zone,row,start,end\n" + lines)
    assert refusal.value.facts.get("line") == line
    assert reason in refusal.value.sentence


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("zone,row,start,end\n", "has no line with seats"),
        ("zone,row,start\nA,B,1", "Missing in line 1: end."),
        ("A,B,1,2\n", "may be a range without the names of its columns"),
        ("hello", "The file has no seats"),
        ("zone,row,row,start,end\nA,B,B,1,2", "names the column row twice"),
        ("zone,row,start,end,\u202e\nA,B,1,2,x", "U+202E"),
        ("x" + "\n" * 200_001, "too many lines"),
    ],
)
def test_a_file_that_is_no_csv_plan_is_refused(text: str, reason: str) -> None:
    with pytest.raises(PlanUnusable) as refusal:
        read(text)
    assert reason in refusal.value.sentence


@pytest.mark.parametrize("cell", ["0" * 130_000 + "x", "0" * 130_000 + ".0x", "1" * 130_000 + ",0x"])
def test_a_number_that_is_none_is_seen_at_once_however_long_it_is(cell: str) -> None:
    began = process_time()
    with pytest.raises(PlanUnusable, match="Line 2: start"):
        read(f"zone;row;start;end\nStalls;A;{cell};3\n")
    assert process_time() - began < 5
