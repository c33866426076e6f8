"""What rows and seats of a block are called."""

import pytest

from tests.services.plan_building.sketches import one_block, rows_of
from webapp.services.plans.building import build
from webapp.services.plans.building.laying.labels import seat_numbers
from webapp.services.refusals import Invalid


@pytest.mark.parametrize(
    ("numbering", "numbers"),
    [
        ("left", [1, 2, 3, 4, 5, 6]),
        ("right", [6, 5, 4, 3, 2, 1]),
        ("twos_left", [1, 3, 5, 7, 9, 11]),
        ("twos_right", [11, 9, 7, 5, 3, 1]),
        ("odd_left", [5, 3, 1, 2, 4, 6]),
        ("odd_right", [6, 4, 2, 1, 3, 5]),
    ],
)
def test_seats_are_numbered_from_the_left_as_told(numbering: str, numbers: list[int]) -> None:
    row = rows_of(one_block(numbering=numbering))["A"]
    assert [seat.number for seat in row] == [str(number) for number in numbers]
    assert [seat.seat_number for seat in row] == [f"A{number}" for number in numbers]
    assert [seat.x for seat in row] == sorted(seat.x or 0 for seat in row)


def test_numbers_begin_with_the_first_number() -> None:
    row = rows_of(one_block(numbering="twos_right", first_number=2))["A"]
    assert [seat.number for seat in row] == ["12", "10", "8", "6", "4", "2"]


def test_odd_and_even_numbers_part_at_the_aisle_in_the_middle() -> None:
    assert seat_numbers("odd_left", 1, 7) == [7, 5, 3, 1, 2, 4, 6]
    assert seat_numbers("odd_left", 1, 7, [3]) == [5, 3, 1, 2, 4, 6, 8]
    assert seat_numbers("odd_right", 1, 7, [4]) == [8, 6, 4, 2, 1, 3, 5]
    assert seat_numbers("odd_left", 1, 8, [1]) == [7, 5, 3, 1, 2, 4, 6, 8], "an aisle at the end is none in the middle"


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"rows": 3}, "A B C"),
        ({"rows": 3, "rows_from": "back"}, "C B A"),
        ({"rows": 4, "first_row": "h", "skips_i_and_o": True}, "H J K L"),
        ({"rows": 4, "first_row": "N", "skips_i_and_o": True}, "N P Q R"),
        ({"rows": 4, "first_row": "Y"}, "Y Z AA AB"),
        ({"rows": 3, "first_row": "AZ"}, "AZ BA BB"),
        ({"rows": 4, "first_row": "Y", "row_names": "doubled"}, "Y Z AA BB"),
        ({"rows": 2, "first_row": "BB", "row_names": "doubled"}, "BB CC"),
        ({"rows": 3, "row_names": "numbers"}, "1 2 3"),
        ({"rows": 2, "row_names": "numbers", "first_row": "15"}, "15 16"),
    ],
)
def test_rows_are_called_as_told(fields: dict[str, object], names: str) -> None:
    assert list(rows_of(one_block(**fields))) == names.split()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"first_row": "1"}, "Rows with letters begin with one from A to Z, such as A."),
        ({"first_row": "AB", "row_names": "doubled"}, "such as A or AA."),
        ({"first_row": "I", "skips_i_and_o": True}, "The letters I and O are left out here; begin with another."),
        ({"first_row": "A", "row_names": "numbers"}, "Rows with numbers begin with one, such as 1."),
        ({"first_row": "²", "row_names": "numbers"}, "Rows with numbers begin with one, such as 1."),
    ],
)
def test_a_first_row_that_begins_nothing_is_refused(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        build(one_block(**fields))
    assert sentence in refused.value.sentence
    assert refused.value.facts["errors"][0]["pointer"] == "#/first_row"


def test_seats_of_all_blocks_are_numbered_by_the_rule_of_the_house() -> None:
    sketch = one_block(section="Stalls", rows=1)
    seats = build(sketch).seats
    assert (seats[0].seat_number, seats[0].section, seats[0].row, seats[0].number) == ("A1", "Stalls", "A", "1")
    rows_alike = one_block(section="Stalls", rows=11, row_names="numbers", seats=(11,))
    assert build(rows_alike).seats[0].seat_number == "STALLS-1-1", "1 + 11 and 11 + 1 would be one number"
