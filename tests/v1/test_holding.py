"""Holding seats over v1: one, or several together."""

from datetime import timedelta
from typing import Any

import pytest

from tests.scenes import Scene
from tests.v1.shapes import RESERVATION, answered, moment, pointers, refused
from webapp.services import shows


def test_a_hold_is_answered_with_the_reservation_and_its_address(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    client = scene.client(buyer)
    response = client.post(f"/reservations/{buyer.id}/hold", {"show_id": show.id, "seat_number": " a1 "})
    assert scene.statuses(show) == {"A1": ["HELD"]}
    held = answered(response, 201, RESERVATION)
    assert (held["user_id"], held["show_id"], held["seat_number"], held["status"]) == (buyer.id, show.id, "A1", "HELD")
    assert moment(held["hold_expiry"]) - moment(held["created_at"]) == timedelta(minutes=10)
    assert response.headers["Location"] == f"/v1/reservations/{held['id']}"
    assert answered(client.get(f"/reservations/{held['id']}"), 200, RESERVATION) == held


def test_a_seat_may_be_named_by_its_id(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    seat_id = scene.rows("SELECT id FROM seats WHERE seat_number = 'A3'")[0]["id"]
    for more in ({}, {"show_id": show.id}):
        held = scene.client(buyer).post(f"/reservations/{buyer.id}/hold", {"seat_id": seat_id, **more})
        assert held.json is not None
        assert held.json["seat_id"] == seat_id
    assert scene.statuses(show) == {"A3": ["HELD"]}


@pytest.mark.parametrize("minutes", [1, 20])
def test_a_hold_lasts_as_long_as_was_asked_for(scene: Scene, minutes: int) -> None:
    show, buyer = scene.show(), scene.user()
    body = {"show_id": show.id, "seat_number": "A1", "hold_minutes": minutes}
    held = answered(scene.client(buyer).post(f"/reservations/{buyer.id}/hold", body), 201, RESERVATION)
    assert moment(held["hold_expiry"]) - moment(held["created_at"]) == timedelta(minutes=minutes)


def test_holding_again_gives_the_same_reservation_unextended(scene: Scene) -> None:
    show, buyer = scene.show(seat_limit=1), scene.user()
    client, body = scene.client(buyer), {"show_id": show.id, "seat_number": "A1", "hold_minutes": 5}
    first = answered(client.post(f"/reservations/{buyer.id}/hold", body), 201, RESERVATION)
    again = client.post(f"/reservations/{buyer.id}/hold", {**body, "hold_minutes": 20})
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert answered(again, 200, RESERVATION) == first
    assert again.headers["Location"] == f"/v1/reservations/{first['id']}"


def test_a_held_seat_is_refused_with_who_knows_until_when(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    held = scene.hold(buyer, show, "A1")[0]
    response = scene.client(other).post(f"/reservations/{other.id}/hold", {"show_id": show.id, "seat_number": "A1"})
    assert scene.statuses(show) == {"A1": ["HELD"]}
    problem = refused(response, 409, "seat-taken", "seats", "offers")
    until = problem["seats"][0].pop("held_until")
    assert problem["seats"] == [{"seat_id": held.seat_id, "seat_number": "A1", "reason": "held"}]
    assert moment(until) == held.hold_expiry


def test_a_sold_seat_is_refused_to_everybody(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    held = scene.hold(buyer, show, "A1")[0]
    scene.client(buyer).post(f"/reservations/{held.id}/confirm")
    for asker, reason in ((other, "sold"), (buyer, "yours")):
        body = {"show_id": show.id, "seat_number": "A1"}
        problem = refused(
            scene.client(asker).post(f"/reservations/{asker.id}/hold", body), 409, "seat-taken", "seats", "offers"
        )
        assert problem["seats"] == [{"seat_id": held.seat_id, "seat_number": "A1", "reason": reason}]
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}


def test_a_lapsed_hold_is_anybodys(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    scene.lapse(*scene.hold(buyer, show, "A1"))
    response = scene.client(other).post(f"/reservations/{other.id}/hold", {"show_id": show.id, "seat_number": "A1"})
    assert scene.statuses(show) == {"A1": ["EXPIRED", "HELD"]}
    assert answered(response, 201, RESERVATION)["user_id"] == other.id


def test_nobody_holds_for_another(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    body = {"show_id": show.id, "seat_number": "A1"}
    refused(scene.client(other).post(f"/reservations/{buyer.id}/hold", body), 403, "forbidden")
    refused(scene.client(other).post("/reservations/2147483647/hold", body), 403, "forbidden")
    refused(scene.client().post(f"/reservations/{buyer.id}/hold", body), 401, "not-signed-in")
    assert scene.statuses(show) == {}


def test_nobody_holds_more_than_the_limit(scene: Scene) -> None:
    show, buyer = scene.show(seat_limit=2), scene.user()
    scene.hold(buyer, show, "A1", "A2")
    response = scene.client(buyer).post(f"/reservations/{buyer.id}/hold", {"show_id": show.id, "seat_number": "A3"})
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}
    assert refused(response, 409, "seat-limit-reached", "limit")["limit"] == 2


def test_a_show_that_is_cancelled_or_has_begun_sells_nothing(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    cancelled, begun = scene.show(organizer), scene.show(organizer)
    shows.cancel(organizer, cancelled.id)
    scene.begin(begun)
    for show, reason in ((cancelled, "cancelled"), (begun, "begun")):
        body = {"show_id": show.id, "seat_number": "A1"}
        one = scene.client(buyer).post(f"/reservations/{buyer.id}/hold", body)
        several = scene.client(buyer).post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1", "A2"]})
        assert scene.statuses(show) == {}
        for response in (one, several):
            assert refused(response, 409, "not-on-sale", "reason")["reason"] == reason


@pytest.mark.parametrize(
    ("body", "missing"),
    [({"seat_number": "Z9"}, ["Z9"]), ({"seat_id": 2**63 - 1}, [str(2**63 - 1)]), ({"seat_number": "z 9"}, ["Z9"])],
)
def test_a_seat_that_is_not_there_is_not_found(scene: Scene, body: dict[str, Any], missing: list[str]) -> None:
    show, buyer = scene.show(), scene.user()
    response = scene.client(buyer).post(f"/reservations/{buyer.id}/hold", {"show_id": show.id, **body})
    assert refused(response, 404, "not-found", "seats")["seats"] == missing


def test_a_seat_of_another_show_is_not_found(scene: Scene) -> None:
    show, other, buyer = scene.show(), scene.show(), scene.user()
    seat_id = scene.rows("SELECT min(id) AS id FROM seats WHERE show_id = %s", other.id)[0]["id"]
    body = {"show_id": show.id, "seat_id": seat_id}
    refused(scene.client(buyer).post(f"/reservations/{buyer.id}/hold", body), 404, "not-found", "seats")
    refused(scene.client(buyer).post(f"/shows/{show.id}/holds", {"seat_ids": [seat_id]}), 404, "not-found", "seats")
    assert scene.statuses(other) == {}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"hold_minutes": 0}, "#/hold_minutes"),
        ({"hold_minutes": 21}, "#/hold_minutes"),
        ({"hold_minutes": 2**70}, "#/hold_minutes"),
        ({"hold_minutes": "10"}, "#/hold_minutes"),
        ({"hold_minutes": 10.0}, "#/hold_minutes"),
        ({"hold_minutes": True}, "#/hold_minutes"),
        ({"show_id": 0}, "#/show_id"),
        ({"show_id": 2**31}, "#/show_id"),
        ({"show_id": "1"}, "#/show_id"),
        ({"show_id": None}, "#"),
        ({"seat_number": 1}, "#/seat_number"),
        ({"seat_number": "A" * 257}, "#/seat_number"),
        ({"seat_number": None}, "#"),
        ({"seat_id": 5}, "#"),
        ({"seat_id": 2**63}, "#/seat_id"),
        ({"seat_id": -1}, "#/seat_id"),
        ({"user_id": 1}, "#/user_id"),
        ({"seat": "A1"}, "#/seat"),
    ],
)
def test_a_hold_that_cannot_be_is_pointed_at(scene: Scene, body: dict[str, Any], pointer: str) -> None:
    show, buyer = scene.show(), scene.user()
    full = {"show_id": show.id, "seat_number": "A1", **body}
    response = scene.client(buyer).post(f"/reservations/{buyer.id}/hold", full)
    assert scene.statuses(show) == {}
    assert pointers(refused(response, 422, "invalid", "errors")) == [pointer]


def test_several_seats_are_held_together_in_seat_order(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    response = scene.client(buyer).post(f"/shows/{show.id}/holds", {"seat_numbers": ["a3", "A1", "A2", "A1"]})
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"], "A3": ["HELD"]}
    held = answered(response, 201, RESERVATION)
    assert [one["seat_number"] for one in held] == ["A1", "A2", "A3"]
    assert {one["user_id"] for one in held} == {buyer.id}


def test_seats_that_one_holds_count_as_held(scene: Scene) -> None:
    show, buyer = scene.show(seat_limit=3), scene.user()
    before = scene.hold(buyer, show, "A1", minutes=3)[0]
    seat_ids = [row["id"] for row in scene.rows("SELECT id FROM seats ORDER BY id LIMIT 3")]
    client = scene.client(buyer)
    held = answered(
        client.post(f"/shows/{show.id}/holds", {"seat_ids": seat_ids, "hold_minutes": 20}), 201, RESERVATION
    )
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"], "A3": ["HELD"]}
    assert held[0]["id"] == before.id
    assert moment(held[0]["hold_expiry"]) == before.hold_expiry
    assert answered(client.post(f"/shows/{show.id}/holds", {"seat_ids": seat_ids}), 200, RESERVATION) == held


def test_one_taken_seat_keeps_all_from_being_held(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    scene.hold(other, show, "A2")
    response = scene.client(buyer).post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1", "A2", "A3"]})
    assert scene.statuses(show) == {"A2": ["HELD"]}
    problem = refused(response, 409, "seat-taken", "seats", "offers")
    assert [(seat["seat_number"], seat["reason"]) for seat in problem["seats"]] == [("A2", "held")]


def test_one_missing_seat_keeps_all_from_being_held(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    response = scene.client(buyer).post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1", "Z8", "Z9"]})
    assert scene.statuses(show) == {}
    assert refused(response, 404, "not-found", "seats")["seats"] == ["Z8", "Z9"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#"),
        ({"seat_numbers": ["A1"], "seat_ids": [1]}, "#"),
        ({"seat_numbers": []}, "#/seat_numbers"),
        ({"seat_numbers": ["A1"] * 101}, "#/seat_numbers"),
        ({"seat_numbers": "A1"}, "#/seat_numbers"),
        ({"seat_numbers": ["A1", 1]}, "#/seat_numbers/1"),
        ({"seat_ids": [2**63]}, "#/seat_ids/0"),
        ({"seat_ids": ["1"]}, "#/seat_ids/0"),
        ({"seat_ids": [True]}, "#/seat_ids/0"),
        ({"seat_numbers": ["A1"], "hold_minutes": 21}, "#/hold_minutes"),
        ({"seat_numbers": ["A1"], "show_id": 1}, "#/show_id"),
    ],
)
def test_holds_that_cannot_be_are_pointed_at(scene: Scene, body: dict[str, Any], pointer: str) -> None:
    show, buyer = scene.show(), scene.user()
    response = scene.client(buyer).post(f"/shows/{show.id}/holds", body)
    assert scene.statuses(show) == {}
    assert pointers(refused(response, 422, "invalid", "errors")) == [pointer]
