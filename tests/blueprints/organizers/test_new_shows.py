"""A new show through its form: when it starts by the clocks at the venue, and a form that cannot be comes back."""

import pytest

from tests.blueprints.organizers.conftest import EVENSONG
from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Browser, Scene


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
    assert notices(page) == [("success", "“Evensong” is a draft, which only you see. Now its seats.")]
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
