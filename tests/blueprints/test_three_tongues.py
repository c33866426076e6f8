"""One story, told in three tongues: pages, fragments and JSON do the same to the database, and say the same."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import pytest
from werkzeug.test import TestResponse

from tests.blueprints.reading import notices
from tests.scenes import Browser, Client, Scene
from webapp.services import shows
from webapp.services.asker import Asker

Told = tuple[bool, str]


class Buyer(Protocol):
    """Somebody who buys: each deed tells whether it was a yes, and the sentence of a no."""

    def hold(self, *seat_ids: int) -> Told:
        """Ask for seats."""

    def confirm(self, reservation_id: int) -> Told:
        """Buy a held seat."""

    def release(self, reservation_id: int) -> Told:
        """Give a held seat back."""


@dataclass
class ByPage:
    """A browser without JavaScript, which is sent on and reads what it is told there."""

    browser: Browser
    show: shows.Show

    def hold(self, *seat_ids: int) -> Told:
        return self._post(f"/shows/{self.show.id}/holds", seat_ids=list(seat_ids))

    def confirm(self, reservation_id: int) -> Told:
        return self._post(f"/reservations/{reservation_id}/confirm")

    def release(self, reservation_id: int) -> Told:
        return self._post(f"/reservations/{reservation_id}/release")

    def _post(self, path: str, **form: Any) -> Told:
        back = f"/shows/{self.show.id}"
        response = self.browser.post(path, {**form, "next": back})
        assert (response.status_code, response.location.partition("#")[0]) == (303, back)
        # What the page says anyway, such as why nothing is sold, is there the second time too.
        once = Counter(notices(self.browser.get(back))) - Counter(notices(self.browser.get(back)))
        told = [sentence for kind, sentence in once.elements() if kind == "refusal"]
        return (not told, " ".join(told))


@dataclass
class ByHtmx:
    """A browser with htmx, which gets fragments."""

    browser: Browser
    show: shows.Show

    def hold(self, *seat_ids: int) -> Told:
        return self._told(self.browser.post(f"/shows/{self.show.id}/holds", {"seat_ids": list(seat_ids)}))

    def confirm(self, reservation_id: int) -> Told:
        return self._told(self.browser.post(f"/reservations/{reservation_id}/confirm"))

    def release(self, reservation_id: int) -> Told:
        return self._told(self.browser.post(f"/reservations/{reservation_id}/release"))

    def _told(self, response: TestResponse) -> Told:
        told = [sentence for kind, sentence in notices(response) if kind == "refusal"]
        assert (response.status_code == 200) == (not told)
        assert "<html" not in response.text
        return (not told, " ".join(told))


@dataclass
class ByJson:
    """A program."""

    client: Client
    show: shows.Show

    def hold(self, *seat_ids: int) -> Told:
        return self._told(self.client.post(f"/shows/{self.show.id}/holds", {"seat_ids": list(seat_ids)}))

    def confirm(self, reservation_id: int) -> Told:
        return self._told(self.client.post(f"/reservations/{reservation_id}/confirm"))

    def release(self, reservation_id: int) -> Told:
        return self._told(self.client.post(f"/reservations/{reservation_id}/release"))

    def _told(self, response: TestResponse) -> Told:
        assert response.json is not None
        return (True, "") if response.status_code < 300 else (False, response.json["detail"])


def by_page(scene: Scene, user: Asker, show: shows.Show) -> Buyer:
    """The user with a browser."""
    return ByPage(scene.browser(user), show)


def by_htmx(scene: Scene, user: Asker, show: shows.Show) -> Buyer:
    """The user with a browser that runs htmx."""
    return ByHtmx(scene.browser(user).with_htmx(), show)


def by_json(scene: Scene, user: Asker, show: shows.Show) -> Buyer:
    """The user with a program."""
    return ByJson(scene.client(user), show)


Tongue = Callable[[Scene, Asker, shows.Show], Buyer]
TONGUES = pytest.mark.parametrize("tongue", [by_page, by_htmx, by_json])
YES = (True, "")


@TONGUES
def test_two_buyers_want_one_seat(scene: Scene, tongue: Tongue) -> None:
    show, ada, bert = scene.show(seats="A1-A6"), scene.user("Ada"), scene.user("Bert")
    first, second = tongue(scene, ada, show), tongue(scene, bert, show)
    seats = {row["seat_number"]: row["id"] for row in scene.rows("SELECT id, seat_number FROM seats")}

    assert first.hold(seats["A1"]) == YES
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert second.hold(seats["A1"]) == (False, "Somebody was faster: seat A1 is held by another buyer.")
    assert first.hold(seats["A1"]) == YES
    assert scene.statuses(show) == {"A1": ["HELD"]}

    for _ in range(2):
        assert first.release(latest(scene, ada)) == YES
        assert scene.statuses(show) == {"A1": ["CANCELLED"]}
    assert first.confirm(latest(scene, ada)) == (False, "Your hold on seat A1 was released.")

    assert second.hold(seats["A1"]) == YES
    assert first.confirm(latest(scene, bert)) == (False, f"You have no reservation {latest(scene, bert)}.")
    for _ in range(2):
        assert second.confirm(latest(scene, bert)) == YES
        assert scene.statuses(show) == {"A1": ["CANCELLED", "CONFIRMED"]}
    assert second.release(latest(scene, bert)) == (False, "You have bought seat A1: a confirmed seat is not released.")
    assert first.hold(seats["A1"]) == (False, "Somebody was faster: seat A1 is sold.")
    assert second.hold(seats["A1"]) == (False, "You have already bought seat A1.")
    assert scene.statuses(show) == {"A1": ["CANCELLED", "CONFIRMED"]}


@TONGUES
def test_several_seats_are_held_together_or_not_at_all(scene: Scene, tongue: Tongue) -> None:
    show, ada, bert = scene.show(seats="A1-A4", seat_limit=3), scene.user("Ada"), scene.user("Bert")
    first, second = tongue(scene, ada, show), tongue(scene, bert, show)
    a1, a2, a3, a4 = (row["id"] for row in scene.rows("SELECT id FROM seats ORDER BY id"))
    assert first.hold(a2, a1) == YES
    assert second.hold(a3, a2, a1) == (False, "Somebody was faster: seats A1, A2 are taken. Nothing was held.")
    assert first.hold(a1, a2, a3) == YES
    assert first.hold(a4) == (
        False,
        "One buyer can have at most 3 seats in this show. Release one to take another.",
    )
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"], "A3": ["HELD"]}


@TONGUES
def test_a_hold_that_lapsed_is_not_confirmed(scene: Scene, tongue: Tongue) -> None:
    show, ada = scene.show(seats="A1-A4"), scene.user("Ada")
    buyer = tongue(scene, ada, show)
    held = scene.hold(ada, show, "A1")[0]
    scene.lapse(held)
    assert buyer.confirm(held.id) == (
        False,
        "Your hold on seat A1 ended before it was confirmed. Hold again if it is still free.",
    )
    assert scene.statuses(show) == {"A1": ["EXPIRED"]}


@TONGUES
def test_a_show_that_has_begun_sells_nothing(scene: Scene, tongue: Tongue) -> None:
    show, ada = scene.show(seats="A1-A4"), scene.user("Ada")
    buyer = tongue(scene, ada, show)
    scene.begin(show)
    seat_id = scene.rows("SELECT id FROM seats ORDER BY id")[0]["id"]
    assert buyer.hold(seat_id) == (False, "This show has begun: its seats are no longer sold.")
    assert scene.statuses(show) == {}


@pytest.mark.parametrize(("tongue", "through"), [(by_page, "page"), (by_htmx, "page"), (by_json, "api")])
def test_the_history_knows_who_did_it_and_through_what(scene: Scene, tongue: Tongue, through: str) -> None:
    show, ada = scene.show(seats="A1"), scene.user("Ada")
    buyer = tongue(scene, ada, show)
    buyer.hold(scene.rows("SELECT id FROM seats")[0]["id"])
    buyer.confirm(latest(scene, ada))
    changes = scene.rows("SELECT status, changed_by, changed_through FROM reservation_changes ORDER BY id")
    assert [tuple(change.values()) for change in changes] == [
        ("HELD", ada.id, through),
        ("CONFIRMED", ada.id, through),
    ]


def latest(scene: Scene, user: Asker) -> int:
    """The id of the user's newest reservation."""
    found: int = scene.rows("SELECT max(id) AS id FROM reservations WHERE user_id = %s", user.id)[0]["id"]
    return found
