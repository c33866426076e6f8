"""A seating plan brought in through the form: all of it or nothing, with what was odd in it told."""

import io
import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Browser, Scene
from webapp.services.plans import LARGEST_FILE

CSV = b"zone,row,start,end\nStalls,A,1,10\nStalls,B,1,10\n"
ODD_CSV = b"zone,row,start,end\nStalls,A,1,3\nStalls,A,3,4\n"


def upload(browser: Browser, desk: str, content: bytes, filename: str = "plan.csv", **more: Any) -> TestResponse:
    """Send the plan form with a file."""
    form = {"csrf_token": browser.csrf_token, "plan": (io.BytesIO(content), filename), **more}
    response = browser.flask.post(f"{desk}/plan", data=form, headers={"Accept": "text/html"})
    response.request.environ["wsgi.input"].close()
    return response


def test_a_plan_in_csv_is_brought_in_with_its_zones_as_categories(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.get(desk)
    response = upload(organizer, desk, CSV, price="45")
    seats = scene.rows(
        "SELECT seat_number, section, name, price FROM seats JOIN categories ON category_id = categories.id"
    )
    assert len(seats) == 20
    assert {(seat["section"], seat["name"], seat["price"]) for seat in seats} == {("Stalls", "Stalls", 4500)}
    assert (response.status_code, response.location) == (303, desk)
    assert notices(organizer.get(desk)) == [("success", "20 seats were added from the plan.")]


def test_a_plan_of_the_editor_is_brought_in(scene: Scene, organizer: Browser, desk: str) -> None:
    seats = [
        {
            "seat_guid": f"g{number}",
            "seat_number": str(number),
            "uuid": f"g{number}",
            "position": {"x": 30 * number, "y": 0},
            "category": "Gold",
        }
        for number in range(1, 6)
    ]
    plan = {
        "name": "Hall",
        "categories": [{"name": "Gold", "color": "#ffcc00"}],
        "zones": [
            {
                "name": "Stalls",
                "position": {"x": 0, "y": 0},
                "rows": [{"row_number": "A", "position": {"x": 0, "y": 0}, "seats": seats}],
            }
        ],
    }
    organizer.get(desk)
    response = upload(organizer, desk, json.dumps(plan).encode(), "plan.json", price="45")
    assert response.status_code == 303, words(response)
    stored = scene.rows("SELECT seat_number, row, plan_seat_id FROM seats ORDER BY id")
    assert [tuple(seat.values()) for seat in stored] == [(f"A{n}", "A", f"g{n}") for n in range(1, 6)]


def test_what_is_odd_in_a_plan_is_kept_and_shown_until_later(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.get(desk)
    assert upload(organizer, desk, ODD_CSV).status_code == 303
    kept = scene.rows("SELECT plan_oddities FROM shows")[0]["plan_oddities"]
    assert any("#2" in oddity for oddity in kept)
    for _ in range(2):
        text = words(organizer.get(desk))
        assert all(" ".join(oddity.split()) in text for oddity in kept)


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        (b"", "plan.csv", "The file is empty."),
        (b"zone,row,start,end\nStalls,A,9,1\n", "plan.csv", "Line 2 starts at seat 9 but ends at seat 1."),
        (b"zone,row,start,end\nStalls,A,1,3\nStalls,B,x,3\n", "plan.csv", "Line 3: start is"),
        (b"{", "plan.json", "."),
        (b"PK\x03\x04...", "plan.xlsx", "The file is a spreadsheet or zip archive."),
        (b"\x00" * 100, "plan.csv", "."),
    ],
)
def test_of_a_plan_that_cannot_be_used_nothing_is_saved(
    scene: Scene, organizer: Browser, desk: str, content: bytes, filename: str, sentence: str
) -> None:
    organizer.get(desk)
    page = upload(organizer, desk, content, filename, price="45")
    assert scene.rows("SELECT FROM seats") == []
    assert scene.rows("SELECT FROM categories") == []
    assert page.status_code == 422
    assert sentence in words(page)
    assert form_to(page, f"{desk}/plan").values["price"] == "45"


def test_a_plan_form_without_a_file_says_so(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.get(desk)
    page = organizer.post(f"{desk}/plan", {"price": "45"})
    assert page.status_code == 422
    assert "The file is empty." in words(page)


def test_a_plan_that_repeats_seats_of_the_show_adds_nothing(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.get(desk)
    upload(organizer, desk, CSV)
    page = upload(organizer, desk, b"zone,row,start,end\nStalls,C,1,10\nStalls,A,10,11\n")
    assert len(scene.rows("SELECT FROM seats")) == 20
    assert page.status_code == 409
    assert "in the show already. Nothing was added." in words(page)


def test_a_file_that_is_too_large_gets_a_sentence_and_not_a_mistake_of_ours(
    scene: Scene, organizer: Browser, desk: str
) -> None:
    organizer.get(desk)
    for size, status in ((7_000_000, 422), (LARGEST_FILE + 1_000_000, 413)):
        page = upload(organizer, desk, b"zone,row,start,end\n" + b"x" * size, next="/organizer/")
        assert page.status_code == status
        assert scene.rows("SELECT FROM seats") == []
    assert "The request is larger than what is taken here." in words(page)
    other = organizer.post("/sign-in", {"email": "x" * 3_000_000})
    assert other.status_code == 413
    assert "The request is larger than what is taken here." in words(other)
