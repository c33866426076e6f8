"""Tables for spreadsheets: what comes out of the file is what went in, and nothing in it is computed."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask

from webapp.csv_replies import BYTE_ORDER_MARK, ROWS_AT_ONCE, Cell, csv_cell, csv_response
from webapp.services.refusals import NotFound


def read_back(data: bytes) -> list[list[str]]:
    """The table of a file, as a program reads it."""
    text = data.decode()
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+358401234567", "'+358401234567"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\rhidden", "'\rhidden"),
        ("  =1+1", "'  =1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("Eve;=HYPERLINK(A1)", "Eve;'=HYPERLINK(A1)"),
        ("Eve\n=1", "Eve\n'=1"),
    ],
)
def test_a_text_that_a_spreadsheet_would_compute_begins_with_an_apostrophe(typed: str, written: str) -> None:
    assert csv_cell(typed) == written


@pytest.mark.parametrize("typed", ["Anna-Maria", "a = b", "A1; B2", "2 + 2", "ann@example.com", "", "'quoted'", "Sää"])
def test_any_other_text_stays_as_it_is(typed: str) -> None:
    assert csv_cell(typed) == typed


def test_numbers_and_times_stay_what_spreadsheets_reckon_with() -> None:
    cells: list[Cell] = [-5, 0.25, Decimal("-45.00"), Decimal(10**9), None]
    assert [csv_cell(cell) for cell in cells] == ["-5", "0.25", "-45.00", "1000000000", ""]
    assert csv_cell(datetime(2027, 5, 1, 19, 30, tzinfo=UTC)) == "2027-05-01T19:30:00+00:00"
    assert csv_cell(datetime(2027, 5, 1, 19, 30)) == "2027-05-01 19:30:00"


def test_a_file_has_its_name_its_header_and_every_row(app: Flask) -> None:
    rows: Sequence[Sequence[Cell]] = [(number, f'Row "{number}", seat\n1') for number in range(2 * ROWS_AT_ONCE + 1)]
    with app.test_request_context():
        answer = csv_response("Evensong / buyers", ["number", "place"], rows)
        table = read_back(answer.get_data())
    assert table == [["number", "place"], *[[str(number), place] for number, place in rows]]
    assert answer.headers["Content-Disposition"] == "attachment; filename=Evensong-buyers.csv"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_file_without_rows_still_has_its_header(app: Flask) -> None:
    with app.test_request_context():
        assert read_back(csv_response("none", ["seat"], []).get_data()) == [["seat"]]


def test_a_name_with_letters_of_any_script_stays_readable(app: Flask) -> None:
    with app.test_request_context():
        told = csv_response("Sää ja mää", ["seat"], []).headers["Content-Disposition"]
    assert told == "attachment; filename=Saa-ja-maa.csv; filename*=UTF-8''S%C3%A4%C3%A4-ja-m%C3%A4%C3%A4.csv"


def test_rows_are_asked_for_as_the_file_is_sent(app: Flask) -> None:
    asked: list[int] = []

    def rows() -> Iterator[Sequence[Cell]]:
        for number in range(4 * ROWS_AT_ONCE):
            asked.append(number)
            yield (number,)

    with app.test_request_context():
        sent = csv_response("many", ["number"], rows()).iter_encoded()
        next(sent)
        assert len(asked) == 1
        next(sent)
        assert len(asked) == ROWS_AT_ONCE


def test_what_is_refused_before_the_first_row_is_no_half_file(app: Flask) -> None:
    def rows() -> Iterator[Sequence[Cell]]:
        raise NotFound("There is no such show.")
        yield ()

    with app.test_request_context(), pytest.raises(NotFound):
        csv_response("none", ["seat"], rows())
