"""Seats in sentences."""

from types import SimpleNamespace

import pytest

from webapp.services.seat_words import beginning, named, spanned


def seat(seat_number: str, section: str | None, row: str | None, number: str | None) -> SimpleNamespace:
    return SimpleNamespace(seat_number=seat_number, section=section, row=row, number=number)


@pytest.mark.parametrize(
    ("seats", "words"),
    [
        ([("A1", None, "A", "1")], "seat A1"),
        ([("C12", "Stalls", "C", "12"), ("C13", "Stalls", "C", "13")], "seats C12, C13"),
        ([("AA1", "Stalls", "a a", "1")], "seat AA1"),
        ([("TABLE", None, None, None)], "seat TABLE"),
        ([("STALLS-C-12", "Stalls", "C", "12")], "Stalls, row C, seat 12"),
        (
            [("S-C-1#5", "Stalls", "C", "1"), ("S-C-2#5", "Stalls", "C", "2"), ("S-D-1#5", "Stalls", "D", "1")],
            "Stalls, row C, seats 1, 2; Stalls, row D, seat 1",
        ),
        ([("C12", "Stalls", "C", "12"), ("C13#2", "Stalls", "C", "13")], "Stalls, row C, seats 12, 13"),
        ([("7#2", None, None, "7")], "seat 7"),
    ],
)
def test_a_seat_is_named_by_its_number_unless_that_was_made_up(
    seats: list[tuple[str, str | None, str | None, str | None]], words: str
) -> None:
    assert named(seat(*one) for one in seats) == words


def test_many_seats_are_told_row_by_row_in_spans() -> None:
    numbers = {"A": ("1", "2", "3", "4", "6"), "B": ("7", "8"), "C": ("9", "BOX", "10")}
    seats = [seat(f"{row}{number}", "Stalls", row, number) for row, some in numbers.items() for number in some]
    assert spanned([*seats, seat("DOOR", None, None, None)]) == [
        "Stalls, row A, seats 1 to 4, 6",
        "Stalls, row B, seats 7, 8",
        "Stalls, row C, seats 9, BOX, 10",
        "seat DOOR",
    ]


def test_a_sentence_begins_with_a_capital() -> None:
    assert beginning("seat A1") == "Seat A1"
    assert beginning("") == ""
