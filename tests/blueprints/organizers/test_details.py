"""Details, dates and pictures through their forms, in one tab and in two."""

import io
import re

import pytest

from tests.blueprints.organizers.conftest import EVENSONG
from tests.blueprints.reading import form_to, notices, words
from tests.pictures import picture_file
from tests.scenes import Browser, Scene

FOLD = "2027-10-31T03:30"


def test_of_two_tabs_the_second_keeps_what_was_typed_and_takes_up_what_it_had_not_touched(
    scene: Scene, organizer: Browser, desk: str
) -> None:
    first = form_to(organizer.get(f"{desk}/details"), f"{desk}/details").values
    second = dict(first)
    organizer.post(f"{desk}/details", {**first, "title": "Matins", "seat_limit": "6"})
    page = organizer.post(f"{desk}/details", {**second, "title": "Vespers"})
    assert page.status_code == 409
    assert scene.rows("SELECT title, seat_limit FROM shows") == [{"title": "Matins", "seat_limit": 6}]
    assert "You changed this show (title, seats per buyer) since you opened it." in words(page)
    again = form_to(page, f"{desk}/details").values
    assert (again["title"], again["seat_limit"], again["edition"]) == (
        "Vespers",
        "6",
        str(scene.edition(show_of(desk))),
    )
    assert organizer.post(f"{desk}/details", again).status_code == 303
    assert scene.rows("SELECT title, seat_limit FROM shows") == [{"title": "Vespers", "seat_limit": 6}]


def test_buyers_are_counted_before_the_start_changes(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1-A9"})
    scene.client(scene.user()).post(f"/shows/{show_of(desk)}/holds", {"seat_numbers": ["A1", "A2"]})
    form = form_to(organizer.get(f"{desk}/details"), f"{desk}/details").values
    page = organizer.post(f"{desk}/details", {**form, "starts_at": "2027-05-02T19:30"})
    assert page.status_code == 200
    assert "1 buyer has 2 seats of this show" in words(page)
    assert "Sun 2 May 2027, 19:30" in words(page)
    assert scene.edition(show_of(desk)) == int(form["edition"]), "nothing is changed yet"
    confirmed = {**form, "starts_at": "2027-05-02T19:30", "confirmed": "y"}
    assert organizer.post(f"{desk}/details", confirmed).status_code == 303
    assert scene.edition(show_of(desk)) == int(form["edition"]) + 1


@pytest.mark.parametrize(("fold", "means"), [("0", "00:30:00+00:00"), ("1", "01:30:00+00:00")])
def test_of_a_time_that_comes_twice_one_says_which(scene: Scene, organizer: Browser, fold: str, means: str) -> None:
    page = organizer.post("/organizer/shows/new", {**EVENSONG, "starts_at": FOLD})
    assert page.status_code == 422
    assert "Happens twice that night" in words(page)
    assert "Which of the two?" in words(page)
    assert (
        organizer.post("/organizer/shows/new", {**EVENSONG, "starts_at": FOLD, "starts_at_fold": fold}).status_code
        == 303
    )
    assert scene.rows("SELECT starts_at FROM shows")[0]["starts_at"].isoformat() == f"2027-10-31T{means}"


def test_dates_by_weekdays_and_one_by_one_are_seen_before_they_are_made(
    scene: Scene, organizer: Browser, desk: str
) -> None:
    organizer.get(desk)
    asked = {"weekdays": "4", "first_day": "2027-06-01", "last_day": "2027-06-14", "times": "15:00, 19:30"}
    page = organizer.post(f"{desk}/dates", {**asked, "dates": "2027-05-01\n24.12.2027 18:00"})
    assert page.status_code == 200
    assert "5 new dates, 1 there already" in words(page)
    for moment in ("Fri 4 June 2027, 15:00", "Fri 11 June 2027, 19:30", "Fri 24 December 2027, 18:00"):
        assert moment in words(page)
    assert len(scene.rows("SELECT FROM shows")) == 1
    response = organizer.post(f"{desk}/dates/confirm", {"starts": "2027-06-04T15:00:00+03:00"})
    assert response.status_code == 303
    assert "1 copy is a draft now." in words(organizer.get("/organizer/"))
    assert len(scene.rows("SELECT FROM shows WHERE published_at IS NULL")) == 1


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "Choose days of the week with a first and a last day, or write dates."),
        ({"dates": "2027-13-01"}, "Line 1, “2027-13-01”, is no date."),
        ({"dates": "2027-03-28 03:30"}, "2027-03-28 03:30 must be a time that exists at the venue"),
        ({"dates": FOLD.replace("T", " ")}, "Write it among the dates as “2027-10-31 03:30 first”"),
        ({"weekdays": "1"}, "Say from which day to which."),
        ({"weekdays": "1", "first_day": "2027-06-02", "last_day": "2027-06-01"}, "The last day must be the first"),
        ({"dates": "2027-06-01", "times": "dawn", "weekdays": "1"}, "Say from which day to which."),
        ({"dates": "2001-01-01"}, "is over already"),
    ],
)
def test_dates_that_cannot_be_come_back_with_a_sentence(
    scene: Scene, organizer: Browser, desk: str, asked: dict[str, str], sentence: str
) -> None:
    organizer.get(desk)
    page = organizer.post(f"{desk}/dates", asked)
    assert page.status_code == 422
    assert sentence in words(page)
    assert len(scene.rows("SELECT FROM shows")) == 1


def test_the_picture_of_a_draft_is_seen_by_its_organizers_browser_alone(scene: Scene, organizer: Browser) -> None:
    path = str(organizer.post("/organizer/shows/new", EVENSONG).location)
    form = {"edition": "1", "alt": "A <lamp>", "picture": (io.BytesIO(picture_file(64, 40)), "lamp.png")}
    organizer.get(path)
    assert organizer.post(f"{path}/picture", form).status_code == 303
    page = organizer.get(f"/shows/{show_of(path)}")
    assert 'alt="A &lt;lamp&gt;" width="64" height="40" loading="lazy"' in page.text
    assert "This is a draft" in words(page)
    [picture] = scene.rows("SELECT id FROM pictures")
    # As an image is asked for: nothing about HTML, but with the cookie.
    seen = organizer.flask.get(f"/pictures/{picture['id']}", headers={"Accept": "image/webp,*/*"})
    assert (seen.status_code, seen.headers["Cache-Control"]) == (200, "private, no-cache")
    assert scene.app.test_client().get(f"/pictures/{picture['id']}").status_code == 404


def test_what_is_announced_is_escaped_in_paragraphs_and_says_when_it_sells(
    scene: Scene, organizer: Browser, desk: str
) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1"})
    form = form_to(organizer.get(f"{desk}/details"), f"{desk}/details").values
    more = {"description": "<b>One</b>\r\n\r\nTwo", "on_sale_at": "2027-04-01T10:00"}
    assert organizer.post(f"{desk}/details", {**form, **more}).status_code == 303
    page = scene.browser().get(f"/shows/{show_of(desk)}")
    assert "<p>&lt;b&gt;One&lt;/b&gt;</p>" in page.text
    assert "Seats go on sale on Thu 1 April 2027, 10:00 (Helsinki time)." in words(page)
    assert "On sale from Thu 1 April 2027, 10:00" in words(scene.browser().get("/shows/"))


def show_of(desk: str) -> int:
    """The id of the show at this desk."""
    return int(desk.rpartition("/")[2])


def test_who_marks_no_date_is_told_so_and_still_has_them_all(organizer: Browser, desk: str) -> None:
    seen = organizer.post(f"{desk}/dates", {"dates": "2027-06-04 15:00\n2027-06-05 15:00"})
    planned = re.findall(r'name="planned" value="([^"]+)"', seen.text)
    assert len(planned) == 2
    response = organizer.post(f"{desk}/dates/confirm", {"planned": planned})
    assert response.status_code == 422
    assert ("refusal", "Mark at least one date.") in notices(response)
    assert re.findall(r'name="starts" value="([^"]+)"', response.text) == planned
    assert " checked" not in response.text
    assert organizer.post(f"{desk}/dates/confirm", {"planned": planned, "starts": planned[1]}).status_code == 303


def test_who_marks_no_draft_is_told_so_and_what_was_marked_stays(scene: Scene, organizer: Browser, desk: str) -> None:
    drafts = [int(organizer.post("/organizer/shows/new", EVENSONG).location.rpartition("/")[2]) for _ in range(2)]
    nothing = organizer.post("/organizer/drafts/publish")
    assert nothing.status_code == 422
    assert ("refusal", "Mark at least one show to be published.") in notices(nothing)
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET starts_at = now() WHERE id = %s", (drafts[0],))
    late = organizer.post("/organizer/drafts/publish", {"show_ids": [str(one) for one in drafts]})
    assert late.status_code == 409
    assert re.findall(r'value="(\d+)"[^>]* checked', late.text) == [str(drafts[1])]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": "x" * 201}, "This may have at most 200 characters."),
        ({"seat_limit": "many"}, "This must be a whole number."),
        ({"seat_limit": "1001"}, "This may be at most 1,000."),
        ({"hold_minutes": "0"}, "This must be at least 1."),
    ],
)
def test_what_is_wrong_with_a_field_is_said_in_words_for_people(
    organizer: Browser, typed: dict[str, str], sentence: str
) -> None:
    page = organizer.post("/organizer/shows/new", {**EVENSONG, **typed})
    assert page.status_code == 422
    [field] = typed
    assert form_to(page, "/organizer/shows/new").errors[field] == [sentence]
