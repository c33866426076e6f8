"""What people read is written as they write it."""

import pytest

from webapp.formats import amount, money
from webapp.services.offers import words


@pytest.mark.parametrize(
    ("minor_units", "currency", "read", "typed"),
    [
        (4500, "EUR", "45.00 EUR", "45.00"),
        (123456789, "EUR", "1,234,567.89 EUR", "1234567.89"),
        (1200000, "JPY", "1,200,000 JPY", "1200000"),
        (1234567, "KWD", "1,234.567 KWD", "1234.567"),
        (0, "EUR", "no charge", "0.00"),
    ],
)
def test_thousands_are_set_apart_where_money_is_read_and_not_where_it_is_typed(
    minor_units: int, currency: str, read: str, typed: str
) -> None:
    assert money(minor_units, currency) == read
    assert amount(minor_units, currency) == typed


def test_an_offer_has_no_needless_decimals() -> None:
    assert [words.money(minor_units, "EUR") for minor_units in (7200, 107250, 0)] == ["72 EUR", "1,072.50 EUR", "free"]
