"""How a hold ends over v1: confirmed, released, expired; and who may read of it."""

import pytest
from werkzeug.test import TestResponse

from tests.scenes import Client, Scene
from tests.v1.shapes import RESERVATION, answered, moment, refused
from webapp.services import shows


def test_a_hold_is_confirmed_every_time(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held, client = scene.hold(buyer, show, "A1")[0], scene.client(buyer)
    first = answered(client.post(f"/reservations/{held.id}/confirm"), 200, RESERVATION)
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    assert (first["id"], first["status"]) == (held.id, "CONFIRMED")
    assert moment(first["updated_at"]) > moment(first["created_at"])
    assert answered(client.post(f"/reservations/{held.id}/confirm"), 200, RESERVATION) == first
    assert answered(client.get(f"/reservations/{held.id}"), 200, RESERVATION) == first


def test_a_hold_is_released_every_time_and_its_seat_is_free(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held, client = scene.hold(buyer, show, "A1")[0], scene.client(buyer)
    first = answered(client.post(f"/reservations/{held.id}/release"), 200, RESERVATION)
    assert scene.statuses(show) == {"A1": ["CANCELLED"]}
    assert (first["id"], first["status"]) == (held.id, "CANCELLED")
    assert answered(client.post(f"/reservations/{held.id}/release"), 200, RESERVATION) == first
    scene.hold(scene.user(), show, "A1")
    assert scene.statuses(show) == {"A1": ["CANCELLED", "HELD"]}


def test_a_hold_is_confirmed_also_when_the_show_has_begun(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1")[0]
    scene.begin(show)
    confirmed = answered(scene.client(buyer).post(f"/reservations/{held.id}/confirm"), 200, RESERVATION)
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    assert confirmed["status"] == "CONFIRMED"


@pytest.mark.parametrize("verb", ["confirm", "release"])
def test_a_lapsed_hold_is_expired_from_then_on(scene: Scene, verb: str) -> None:
    show, buyer = scene.show(), scene.user()
    held, client = scene.hold(buyer, show, "A1")[0], scene.client(buyer)
    scene.lapse(held)
    for _ in range(2):
        problem = refused(client.post(f"/reservations/{held.id}/{verb}"), 409, "hold-expired", "seats")
        assert problem["seats"] == [{"seat_id": held.seat_id, "seat_number": "A1"}]
        assert scene.statuses(show) == {"A1": ["EXPIRED"]}
    assert answered(client.get(f"/reservations/{held.id}"), 200, RESERVATION)["status"] == "EXPIRED"


def test_a_released_hold_is_not_confirmed(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held, client = scene.hold(buyer, show, "A1")[0], scene.client(buyer)
    client.post(f"/reservations/{held.id}/release")
    problem = refused(client.post(f"/reservations/{held.id}/confirm"), 409, "hold-released", "seats")
    assert scene.statuses(show) == {"A1": ["CANCELLED"]}
    assert problem["seats"] == [{"seat_id": held.seat_id, "seat_number": "A1"}]


def test_a_sale_is_not_released(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held, client = scene.hold(buyer, show, "A1")[0], scene.client(buyer)
    client.post(f"/reservations/{held.id}/confirm")
    problem = refused(client.post(f"/reservations/{held.id}/release"), 409, "already-confirmed", "seats")
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    assert problem["seats"] == [{"seat_id": held.seat_id, "seat_number": "A1"}]


def test_a_hold_of_a_cancelled_show_is_released(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    held = scene.hold(buyer, show, "A1")[0]
    shows.cancel(organizer, show.id)
    refused(scene.client(buyer).post(f"/reservations/{held.id}/confirm"), 409, "hold-released", "seats")
    assert scene.statuses(show) == {"A1": ["CANCELLED"]}


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("post", "/confirm"), ("post", "/release")])
def test_anothers_reservation_is_not_there(scene: Scene, method: str, path: str) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    held = scene.hold(buyer, show, "A1")[0]

    def ask(client: Client, reservation_id: int) -> TestResponse:
        response: TestResponse = getattr(client, method)(f"/reservations/{reservation_id}{path}")
        return response

    theirs = refused(ask(scene.client(other), held.id), 404, "not-found")
    none = refused(ask(scene.client(other), held.id + 1), 404, "not-found")
    refused(ask(scene.client(), held.id), 401, "not-signed-in")
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert theirs["detail"].replace(str(held.id), "?") == none["detail"].replace(str(held.id + 1), "?")


def test_ones_reservations_are_listed_newest_first(scene: Scene) -> None:
    show, another, buyer, other = scene.show(), scene.show(), scene.user(), scene.user()
    a1, a2, b1 = [*scene.hold(buyer, show, "A1"), *scene.hold(buyer, show, "A2"), *scene.hold(buyer, another, "A1")]
    scene.hold(other, show, "A5")
    client = scene.client(buyer)
    client.post(f"/reservations/{a2.id}/confirm")
    scene.lapse(b1)

    def listed(query: str = "") -> list[int]:
        return [one["id"] for one in answered(client.get(f"/reservations/{query}"), 200, RESERVATION)]

    assert listed() == [b1.id, a2.id, a1.id]
    assert listed("?status=HELD") == [a1.id]
    assert listed("?status=EXPIRED") == [b1.id]
    assert listed(f"?show_id={show.id}") == [a2.id, a1.id]
    assert listed(f"?show_id={show.id}&status=CONFIRMED") == [a2.id]
    refused(scene.client().get("/reservations/"), 401, "not-signed-in")
