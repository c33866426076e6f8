"""Plans as grids, a cell a seat: drawn as they lie in the sheet, read one way only, or refused by line."""

import pytest

from webapp.services.plans import Plan, PlanCategory, PlanUnusable, read_plan

HOW = "1 file read as a grid, with a cell for each seat (the first column names the rows)."

HALL = """Stage,,,,,,
,,,,,,
Stalls {First},,,,,,
A,1,2,,3,4,
B,1,2,,3,4 [w],5 [companion]

Balcony [step-free],,,,,,
AA,1,2 {Box},3 {Box} [c],,,
BB [not step-free],1,2,,,,
"""


def read(text: str) -> Plan:
    return read_plan("plan.csv", text.encode())


def seats(plan: Plan) -> list[tuple[str | None, str | None, str | None]]:
    return [(seat.section, seat.row, seat.number) for seat in plan.seats]


def neighbours(plan: Plan) -> set[tuple[str, str]]:
    """Pairs of seat numbers that the plan calls neighbours, the left one first."""
    beside = {(seat.section, seat.row, seat.neighbour_order): seat.seat_number for seat in plan.seats}
    assert len(beside) == len(plan.seats)
    return {
        (number, beside[section, row, order + 1])
        for (section, row, order), number in beside.items()
        if order is not None and (section, row, order + 1) in beside
    }


def refused(text: str) -> PlanUnusable:
    with pytest.raises(PlanUnusable) as refusal:
        read(text)
    return refusal.value


def test_every_cell_is_a_seat_that_stands_where_it_lies() -> None:
    plan = read(HALL)
    places = {seat.seat_number: (seat.x, seat.y) for seat in plan.seats}
    assert places["A1"] == (25, 90)
    assert places["A3"] == (100, 90)
    assert places["B1"] == (25, 120)
    assert places["AA1"] == (25, 210)
    assert len(places) == 14
    assert plan.oddities == [HOW]


def test_a_line_with_one_text_begins_a_section() -> None:
    assert {(seat.section, seat.row) for seat in read(HALL).seats} == {
        ("Stalls", "A"),
        ("Stalls", "B"),
        ("Balcony", "AA"),
        ("Balcony", "BB"),
    }


def test_seats_are_neighbours_when_their_cells_lie_side_by_side() -> None:
    assert neighbours(read("A,1,2,,3,4\nB,4,3,2,,1\n")) == {
        ("A1", "A2"),
        ("A3", "A4"),
        ("B4", "B3"),
        ("B3", "B2"),
    }


def test_what_a_seat_says_counts_before_its_row_and_that_before_its_section() -> None:
    assert {seat.seat_number: (seat.category, seat.accessibility, seat.step_free) for seat in read(HALL).seats[7:]} == {
        "B4": ("First", "wheelchair", True),
        "B5": ("First", "companion", True),
        "AA1": (None, None, True),
        "AA2": ("Box", None, True),
        "AA3": ("Box", "companion", True),
        "BB1": (None, None, False),
        "BB2": (None, None, False),
    }
    assert read(HALL).categories == [PlanCategory(name="First"), PlanCategory(name="Box")]


def test_the_stage_is_drawn_in_the_line_that_names_it_as_broad_as_the_seats() -> None:
    [stage] = read(HALL).areas
    assert (stage.kind, stage.label) == ("stage", "Stage")
    assert min(stage.points) == (12.5, -12)
    assert max(stage.points) == (162.5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "Östra\nA;1;2\n",
        "\ufeffÖstra;;\r\nA;1;2\r\n",
        "Östra\n\tA\t1\t2\n",
        "Östra\rA,1,2\r",
        '"Östra"\n"A","1","2"\n',
        "sep=;\nÖstra;;\nA;1;2\n",
        "row\nÖstra\nA,1,2\n",
        "\n\n  Östra ,,\n,,,\nA:, 1,2\n",
        "Östra\nA;1,0;2,00\n",
    ],
)
def test_a_grid_is_read_in_every_shape_a_spreadsheet_writes(text: str) -> None:
    assert seats(read(text)) == [("Östra", "A", "1"), ("Östra", "A", "2")]


def test_rows_with_numbers_are_named_with_a_colon_or_under_the_word_row() -> None:
    expected = [(None, "1", "1"), (None, "1", "2"), (None, "2", "1")]
    assert seats(read("1:,1,2\n2:,1,\n")) == expected
    headed = read("Row,1,2\n1,1,2\n2,1,\n")
    assert seats(headed) == expected
    assert headed.oddities[0] == ('2 cells of the line that heads the rows, left out ("1" in line 1; "2" in line 1).')


def test_rows_and_numbers_that_run_together_are_told_apart_by_a_dash() -> None:
    plan = read("row\n1,1,11\n11,1,2\n")
    assert [seat.seat_number for seat in plan.seats] == ["1-1", "1-11", "11-1", "11-2"]
    assert plan.oddities[-1] == (
        "2 seats with row and number of another; so all 4 seats of the plan are numbered by row and number, with a "
        "dash (111 would be row 1, seat 11; 111 would be row 11, seat 1)."
    )


def test_seats_may_have_their_rows_in_their_numbers() -> None:
    plan = read("A1,A2,,A-3\nB1,B2,B3b,C1\n")
    assert seats(plan) == [
        *[(None, "A", number) for number in "123"],
        *[(None, "B", number) for number in ("1", "2", "3b")],
        (None, "C", "1"),
    ]
    assert neighbours(plan) == {("A1", "A2"), ("B1", "B2"), ("B2", "B3B")}
    assert plan.oddities[0].startswith("7 seats read as row and number (such as ")
    assert [seat.number for seat in read("A,A1,A2\n").seats] == ["1", "2"]


def test_seats_may_be_letters() -> None:
    assert [seat.seat_number for seat in read("1:,A,B,,C\n2:,A,B,C,D\n").seats] == [
        "1A",
        "1B",
        "1C",
        "2A",
        "2B",
        "2C",
        "2D",
    ]


def test_a_row_that_is_named_at_both_ends_is_named_once() -> None:
    plan = read("A,1,2,A\nB,1,2,B\n")
    assert [seat.seat_number for seat in plan.seats] == ["A1", "A2", "B1", "B2"]
    assert plan.oddities[0] == ('2 rows named at both ends of the line, read once ("A" in line 1; "B" in line 2).')


def test_a_row_in_two_lines_has_no_neighbours_across_them() -> None:
    plan = read("A,1,2\nA,3,4\n")
    assert neighbours(plan) == {("A1", "A2"), ("A3", "A4")}
    assert plan.oddities[0] == (
        '1 row in several lines; seats of different lines do not count as neighbours ("A" in lines 1 and 2).'
    )


def test_what_is_left_out_is_reported() -> None:
    plan = read("Empty hall\nStalls\nA:\nB,1,-,2\n----\n")
    assert [seat.seat_number for seat in plan.seats] == ["B1", "B2"]
    assert neighbours(plan) == set()
    assert plan.oddities == [
        '2 cells without a letter or digit, read as a gap ("-" in line 4; "----" in line 5).',
        '1 section without seats, left out ("Empty hall").',
        '1 row without seats, left out ("A" in line 3).',
        HOW,
    ]


@pytest.mark.parametrize("sign", ["12♿", "♿ 12", "12 ♿\ufe0f", "12 [W]", "12[wheelchair, step-free]", "12 {A} [w]"])
def test_a_place_for_a_wheelchair_is_marked_in_several_ways(sign: str) -> None:
    [_, found] = read(f"A;11;{sign}\n").seats
    assert (found.number, found.accessibility, found.step_free) == ("12", "wheelchair", True)


def test_a_category_that_names_wheelchairs_is_for_them_unless_a_seat_is_ordinary() -> None:
    plan = read("Rollstuhlplätze {Rollstuhl}\nA,1,2 [ordinary],3 [w]\n")
    assert [seat.accessibility for seat in plan.seats] == ["wheelchair", None, "wheelchair"]
    assert plan.oddities[0] == (
        '1 seat read as a place for a wheelchair, by the name of its category ("Rollstuhl": cell 2 of line 2).'
    )


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Stalls,A,1,20\nStalls,B,1,20\n", 1, "Every line may be a range without the names of its columns"),
        ("A,1,2\n5,1,2\n", 2, 'the name of a row, "A" in line 1, and what looks like a seat, "5" in line 2.'),
        ("1,2,3\n\n1,2,3\n", 3, 'Seat "1" stands in line 1 and in line 3, and these rows have no names.'),
        ("A,B,C\nA,B,C\n", 2, 'begins with the row "A", as line 1 does, and its seats are letters'),
        ("A,1,2\nB\nC,1,2\n", 2, 'Line 2 holds "B" and nothing else'),
        (",1,2,3\nA,1,2,3\n", 1, "Line 1 has seats but no name of a row in its first column"),
        ("A,1,2,X,4\n", 1, 'cell 4: "X" is no number, but other seats of the line have numbers'),
        ("A,1,aisle,4\n", 1, 'cell 3: "aisle" is no seat number'),
        ("A,1-20,21\n", 1, 'cell 2: "1-20" is no seat number'),
        ("A,=1+1,2\n", 1, 'cell 2: "=1+1" is no seat number'),
        ("A,1234567,2\n", 1, 'cell 2: "1234567" is no seat number'),
        ("A,12 [x],13\n", 1, 'cell 2: "[x]" says nothing known of a seat.'),
        ("A,12 {},13\n", 1, 'cell 2: "{}" says nothing known of a seat.'),
        ("A,12 [w][c],13\n", 1, 'cell 2: "[c]" is said beside another of its kind.'),
        ('A,"12 [w, c]",13\n', 1, 'cell 2: "[w, c]" says nothing known'),
        ("A,[w] 12,13\n", 1, 'cell 2: "[w] 12" has a bracket out of place.'),
        ("A,12 [w,13\n", 1, 'cell 2: "12 [w" has a bracket out of place.'),
        ("A,[w],13\n", 1, "cell 2: the seat has no number."),
        ("A,1,\u202e2\n", 1, "cell 3: the text cannot be read. The character U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("A,1,2 {\u200bA}\n", 1, "The character U+200B"),
        ("A,1,\x002\n", 1, "The character U+0000"),
        ("A,1," + "2" * 300, 1, "cell 3: the text is too long"),
        ("S" * 121 + "\nA,1,2\n", 1, "the section's name is too long: it may have 120 characters"),
        ("R" * 65 + ",1,2\n", 1, "the row is too long: it may have 64 characters"),
        ("A,1,2 {" + "C" * 121 + "}\n", 1, "the category is too long: it may have 120 characters"),
        ('A,1,"2\n', 1, "Line 1 has a quotation mark out of place"),
        ("A" + "," * 5_000 + "1\n", 1, "Line 1 has more than 5,000 cells"),
        ("zone,1,2\nA,1,2\n", 1, "Missing in line 1: row, start, end."),
        ("1,row,2\nA,1,2\n", 1, "Missing in line 1: zone, start, end."),
        ("start;end\n1;2\n", 1, "Missing in line 1: zone, row."),
    ],
)
def test_what_can_be_read_two_ways_or_none_is_refused_by_its_line(text: str, line: int, reason: str) -> None:
    refusal = refused(text)
    assert reason in refusal.sentence
    assert refusal.facts.get("line") == line


@pytest.mark.parametrize("text", ["hello\n", "Stalls\nBalcony\n", "<html>\n<body>\n", "A:\nB:\n", "Stage\n", "----"])
def test_a_file_without_a_seat_is_refused(text: str) -> None:
    assert "The file has no seats" in refused(text).sentence


def test_markup_in_a_name_is_only_text() -> None:
    assert read("<script>alert(1)</script> {</style>}\nA,1,2\n").seats[0].section == "<script>alert(1)</script>"


def test_three_seats_in_a_line_that_follow_one_another_are_a_grid_and_no_range() -> None:
    assert len(read("A,1,2,3\nB,1,3,5\n").seats) == 6
    assert len(read("row\nStalls,1,2,9\n").seats) == 3


def test_a_seat_that_repeats_is_counted_and_reported() -> None:
    plan = read("A,1,1,2,3\n")
    assert [seat.seat_number for seat in plan.seats] == ["A1", "A1#2", "A2", "A3"]
    assert [seat.sentence for seat in plan.renumbered] == [
        "A1#2 instead of A1: cell 3 of line 1 repeats cell 2 of line 1."
    ]


def test_a_grid_of_more_seats_than_a_plan_may_have_is_refused_by_the_line_that_is_too_much() -> None:
    line = ",".join(map(str, range(1, 1_001)))
    refusal = refused("row\n" + "".join(f"{row},{line}\n" for row in range(1, 102)))
    assert "Line 102 makes the plan larger than 100,000 seats" in refusal.sentence
