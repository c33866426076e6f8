"""A show's page: its map and basket, whole and in the parts that htmx swaps."""

import re

import pytest

from tests.blueprints.reading import form_to, notices, partials, seat, words
from tests.scenes import Scene
from webapp.services import shows


def test_a_buyer_sees_how_every_seat_stands(scene: Scene) -> None:
    show, buyer, other = scene.show(seats="A1-A5"), scene.user(), scene.user()
    mine, bought = scene.hold(buyer, show, "A1", "A2")
    scene.client(buyer).post(f"/reservations/{bought.id}/confirm")
    theirs, sold = scene.hold(other, show, "A3", "A4")
    scene.client(other).post(f"/reservations/{sold.id}/confirm")
    page = scene.browser(buyer).get(f"/shows/{show.id}").text
    assert 'data-availability="yours"' in seat(page, mine.seat_id)
    assert f'formaction="/reservations/{mine.id}/release"' in seat(page, mine.seat_id)
    taken = 'type="button" aria-disabled="true"'
    assert f'data-availability="yours" {taken} data-confirmed' in seat(page, bought.seat_id)
    assert f'data-availability="held" {taken}' in seat(page, theirs.seat_id)
    assert f'data-availability="sold" {taken}' in seat(page, sold.seat_id)
    free = scene.rows("SELECT id FROM seats WHERE seat_number = 'A5'")[0]["id"]
    assert f'value="{free}"' in seat(page, free)
    assert 'data-availability="available" name="seat_ids"' in seat(page, free)
    assert 'aria-label="row A, seat 5, 45.00 EUR, available"' in seat(page, free)


def test_a_stranger_sees_nobodys_seats_as_theirs_and_no_names(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user("Ada Lovelace")
    scene.hold(buyer, show, "A1")
    page = scene.browser().get(f"/shows/{show.id}")
    assert page.status_code == 200
    assert "Ada" not in page.text
    assert buyer.email not in page.text
    assert not re.search(r'<button[^>]*data-availability="yours"', page.text)


def test_a_lapsed_hold_is_free_on_the_map(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1")[0]
    scene.lapse(held)
    for browser in (scene.browser(), scene.browser(buyer)):
        assert 'data-availability="available"' in seat(browser.get(f"/shows/{show.id}").text, held.seat_id)


def test_the_basket_counts_down_by_the_servers_clock(scene: Scene) -> None:
    show, buyer = scene.show(price=4550), scene.user()
    first = scene.hold(buyer, show, "A1", minutes=5)[0]
    scene.hold(buyer, show, "A2", minutes=15)
    page = scene.browser(buyer).get(f"/shows/{show.id}")
    assert f'data-deadline="{first.hold_expiry.isoformat()}"' in page.text
    assert re.search(r'data-now="\d{4}-[^"]+\+00:00"', page.text)
    assert "91.00 EUR" in words(page)
    assert "Confirm all 2 seats" in words(page)


def test_a_form_of_the_page_holds_the_seat_of_the_pressed_button(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    browser = scene.browser(buyer)
    page = browser.get(f"/shows/{show.id}")
    form = form_to(page, f"/shows/{show.id}/holds")
    seat_id = scene.rows("SELECT id FROM seats WHERE seat_number = 'A7'")[0]["id"]
    response = browser.flask.post(
        form.action, data={**form.values, "seat_ids": seat_id}, headers={"Accept": "text/html"}
    )
    assert scene.statuses(show) == {"A7": ["HELD"]}
    assert (response.status_code, response.location) == (303, f"/shows/{show.id}#seat-{seat_id}")


def test_a_form_of_the_page_confirms_the_whole_basket(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1", "A2", "A3")
    browser = scene.browser(buyer)
    response = browser.post(f"/shows/{show.id}/basket/confirm", {"reservation_ids": [one.id for one in held]})
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CONFIRMED"], "A3": ["CONFIRMED"]}
    assert (response.status_code, response.location) == (303, f"/shows/{show.id}")
    assert notices(browser.get(response.location)) == [("success", "Seats A1, A2, A3: yours. Enjoy the show.")]


def test_a_basket_with_a_lapsed_hold_is_not_confirmed_at_all(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1", "A2")
    scene.lapse(held[1])
    browser = scene.browser(buyer).with_htmx()
    response = browser.post(f"/shows/{show.id}/basket/confirm", {"reservation_ids": [one.id for one in held]})
    assert "CONFIRMED" not in {status for seat in scene.statuses(show).values() for status in seat}
    assert response.status_code == 409
    assert [kind for kind, _ in notices(response)] == ["refusal"]
    assert "seat A2" in notices(response)[0][1]
    assert partials(response)[:2] == [f"#seat-{one.seat_id}" for one in held]


def test_htmx_gets_the_seat_the_basket_and_the_notice(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    browser = scene.browser(buyer).with_htmx()
    seat_id = scene.rows("SELECT id FROM seats WHERE seat_number = 'A7'")[0]["id"]
    response = browser.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id})
    assert scene.statuses(show) == {"A7": ["HELD"]}
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert partials(response)[:3] == [f"#seat-{seat_id}", "#basket", "#basket-bar"]
    assert partials(response)[-2:] == ["#notice", "#refusal"]
    assert 'data-availability="yours"' in seat(response.text, seat_id)
    assert "<html" not in response.text
    assert notices(response) == []


def test_htmx_that_comes_second_sees_the_truth_about_the_seat(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    held = scene.hold(other, show, "A7")[0]
    response = scene.browser(buyer).with_htmx().post(f"/shows/{show.id}/holds", {"seat_ids": held.seat_id})
    assert scene.statuses(show) == {"A7": ["HELD"]}
    assert response.status_code == 409
    assert partials(response)[0] == f"#seat-{held.seat_id}"
    assert 'data-availability="held"' in seat(response.text, held.seat_id)
    assert notices(response) == [("refusal", "Somebody was faster: seat A7 is held by another buyer.")]


@pytest.mark.parametrize("verb", ["confirm", "release"])
def test_htmx_sees_what_became_of_a_seat_that_lapsed(scene: Scene, verb: str) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    held = scene.hold(buyer, show, "A7")[0]
    scene.lapse(held)
    scene.hold(other, show, "A7")
    response = scene.browser(buyer).with_htmx().post(f"/reservations/{held.id}/{verb}")
    assert scene.statuses(show) == {"A7": ["EXPIRED", "HELD"]}
    assert response.status_code == 409
    assert 'data-availability="held"' in seat(response.text, held.seat_id)


def test_what_is_refused_for_another_reason_redraws_nothing(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    browser = scene.browser(buyer).with_htmx()
    for form in ({"seat_ids": "abc"}, {"seat_ids": "999999"}, {}, {"seat_ids": "1", "hold_minutes": "99"}):
        response = browser.post(f"/shows/{show.id}/holds", form)
        assert response.status_code in {404, 422}
        assert partials(response) == ["#notice", "#refusal"]
        assert [kind for kind, _ in notices(response)] == ["refusal"]
    assert scene.statuses(show) == {}


def test_htmx_that_is_nobodys_yet_holds_a_seat_as_a_guest(scene: Scene) -> None:
    show = scene.show()
    seat_id = scene.rows("SELECT id FROM seats WHERE seat_number = 'A7'")[0]["id"]
    browser = scene.browser()
    browser.get(f"/shows/{show.id}")
    response = browser.with_htmx().post(f"/shows/{show.id}/holds", {"seat_ids": seat_id})
    assert scene.statuses(show) == {"A7": ["HELD"]}
    assert 'data-availability="yours"' in seat(response.text, seat_id)
    assert "#basket-details" not in partials(response), "what a guest types is left alone"


def test_htmx_that_asks_for_the_page_again_gets_the_whole_page(scene: Scene) -> None:
    show = scene.show()
    response = scene.app.test_client().get(
        f"/shows/{show.id}", headers={"HX-Request": "true", "HX-Request-Type": "full"}
    )
    assert response.status_code == 200
    assert 'id="live"' in response.text


def test_a_page_says_why_nothing_is_sold(scene: Scene) -> None:
    organizer = scene.user()
    cancelled, begun, empty = scene.show(organizer), scene.show(organizer), scene.show(organizer, seats="")
    shows.cancel(organizer, cancelled.id)
    scene.begin(begun)
    for show, sentence in (
        (cancelled, "This show was cancelled."),
        (begun, "This show has begun: its seats are no longer sold."),
        (empty, "The seats are not on sale yet"),
    ):
        page = scene.browser().get(f"/shows/{show.id}")
        assert page.status_code == 200
        assert sentence in words(page)


def test_a_basket_that_would_be_anothers_is_not_found(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    held = scene.hold(buyer, show, "A1")[0]
    for browser in (scene.browser(other), scene.browser(other).with_htmx()):
        response = browser.post(f"/shows/{show.id}/basket/confirm", {"reservation_ids": held.id})
        assert response.status_code == 404
    assert scene.statuses(show) == {"A1": ["HELD"]}
