"""Answers in CSV, for spreadsheets: sent row by row, and safe to open, whatever others typed into a cell."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain, islice
from typing import TypeAlias
from urllib.parse import quote

from flask import Response, stream_with_context

Cell: TypeAlias = str | int | float | Decimal | datetime | None

# Spreadsheets take a text for a formula that begins so, some also after blanks or in full width, and for one that
# begins after a semicolon or a line's end, which part cells where the comma is for decimals.
FORMULA_BEGINS = re.compile(r"(^|[;\r\n])(?=\s*[=+\-@＝＋－＠]|[\t\r\n])")  # noqa: RUF001 -- full width is meant
# Without it Excel reads the file as anything but UTF-8.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
ROWS_AT_ONCE = 500


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A file `<name>.csv` for people to keep: a line of `header`, then one for each of `rows`.

    Rows may come from a generator that asks services as it goes on; what is refused before its first row is answered
    as any refusal. Numbers stay numbers, an aware time is written as RFC 3339 has it, and one without a zone (the
    venue's own) as spreadsheets read it.
    """
    coming = iter(rows)
    begun = list(islice(coming, 1))
    response = Response(stream_with_context(_lines(header, chain(begun, coming))), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", **_named(f"{_file_name(name)}.csv"))
    return response


def file_response(name: str, extension: str, content: str, mimetype: str) -> Response:
    """A file `<name>.<extension>` for people to keep."""
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", **_named(f"{_file_name(name)}.{extension}"))
    return response


def csv_cell(value: Cell) -> str:
    """The value as a cell that no spreadsheet computes; a text that looks like a formula begins with an apostrophe."""
    match value:
        case None:
            return ""
        case str():
            return FORMULA_BEGINS.sub(r"\1'", value)
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat() if value.tzinfo else value.isoformat(sep=" ", timespec="seconds")
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _lines(header: Sequence[str], rows: Iterator[Sequence[Cell]]) -> Iterator[bytes]:
    yield (BYTE_ORDER_MARK + _written([header])).encode()
    while several := list(islice(rows, ROWS_AT_ONCE)):
        yield _written(several).encode()


def _written(rows: Iterable[Sequence[Cell]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(map(csv_cell, row) for row in rows)
    return written.getvalue()


def _named(file_name: str) -> dict[str, str]:
    """The name as the header has it, for browsers of today and for those that read ASCII only (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", file_name).encode("ascii", "ignore").decode()
    return {"filename": plain} if plain == file_name else {"filename": plain, "filename*": f"UTF-8''{quote(file_name)}"}


def _file_name(name: str) -> str:
    """The name as any file system takes it."""
    return re.sub(r"\W+", "-", name).strip("-")[:100] or "list"
