"""A guest's basket, on the page it is seen on."""

import re

from tests.blueprints.guests.cast import (
    seat_id,
)
from tests.blueprints.reading import partials, words
from tests.scenes import Scene
from webapp.services import reservations


def test_the_basket_alone_is_for_htmx_and_programs_and_a_browser_finds_it_on_the_page(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    live, lapsed = scene.hold(buyer, show, "A1", "A2")
    scene.lapse(lapsed)
    browser = scene.browser(buyer)
    led = browser.get(f"/shows/{show.id}/basket")
    assert (led.status_code, led.location) == (303, f"/shows/{show.id}")
    fragment = browser.with_htmx().get(f"/shows/{show.id}/basket")
    assert partials(fragment)[:3] == [f"#seat-{live.seat_id}", f"#seat-{lapsed.seat_id}", "#basket"]
    assert "#notice" not in partials(fragment)
    assert "#refusal" not in partials(fragment)
    assert [one["id"] for one in scene.client(buyer).get(f"/shows/{show.id}/basket").json or ()] == [live.id]


def test_a_page_learns_how_the_seats_stand_that_it_still_shows_as_its_readers(scene: Scene) -> None:
    show, other = scene.show(), scene.user()
    [held, sold] = scene.hold(other, show, "A1", "A2")
    reservations.confirm(other, sold.id)
    free = seat_id(scene, show, "A3")
    shown = [held.seat_id, sold.seat_id, free, 999_999_999_999_999_999_999, "x"]
    for asking in (scene.browser(), scene.browser(scene.user())):
        address = f"/shows/{show.id}/basket?" + "&".join(f"seat_ids={seat}" for seat in shown)
        answer = asking.with_htmx().get(address)
        for seat, state in ((held.seat_id, "held"), (sold.seat_id, "sold"), (free, "available")):
            assert re.search(f'id="seat-{seat}"[^>]* data-availability="{state}"', answer.text)


def test_seats_whose_time_was_over_are_offered_again_by_a_plain_form(scene: Scene) -> None:
    show, buyer = scene.show(price=1000), scene.user()
    mine, lost = scene.hold(buyer, show, "A1", "A2")
    scene.lapse(mine, lost)
    page = scene.browser(buyer).get(f"/shows/{show.id}")
    assert "row A, seat 1: free again" not in words(page), "an hour ago is long ago"
    with scene.history() as connection:
        ended = "SET created_at = now() - interval '11 minutes', hold_expiry = now() - interval '1 minute'"
        connection.execute(f"UPDATE reservations {ended}")
    scene.hold(scene.user(), show, "A2")
    browser = scene.browser(buyer)
    page = browser.get(f"/shows/{show.id}")
    assert "row A, seat 1: free again row A, seat 2: somebody else has it now" in words(page)
    assert "Take the free one again, 10.00 EUR" in words(page)
    browser.post(f"/shows/{show.id}/holds", {"seat_ids": mine.seat_id})
    assert scene.statuses(show)["A1"][-1] == "HELD"
    assert "free again" not in words(browser.get(f"/shows/{show.id}"))


def test_five_more_minutes_are_had_once_in_every_tongue(scene: Scene) -> None:
    show = scene.show()
    for through in ("page", "htmx", "json"):
        buyer = scene.user()
        [held] = scene.hold(buyer, show, f"A{1 + len(scene.statuses(show))}")
        browser = scene.browser(buyer)
        assert "5 more minutes" in words(browser.get(f"/shows/{show.id}"))
        for _ in range(2):
            if through == "json":
                [answer] = scene.client(buyer).post(f"/shows/{show.id}/basket/extend").json or ()
                assert answer["id"] == held.id
            else:
                asking = browser.with_htmx() if through == "htmx" else browser
                response = asking.post(f"/shows/{show.id}/basket/extend")
                assert response.status_code == (200 if through == "htmx" else 303)
                browser.htmx = False
            [row] = scene.rows("SELECT hold_expiry - created_at AS life FROM reservations WHERE id = %s", held.id)
            assert row["life"].total_seconds() == 15 * 60
        assert "5 more minutes" not in words(browser.get(f"/shows/{show.id}"))
