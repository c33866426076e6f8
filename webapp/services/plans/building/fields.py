"""What the fields of a sketch may hold, for forms and for sketches read back: all lengths in whole centimetres."""

import unicodedata
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from webapp.services.seat_labels import LabelUnusable, refuse_unreadable

MOST_BLOCKS = 200
MOST_AREAS = 50
MOST_SEATS = 20_000
MOST_ROWS = 200
MOST_IN_A_ROW = 500
MOST_AISLES = 20
FARTHEST = 50_000
# A seat narrower than this beside the one before or behind it would stand on it.
CLEAR = 0.8

Align: TypeAlias = Literal["left", "centre", "right"]
RowNames: TypeAlias = Literal["letters", "doubled", "numbers"]
RowsFrom: TypeAlias = Literal["front", "back"]
# By example, of six seats: 123456, 654321, 135…, …531, 531246, 642135.
Numbering: TypeAlias = Literal["left", "right", "twos_left", "twos_right", "odd_left", "odd_right"]
AreaShape: TypeAlias = Literal["rectangle", "arc", "ellipse"]


def _line(text: str) -> str:
    return _readable(" ".join(text.split()))


def _readable(text: str) -> str:
    try:
        refuse_unreadable(text)
    except LabelUnusable as refusal:
        raise ValueError(refusal.sentence.removesuffix(".")) from None
    return unicodedata.normalize("NFC", text)


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), AfterValidator(_line)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60), AfterValidator(_line)]
FirstRow = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4), AfterValidator(_line)]
# Seats and rows as people name them; read when the sketch is built, since rows are called otherwise in every block.
SeatNames = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000), AfterValidator(_readable)]


def _whole(least: int, most: int) -> WrapValidator:
    """The rule of a whole number between the two, told in one sentence whatever is wrong with it."""

    def check(value: object, read: ValidatorFunctionWrapHandler) -> int:
        try:
            number: int = read(value)
        except ValidationError:
            number = least - 1
        if not least <= number <= most:
            raise ValueError(f"must be a whole number from {least:,} to {most:,}")
        return number

    return WrapValidator(check)


Id = Annotated[int, _whole(1, 1_000_000)]
Rows = Annotated[int, _whole(1, MOST_ROWS)]
SeatCount = Annotated[int, _whole(1, MOST_IN_A_ROW)]
SeatCounts = Annotated[tuple[SeatCount, ...], Field(min_length=1, max_length=MOST_ROWS)]
Growth = Annotated[int, _whole(-50, 50)]
SeatSpacing = Annotated[int, _whole(30, 500)]
RowSpacing = Annotated[int, _whole(30, 1_000)]
Bend = Annotated[int, _whole(0, 340)]
Along = Annotated[int, _whole(-FARTHEST, FARTHEST)]
Turn = Annotated[int, _whole(-180, 180)]
FirstNumber = Annotated[int, _whole(0, 9_999)]
Aisles = Annotated[tuple[SeatCount, ...], Field(max_length=MOST_AISLES)]
AisleWidth = Annotated[int, _whole(10, 2_000)]
Extent = Annotated[int, _whole(10, FARTHEST)]
