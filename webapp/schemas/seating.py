"""What an organizer's forms ask about seats and prices; amounts are typed in major units ("45.50")."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision
from pydantic import PlainValidator, RootModel, StringConstraints, ValidationError, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from webapp.schemas.base import HIGHEST_PRICE, Question, ShortLine
from webapp.schemas.shows import NewShow, known_timezone


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


class NewShowInForm(NewShow):
    """A show as a form asks for it: its start is a clock's reading at the venue."""

    @model_validator(mode="before")
    @classmethod
    def _start_at_venue(cls, fields: dict[str, Any]) -> dict[str, Any]:
        """The start with the offset that the venue's time zone has then; left alone where it cannot be read."""
        try:
            reading = datetime.fromisoformat(fields["starts_at"])
            start = reading.replace(tzinfo=ZoneInfo(known_timezone(fields.get("timezone", "UTC"))))
        except (KeyError, ValueError):
            return fields
        if _is_skipped(start):
            raise ValidationError.from_exception_data(
                cls.__name__, [{"type": NO_SUCH_TIME, "loc": ("starts_at",), "input": fields["starts_at"]}]
            )
        return {**fields, "starts_at": start.isoformat()}


NO_SUCH_TIME = PydanticCustomError(
    "no_such_time", "must be a time that exists at the venue: its clocks are put forward over this one"
)


def _is_skipped(start: datetime) -> bool:
    """Whether no clock at the venue ever shows this time: the offset before the gap is the smaller one (PEP 495)."""
    before, after = start.replace(fold=0).utcoffset(), start.replace(fold=1).utcoffset()
    assert before is not None
    assert after is not None
    return before < after


class LabelledSeats(Question):
    """Seats by labels and ranges, with their category and what it costs."""

    labels: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]
    category: ShortLine | None = None
    price: Amount | None = None


class PlanDefaults(Question):
    """What a plan file does not tell."""

    price: Amount | None = None


class Prices(RootModel[dict[Annotated[str, StringConstraints(pattern=r"^price-[0-9]{1,9}$")], Amount]]):
    """An amount for each `price-<category id>`."""

    def by_category(self) -> dict[int, int]:
        """The prices (minor units) by the id of their category."""
        return {int(name.removeprefix("price-")): price for name, price in self.root.items()}
