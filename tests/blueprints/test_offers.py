"""Offers as buttons beside a notice, and the line that finds seats together; with htmx and without."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.blueprints.reading import notices, partials, words
from tests.scenes import Browser, Scene
from tests.services.offers.halls import hall, id_of, minding
from webapp.services.shows import Show

OFFER = re.compile(r'<form method="post" action="(/shows/\d+/holds)"(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def offered(response: TestResponse) -> list[tuple[str, str, dict[str, list[str]]]]:
    """The offers of an answer: where each form goes, what its button says, and what it sends."""
    found = []
    for action, inside in OFFER.findall(response.text):
        if 'class="offer"' not in inside:
            continue
        fields: dict[str, list[str]] = {}
        for name, value in HIDDEN.findall(inside):
            fields.setdefault(name, []).append(value)
        said = re.search(r'<span class="offer-words">(.*?)</span>', inside)
        assert said
        found.append((action, said[1], fields))
    return found


def press(browser: Browser, show: Show, *seats: int, **more: Any) -> TestResponse:
    """Press seats of the map."""
    return browser.post(
        f"/shows/{show.id}/holds", {"seat_ids": list(seats), "next": f"/shows/{show.id}#seat-map", **more}
    )


def accept(browser: Browser, offer: tuple[str, str, dict[str, list[str]]]) -> TestResponse:
    """Press the button of an offer."""
    action, _, fields = offer
    return browser.post(action, {name: values for name, values in fields.items() if name != "csrf_token"})


def test_without_htmx_the_offers_wait_on_the_page_and_are_held_by_one_press(scene: Scene) -> None:
    show = hall(scene, {"A": "..x"})
    browser = scene.browser(scene.user())
    response = press(browser, show, id_of(scene, show, "A3"))
    assert (response.status_code, response.location) == (303, f"/shows/{show.id}#seat-map")
    page = browser.get(response.location)
    assert [kind for kind, _ in notices(page)] == ["refusal"]
    assert [said for _, said, _ in offered(page)] == ["row A, seat 2", "row A, seat 1"]
    assert offered(browser.get(response.location)) == []  # told once
    accepted = accept(browser, offered(page)[0])
    assert scene.statuses(show) == {"A3": ["CONFIRMED"], "A2": ["HELD"]}
    assert accepted.status_code == 303
    assert accepted.location.startswith(f"/shows/{show.id}")


def test_with_htmx_the_offers_stand_in_the_refusal_and_are_held_by_one_press(scene: Scene) -> None:
    show = hall(scene, {"A": "..x"})
    browser = scene.browser(scene.user()).with_htmx()
    response = press(browser, show, id_of(scene, show, "A3"))
    assert response.status_code == 409
    assert [said for _, said, _ in offered(response)] == ["row A, seat 2", "row A, seat 1"]
    assert 'hx-boost="true"' in response.text
    accepted = accept(browser, offered(response)[0])
    assert scene.statuses(show) == {"A3": ["CONFIRMED"], "A2": ["HELD"]}
    assert (accepted.status_code, offered(accepted), notices(accepted)) == (200, [], [])


def test_a_search_holds_the_best_seats_and_says_where_they_are(scene: Scene) -> None:
    show = hall(scene, {"A": "....", "B": "...."}, prices={"A": 9000, "B": 4500})
    browser = scene.browser(scene.user())
    browser.get(f"/shows/{show.id}")
    wishes = {"seats": "2", "price_at_most": "4500", "category": "", "next": f"/shows/{show.id}#seat-map"}
    response = browser.post(f"/shows/{show.id}/best-available", wishes)
    assert scene.statuses(show) == {"B2": ["HELD"], "B3": ["HELD"]}
    assert (response.status_code, response.location) == (303, f"/shows/{show.id}#seat-map")
    assert notices(browser.get(response.location)) == [("success", "Held for you: row B, seats 2 and 3.")]


def test_with_htmx_a_search_answers_with_its_seats_and_the_basket(scene: Scene) -> None:
    show = hall(scene, {"A": "...."})
    response = scene.browser(scene.user()).with_htmx().post(f"/shows/{show.id}/best-available", {"seats": "2"})
    assert scene.statuses(show) == {"A2": ["HELD"], "A3": ["HELD"]}
    assert response.status_code == 200
    assert {f"#seat-{id_of(scene, show, seat)}" for seat in ("A2", "A3")} <= set(partials(response))
    assert notices(response) == [("success", "Held for you: row A, seats 2 and 3.")]


@pytest.mark.parametrize("htmx", [True, False])
def test_a_search_in_vain_offers_the_compromise(scene: Scene, htmx: bool) -> None:  # noqa: FBT001
    show = hall(scene, {"A": "x..x..", "B": "x..xxx"})
    browser = scene.browser(scene.user())
    browser.htmx = htmx
    response = browser.post(f"/shows/{show.id}/best-available", {"seats": "4", "next": f"/shows/{show.id}"})
    told = response if htmx else browser.get(response.location)
    assert offered(told)[0][1] == "2 + 2, directly behind each other, rows A and B"
    accept(browser, offered(told)[0])
    held = {seat for seat, statuses in scene.statuses(show).items() if statuses == ["HELD"]}
    assert held == {"A2", "A3", "B2", "B3"}


@pytest.mark.parametrize(
    "wishes", [{"seats": "0"}, {"seats": "500"}, {"seats": "two"}, {}, {"seats": "2", "category": "X"}]
)
def test_a_search_that_cannot_be_gets_a_sentence_and_holds_nothing(scene: Scene, wishes: dict[str, str]) -> None:
    show = hall(scene, {"A": "...."})
    response = scene.browser(scene.user()).with_htmx().post(f"/shows/{show.id}/best-available", wishes)
    assert response.status_code == 422
    assert [kind for kind, _ in notices(response)] == ["refusal"]
    assert scene.statuses(show) == {}


def test_a_visitor_may_leave_the_choice_to_us(scene: Scene) -> None:
    show = hall(scene, {"A": "...."})
    browser = scene.browser()
    browser.get(f"/shows/{show.id}")
    assert browser.post(f"/shows/{show.id}/best-available", {"seats": "2"}).status_code == 303
    assert scene.statuses(show) == {"A2": ["HELD"], "A3": ["HELD"]}


@pytest.mark.parametrize("htmx", [True, False])
def test_a_show_that_warns_offers_the_seat_left_over_after_the_hold(scene: Scene, htmx: bool) -> None:  # noqa: FBT001
    show = minding(scene, hall(scene, {"A": "x" + "." * 19}), "warn")
    browser = scene.browser(scene.user())
    browser.htmx = htmx
    response = press(browser, show, id_of(scene, show, "A3"))
    told = response if htmx else browser.get(response.location)
    assert [kind for kind, _ in notices(told)] == ["success"]
    assert [said for _, said, _ in offered(told)] == ["Add seat A2"]
    accept(browser, offered(told)[0])
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["HELD"], "A3": ["HELD"]}


def test_offers_too_long_for_a_cookie_are_left_out(scene: Scene) -> None:
    show = hall(scene, {"A": "x" * 90, "B": "." * 60 + "x" + "." * 60, "C": "." * 60 + "x" + "." * 60}, seat_limit=100)
    browser = scene.browser(scene.user())
    response = browser.post(f"/shows/{show.id}/best-available", {"seats": "100", "next": f"/shows/{show.id}"})
    assert response.status_code == 303
    assert "No 100 seats are free side by side any more." in words(browser.get(response.location))
