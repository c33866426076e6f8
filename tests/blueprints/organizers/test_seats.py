"""Seats typed in: added all or none, and a form that cannot be comes back as it was sent."""

import pytest

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Browser, Scene


def test_seats_are_added_by_labels_and_ranges(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.get(desk)
    response = organizer.post(f"{desk}/seats", {"labels": "A1-A3, b1\nC7", "category": "Stalls", "price": "45,50"})
    seats = scene.rows(
        "SELECT seat_number, name, price FROM seats JOIN categories ON category_id = categories.id ORDER BY seats.id"
    )
    assert [tuple(seat.values()) for seat in seats] == [
        (number, "Stalls", 4550) for number in ("A1", "A2", "A3", "B1", "C7")
    ]
    assert (response.status_code, response.location) == (303, desk)
    assert notices(organizer.get(desk)) == [("success", "5 seats were added.")]


@pytest.mark.parametrize(
    ("form", "status", "errors", "sentence"),
    [
        ({"labels": "A1-A3, A2"}, 409, [], "Seat A2: repeated in the request. Nothing was added."),
        ({"labels": "Z1"}, 409, [], "Seat Z1: in the show already. Nothing was added."),
        ({"labels": "A9-A1"}, 422, [], "counts down"),
        ({"labels": "A1-A99999999"}, 422, [], "more than 10,000 seats"),
        ({"labels": ""}, 422, ["labels"], "This is needed."),
        ({"labels": "A1", "price": "cheap"}, 422, ["price"], "Must be an amount, such as 45 or 45.50."),
        ({"labels": "A1", "price": "45.555"}, 422, ["price"], "Must be an amount with at most 2 decimals."),
        ({"labels": "A1", "price": "-1"}, 422, ["price"], "Must be an amount from zero up to what a seat can cost."),
        ({"labels": "A1", "price": "1e99"}, 422, ["price"], "Must be an amount from zero"),
        ({"labels": "A1", "price": "NaN"}, 422, ["price"], "Must be an amount"),
        ({"labels": "A1", "category": "x" * 101}, 422, ["category"], "100 characters"),
        ({"labels": "A1", "category": "Stalls", "price": "1"}, 422, [], 'The category "Stalls" has another price'),
    ],
)
def test_seats_that_cannot_be_added_come_back_as_they_were_typed(
    scene: Scene, organizer: Browser, desk: str, form: dict[str, str], status: int, errors: list[str], sentence: str
) -> None:
    organizer.post(f"{desk}/seats", {"labels": "Z1", "category": "Stalls", "price": "45"})
    organizer.get(desk)
    page = organizer.post(f"{desk}/seats", form)
    assert scene.rows("SELECT seat_number FROM seats") == [{"seat_number": "Z1"}]
    assert page.status_code == status
    assert sentence in words(page)
    shown = form_to(page, f"{desk}/seats")
    assert list(shown.errors) == errors
    assert {name: shown.values[name].strip() for name in form} == form
    assert form_to(page, f"{desk}/prices").errors == {}
