"""What all schemas share, and the kinds of text and number they are made of."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

MOST_IN_A_PAGE = 1000


class Question(BaseModel):
    """What is asked: nothing unknown is taken, nothing converted by guess."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Answer(BaseModel):
    """What is answered, made of what a service returns."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def _readable(text: str) -> str:
    """`text` without surprises: composed, and free of characters that nobody can see."""
    composed = unicodedata.normalize("NFC", text)
    for character in composed:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            raise ValueError(f"must not contain the character U+{ord(character):04X}")
    return composed


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_readable)]
ShortLine = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_readable)
]
# The limits of PostgreSQL's integer and bigint.
SmallId = Annotated[int, Field(ge=1, le=2**31 - 1)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
# Minor units of a currency; ten million of its major units, if those have two decimals.
HIGHEST_PRICE = 1_000_000_000
Price = Annotated[int, Field(ge=0, le=HIGHEST_PRICE)]


# Where a list by something else than ids goes on, as the last page's link names it.
Cursor = Annotated[str, StringConstraints(max_length=100)]


class Page(Question):
    """Which part of a list is asked for: without `limit`, all; `cursor` is as the `Link` to the next page has it."""

    limit: Annotated[int, Field(ge=1, le=MOST_IN_A_PAGE)] | None = None
