"""What an organizer's forms ask about seats and prices; amounts are typed in major units ("45.50")."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

from babel.numbers import get_currency_precision
from pydantic import PlainValidator, RootModel, StringConstraints, ValidationInfo

from webapp.schemas.base import HIGHEST_PRICE, Question, ShortLine


def _minor_units(typed: object, info: ValidationInfo) -> int:
    """What was typed as an amount ("45", "45.50", "45,50") in minor units of the currency in the context."""
    assert info.context, "an amount is read with its currency as context"
    decimals = get_currency_precision(info.context["currency"])
    try:
        amount = Decimal(str(typed).strip().replace(",", "."))
    except InvalidOperation:
        raise ValueError("must be an amount, such as 45 or 45.50") from None
    if not amount.is_finite() or amount < 0 or amount > HIGHEST_PRICE:
        raise ValueError("must be an amount from zero up to what a seat can cost")
    minor = amount.scaleb(decimals)
    if minor != minor.to_integral_value() or minor > HIGHEST_PRICE:
        raise ValueError(f"must be an amount with at most {decimals} decimals")
    return int(minor)


Amount = Annotated[int, PlainValidator(_minor_units)]


class LabelledSeats(Question):
    """Seats by labels and ranges, with their category and what it costs."""

    labels: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]
    category: ShortLine | None = None
    price: Amount | None = None


class Prices(RootModel[dict[Annotated[str, StringConstraints(pattern=r"^price-[0-9]{1,9}$")], Amount]]):
    """An amount for each `price-<category id>`."""

    def by_category(self) -> dict[int, int]:
        """The prices (minor units) by the id of their category."""
        return {int(name.removeprefix("price-")): price for name, price in self.root.items()}
