"""A stranger holds seats at the first click, and is one guest."""

from tests.blueprints.guests.cast import guest_with, seat_id
from tests.blueprints.reading import words
from tests.scenes import Scene


def test_looking_at_a_show_makes_nobody(scene: Scene) -> None:
    show, browser = scene.show(), scene.browser()
    before = scene.rows("SELECT count(*) FROM users")
    for path in (f"/shows/{show.id}", f"/shows/{show.id}/basket", "/shows/", "/sign-in"):
        browser.get(path)
    assert scene.rows("SELECT count(*) FROM users") == before


def test_a_stranger_holds_seats_at_once_and_is_one_guest(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1", "A2")
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}
    [guest] = scene.rows("SELECT name, email, password, guest_address FROM users WHERE is_guest")
    assert (guest["name"], guest["email"], guest["password"]) == ("Guest", None, None)
    assert "127" not in guest["guest_address"]
    page = browser.get(f"/shows/{show.id}")
    assert "Confirm all 2 seats" in words(page)
    assert "Sign in" in words(page)
    assert "Sign out" not in words(page)


def test_two_first_clicks_at_once_are_one_guests(scene: Scene) -> None:
    show, browser = scene.show(), scene.browser()
    browser.get(f"/shows/{show.id}")
    before = browser.flask.get_cookie("holdfast")
    assert before
    for number in ("A1", "A2"):
        browser.flask.set_cookie("holdfast", before.value)  # neither has had the answer to the other
        browser.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id(scene, show, number)})
    assert len(scene.rows("SELECT DISTINCT user_id FROM reservations")) == 1
    assert "Confirm all 2 seats" in words(browser.get(f"/shows/{show.id}"))


def test_a_client_is_never_a_guest(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    for path in (f"/shows/{show.id}/holds", f"/v1/shows/{show.id}/holds"):
        answer = browser.flask.post(path, json={"seat_numbers": ["A2"]})
        assert answer.status_code == 401
    assert browser.flask.get("/v1/reservations/").status_code == 401


def test_a_guest_sees_and_releases_their_seats_and_confirms_and_organizes_nothing(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1", "A2")
    first, second = (row["id"] for row in scene.rows("SELECT id FROM reservations ORDER BY id"))
    assert "row A, seat 1" in words(browser.get("/reservations/"))
    for path in (f"/reservations/{first}/confirm", "/organizer/shows/new", "/account/delete"):
        led = browser.post(path)
        assert (led.status_code, led.location.partition("?")[0]) == (303, "/sign-in")
    browser.post(f"/reservations/{second}/release")
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["CANCELLED"]}


def test_guests_of_one_address_do_not_hoard(scene: Scene) -> None:
    show = scene.show(seats="A1-A30")
    for number in range(1, 21, 10):
        guest_with(scene, show, *(f"A{one}" for one in range(number, number + 10)))
    browser = scene.browser()
    browser.get(f"/shows/{show.id}")
    refused = browser.with_htmx().post(f"/shows/{show.id}/holds", {"seat_ids": seat_id(scene, show, "A21")})
    assert len(scene.statuses(show)) == 20
    assert refused.status_code == 409
    assert "Sign in or sign up to hold more" in words(refused)
    scene.hold(scene.user(), show, "A21")


def test_a_refused_press_makes_no_guest_and_a_line_break_breaks_nothing(scene: Scene) -> None:
    show, browser = scene.show(), scene.browser()
    browser.get(f"/shows/{show.id}")
    browser.post(f"/shows/{show.id}/holds", {"seat_ids": "x"})
    assert scene.rows("SELECT FROM users WHERE is_guest") == []
    seat = seat_id(scene, show, "A1")
    answer = browser.post(f"/shows/{show.id}/holds", {"seat_ids": f"{seat}\n", "next": f"/shows/{show.id}"})
    assert (answer.status_code, answer.location) == (303, f"/shows/{show.id}#seat-{seat}")
