"""A table of numbers and times, as a page writes it and as a spreadsheet reads it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from babel.numbers import get_currency_precision

from webapp.csv_replies import Cell
from webapp.formats import amount, local_time

Kind = Literal["text", "number", "money", "share", "time"]
Value: TypeAlias = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what stands below it: money in minor units, a share from 0 to 1, a moment."""

    heading: str
    kind: Kind = "number"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values; the first of each says what the row is about. `currency` and `timezone` are the show's."""

    caption: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    currency: str
    timezone: str
    total: Sequence[Value] | None = None

    def written(self, row: Sequence[Value]) -> list[tuple[str, bool]]:
        """The cells of a row in words, and whether each is a figure."""
        pairs = zip(self.columns, row, strict=True)
        return [(self._words(column, value), column.kind not in ("text", "time")) for column, value in pairs]

    def headings(self) -> list[str]:
        """The headings of a file, with their units."""
        units = {"money": f" ({self.currency})", "share": " (%)", "time": f" ({self.timezone})"}
        return [column.heading + units.get(column.kind, "") for column in self.columns]

    def cells(self) -> Iterator[list[Cell]]:
        """The rows for a file: money in whole units of the currency, shares in percent, times of the venue's clocks."""
        for row in self.rows:
            yield [self._cell(column, value) for column, value in zip(self.columns, row, strict=True)]

    def _words(self, column: Column, value: Value) -> str:
        match column.kind, value:
            case _, None:
                return "–"  # noqa: RUF001 -- as people write it
            case "money", int():
                return amount(value, self.currency)
            case "share", int() | float():
                return f"{value:.1%}"
            case _, datetime():
                local = local_time(value, self.timezone)
                return f"{local.day} {local.strftime('%b %Y, %H:%M')}"
            case _, int() | float():
                return f"{value:,}"
            case _:
                return str(value)

    def _cell(self, column: Column, value: Value) -> Cell:
        match column.kind, value:
            case "money", int():
                return Decimal(value).scaleb(-get_currency_precision(self.currency))
            case "share", int() | float():
                return round(100 * value, 2)
            case _, datetime():
                return local_time(value, self.timezone).replace(tzinfo=None)
            case _:
                return value
