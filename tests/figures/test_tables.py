"""The same numbers as people read them and as spreadsheets do."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from webapp.figures import Column, Table
from webapp.figures.table import Kind, Value

MOMENT = datetime(2026, 9, 4, 6, 5, tzinfo=UTC)


def table(kind: Kind, value: Value, currency: str = "EUR") -> Table:
    """A table of one cell."""
    return Table("", [Column("It", kind)], [[value]], currency, "Europe/Helsinki")


@pytest.mark.parametrize(
    ("kind", "value", "words", "cell"),
    [
        ("text", "Stalls", "Stalls", "Stalls"),
        ("number", 12345, "12,345", 12345),
        ("number", 0.5, "0.5", 0.5),
        ("money", 450000, "4500.00", Decimal("4500.00")),
        ("share", 0.256, "25.6%", 25.6),
        ("share", 1, "100.0%", 100),
        ("time", MOMENT, "4 Sep 2026, 09:05", datetime(2026, 9, 4, 9, 5)),
        ("money", None, "–", None),  # noqa: RUF001 -- as it is written
    ],
)
def test_a_value_is_written_by_its_kind(kind: Kind, value: Value, words: str, cell: object) -> None:
    found = table(kind, value)
    assert found.written([value])[0][0] == words
    assert list(found.cells()) == [[cell]]


def test_money_has_the_decimals_of_its_currency() -> None:
    assert table("money", 4500, "JPY").written([4500])[0][0] == "4500"
    assert list(table("money", 4500, "JPY").cells()) == [[Decimal(4500)]]
    assert list(table("money", 4500, "KWD").cells()) == [[Decimal("4.500")]]


def test_headings_of_a_file_tell_their_units() -> None:
    kinds: list[Kind] = ["text", "number", "money", "share", "time"]
    found = Table("", [Column("It", kind) for kind in kinds], [], "EUR", "Europe/Helsinki")
    assert found.headings() == ["It", "It", "It (EUR)", "It (%)", "It (Europe/Helsinki)"]


def test_figures_stand_at_the_right_and_words_and_times_at_the_left() -> None:
    assert [table(kind, 1).written([1])[0][1] for kind in ("number", "money", "share")] == [True, True, True]
    assert table("text", "x").written(["x"])[0][1] is False
    assert table("time", MOMENT).written([MOMENT])[0][1] is False
