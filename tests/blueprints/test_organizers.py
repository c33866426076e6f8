"""The organizer's desk: a show is set up through forms, and a form that cannot be comes back as it was sent."""

import io
import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Browser, Scene

EVENSONG = {
    "title": "Evensong",
    "venue": "Town Hall",
    "starts_at": "2027-05-01T19:30",
    "timezone": "Europe/Helsinki",
    "currency": "EUR",
    "seat_limit": "4",
}
CSV = b"zone,row,start,end\nStalls,A,1,10\nStalls,B,1,10\n"
ODD_CSV = b"zone,row,start,end\nStalls,A,1,3\nStalls,A,3,4\n"


@pytest.fixture
def organizer(scene: Scene) -> Browser:
    """An organizer's browser, open at the desk."""
    browser = scene.browser(scene.user("Olga"))
    browser.get("/organizer/")
    return browser


@pytest.fixture
def desk(scene: Scene, organizer: Browser) -> str:
    """The path of a new show without seats."""
    response = organizer.post("/organizer/shows/new", EVENSONG)
    assert response.status_code == 303
    return str(response.location)


def upload(browser: Browser, desk: str, content: bytes, filename: str = "plan.csv", **more: Any) -> TestResponse:
    """Send the plan form with a file."""
    form = {"csrf_token": browser.csrf_token, "plan": (io.BytesIO(content), filename), **more}
    response = browser.flask.post(f"{desk}/plan", data=form, headers={"Accept": "text/html"})
    response.request.environ["wsgi.input"].close()
    return response


def test_a_show_starts_when_the_clocks_at_the_venue_say_so(scene: Scene, organizer: Browser) -> None:
    response = organizer.post("/organizer/shows/new", EVENSONG)
    row = scene.rows("SELECT id, title, starts_at, timezone, currency, seat_limit FROM shows")[0]
    assert row["starts_at"].isoformat() == "2027-05-01T16:30:00+00:00"
    assert (row["title"], row["timezone"], row["currency"], row["seat_limit"]) == (
        "Evensong",
        "Europe/Helsinki",
        "EUR",
        4,
    )
    assert (response.status_code, response.location) == (303, f"/organizer/shows/{row['id']}")
    page = organizer.get(response.location)
    assert notices(page) == [("success", "“Evensong” is created. Now its seats.")]
    assert "Sat 1 May 2027, 19:30" in words(page)


@pytest.mark.parametrize(
    ("starts_at", "timezone"),
    [
        ("2027-03-28T03:30", "Europe/Helsinki"),
        ("2027-03-14T02:30", "America/New_York"),
        ("2027-03-28T03:00", "Europe/Helsinki"),
    ],
)
def test_a_time_over_which_the_clocks_are_put_forward_is_refused_at_its_field(
    scene: Scene, organizer: Browser, starts_at: str, timezone: str
) -> None:
    page = organizer.post("/organizer/shows/new", {**EVENSONG, "starts_at": starts_at, "timezone": timezone})
    assert scene.rows("SELECT FROM shows") == []
    assert page.status_code == 422
    form = form_to(page, "/organizer/shows/new")
    assert form.errors == {
        "starts_at": ["Must be a time that exists at the venue: its clocks are put forward over this one."]
    }
    assert (form.values["starts_at"], form.values["timezone"]) == (starts_at, timezone)


@pytest.mark.parametrize(
    ("starts_at", "means"),
    [
        ("2027-03-28T02:59", "2027-03-28T00:59:00+00:00"),
        ("2027-03-28T04:00", "2027-03-28T01:00:00+00:00"),
        ("2027-10-31T03:30", "2027-10-31T00:30:00+00:00"),  # twice on that night's clocks: the first
        ("2027-05-01T19:30:15", "2027-05-01T16:30:15+00:00"),
    ],
)
def test_a_time_that_the_clocks_show_is_taken(scene: Scene, organizer: Browser, starts_at: str, means: str) -> None:
    assert organizer.post("/organizer/shows/new", {**EVENSONG, "starts_at": starts_at}).status_code == 303
    assert scene.rows("SELECT starts_at FROM shows")[0]["starts_at"].isoformat() == means


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("venue", "zero\u200bwidth"),
        ("starts_at", ""),
        ("starts_at", "0001-01-01T00:00"),
        ("starts_at", "9999-12-31T23:59"),
        ("starts_at", "tomorrow"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("timezone", "Europe"),
        ("currency", "euro"),
        ("seat_limit", "0"),
        ("seat_limit", "ten"),
        ("seat_limit", "9" * 30),
    ],
)
def test_a_show_that_cannot_be_comes_back_with_the_error_at_its_field(
    scene: Scene, organizer: Browser, field: str, value: str
) -> None:
    page = organizer.post("/organizer/shows/new", {**EVENSONG, field: value})
    assert scene.rows("SELECT FROM shows") == []
    assert page.status_code == 422
    form = form_to(page, "/organizer/shows/new")
    assert field in form.errors
    assert all(sentence.endswith(".") for sentences in form.errors.values() for sentence in sentences)
    typed = {**EVENSONG, field: value}
    kept = {name: text for name, text in typed.items() if name not in {"starts_at", "seat_limit"} or name != field}
    assert {name: form.values[name] for name in kept} == kept


def test_seats_are_added_by_labels_and_ranges(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.get(desk)
    response = organizer.post(f"{desk}/seats", {"labels": "A1-A3, b1\nC7", "category": "Stalls", "price": "45,50"})
    seats = scene.rows("SELECT seat_number, name, price FROM seats JOIN categories ON category_id = categories.id")
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
        ({"labels": ""}, 422, ["labels"], "Field required."),
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


def test_a_file_over_six_megabytes_gets_a_sentence_and_not_a_mistake_of_ours(
    scene: Scene, organizer: Browser, desk: str
) -> None:
    organizer.get(desk)
    for size, status in ((7_000_000, 422), (11_000_000, 413)):
        page = upload(organizer, desk, b"zone,row,start,end\n" + b"x" * size, next="/organizer/")
        assert page.status_code == status
        assert scene.rows("SELECT FROM seats") == []
    assert "The request is larger than what is taken here." in words(page)
    other = organizer.post("/sign-in", {"email": "x" * 3_000_000})
    assert other.status_code == 413
    assert "The request is larger than what is taken here." in words(other)


def test_prices_are_set_and_a_hold_keeps_the_price_it_had(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1-A3", "category": "Stalls", "price": "45"})
    category = scene.rows("SELECT id, show_id FROM categories")[0]
    buyer = scene.user()
    held = scene.client(buyer).post(f"/shows/{category['show_id']}/holds", {"seat_numbers": ["A1"]})
    assert held.status_code == 201
    page = organizer.get(desk)
    form = form_to(page, f"{desk}/prices")
    assert form.values[f"price-{category['id']}"] == "45.00"
    response = organizer.post(f"{desk}/prices", {**form.values, f"price-{category['id']}": "0"})
    assert scene.rows("SELECT price FROM categories") == [{"price": 0}]
    assert scene.rows("SELECT price FROM reservations") == [{"price": 4500}]
    assert (response.status_code, response.location) == (303, desk)
    assert [kind for kind, _ in notices(organizer.get(desk))] == ["success"]


def test_a_price_that_cannot_be_comes_back_at_its_field(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1", "category": "Stalls", "price": "45"})
    organizer.get(desk)
    name = f"price-{scene.rows('SELECT id FROM categories')[0]['id']}"
    page = organizer.post(f"{desk}/prices", {name: "dear"})
    assert scene.rows("SELECT price FROM categories") == [{"price": 4500}]
    assert page.status_code == 422
    shown = form_to(page, f"{desk}/prices")
    assert shown.errors == {name: ["Must be an amount, such as 45 or 45.50."]}
    assert shown.values[name] == "dear"


def test_a_price_of_another_show_is_not_touched(scene: Scene, organizer: Browser, desk: str) -> None:
    other = scene.show(price=4500)
    category = scene.rows("SELECT id FROM categories WHERE show_id = %s", other.id)[0]["id"]
    organizer.get(desk)
    assert organizer.post(f"{desk}/prices", {f"price-{category}": "1"}).status_code == 404
    assert scene.rows("SELECT price FROM categories WHERE id = %s", category) == [{"price": 4500}]


def test_an_organizer_sees_who_holds_and_bought_what(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1-A9", "category": "Stalls", "price": "45"})
    show_id = int(desk.rpartition("/")[2])
    ada = scene.user("Ada")
    client = scene.client(ada)
    bought, _held = client.post(f"/shows/{show_id}/holds", {"seat_numbers": ["A1", "A2"]}).json or []
    client.post(f"/reservations/{bought['id']}/confirm")
    text = words(organizer.get(desk))
    assert f"A1 sold Ada {ada.email} 45.00 EUR" in text
    assert "A2 held until" in text
    assert "45.00 EUR sold for" in text or "sold for 45.00 EUR" in text


def test_cancelling_a_show_ends_its_holds_and_keeps_its_sales(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1-A9"})
    show_id = int(desk.rpartition("/")[2])
    client = scene.client(scene.user())
    bought, _held = client.post(f"/shows/{show_id}/holds", {"seat_numbers": ["A1", "A2"]}).json or []
    client.post(f"/reservations/{bought['id']}/confirm")
    organizer.get(desk)
    response = organizer.post(f"{desk}/cancel")
    assert sorted(row["status"] for row in scene.rows("SELECT status FROM reservations")) == ["CANCELLED", "CONFIRMED"]
    assert scene.rows("SELECT cancelled_at IS NOT NULL AS cancelled FROM shows") == [{"cancelled": True}]
    assert (response.status_code, response.location) == (303, desk)
    page = organizer.get(desk)
    assert ("success", "“Evensong” is cancelled: it sells no more, and all holds ended.") in notices(page)
    assert "/cancel" not in page.text
    before = scene.rows("SELECT cancelled_at FROM shows")
    assert organizer.post(f"{desk}/cancel").status_code == 303
    assert scene.rows("SELECT cancelled_at FROM shows") == before


@pytest.mark.parametrize("deed", ["seats", "plan", "prices", "cancel"])
def test_another_organizer_reads_a_refusal_and_changes_nothing(scene: Scene, desk: str, deed: str) -> None:
    rival = scene.browser(scene.user("Rita"))
    rival.get("/organizer/")
    page = rival.post(f"{desk}/{deed}", {"labels": "A1"})
    assert page.status_code == 403
    assert "Only its organizer can do this with a show." in words(page)
    assert "Evensong" not in page.text
    assert scene.rows("SELECT FROM seats") == []
    assert scene.rows("SELECT FROM shows WHERE cancelled_at IS NOT NULL") == []


@pytest.mark.parametrize("deed", ["seats", "plan", "prices", "cancel"])
def test_a_show_that_is_not_there_is_not_found(organizer: Browser, deed: str) -> None:
    page = organizer.post(f"/organizer/shows/12345/{deed}", {"labels": "A1"})
    assert page.status_code == 404
    assert "There is no show 12345." in words(page)
