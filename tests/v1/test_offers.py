"""The best seats that are free, and offers beside a no, over v1."""

from typing import Any

import pytest

from tests.scenes import Scene
from tests.services.offers.halls import hall, id_of, minding
from tests.v1.shapes import RESERVATION, answered, has_shape, pointers, refused
from webapp.services import house_seats, reservations
from webapp.services.database.clock import rfc3339

OFFER = {"seats": list, "words": str, "price": int}


def offers_of(problem: Any) -> list[list[str]]:
    """The seat numbers of the offers of a problem, which have the shape of the contract."""
    for offer in problem["offers"]:
        has_shape(offer, OFFER)
        for seat in offer["seats"]:
            has_shape(seat, {"seat_id": int, "seat_number": str})
    return [[seat["seat_number"] for seat in offer["seats"]] for offer in problem["offers"]]


def test_the_best_seats_are_held_as_was_asked_for(scene: Scene) -> None:
    show = hall(scene, {"A": "....", "B": "...."}, prices={"A": 9000, "B": 4500}, stepped=["A"])
    client = scene.client(scene.user())
    body: dict[str, Any] = {"seats": 2, "price_at_most": 4500, "category": "Class 45", "step_free": True}
    held = answered(client.post(f"/shows/{show.id}/best-available", {**body, "hold_minutes": 3}), 201, RESERVATION)
    assert scene.statuses(show) == {"B2": ["HELD"], "B3": ["HELD"]}
    assert [one["seat_number"] for one in held] == ["B2", "B3"]


def test_a_no_comes_with_offers_that_can_be_held(scene: Scene) -> None:
    show = hall(scene, {"A": "x..x..", "B": "x..xxx"})
    client = scene.client(scene.user())
    problem = refused(
        client.post(f"/shows/{show.id}/best-available", {"seats": 4}), 409, "none-together", "free", "offers"
    )
    assert offers_of(problem)[0] == ["A2", "A3", "B2", "B3"]
    first = problem["offers"][0]
    assert (first["words"], first["price"]) == ("2 + 2, directly behind each other, rows A and B", 18000)
    ids = [seat["seat_id"] for seat in first["seats"]]
    assert len(answered(client.post(f"/shows/{show.id}/holds", {"seat_ids": ids}), 201, RESERVATION)) == 4


def test_when_somebody_was_faster_both_calls_offer_the_nearest(scene: Scene) -> None:
    show, buyer = hall(scene, {"A": "..x"}), scene.user()
    client = scene.client(buyer)
    for path, body in (
        (f"/shows/{show.id}/holds", {"seat_numbers": ["A3"]}),
        (f"/reservations/{buyer.id}/hold", {"seat_id": id_of(scene, show, "A3")}),
    ):
        assert offers_of(refused(client.post(path, body), 409, "seat-taken", "seats", "offers")) == [["A2"], ["A1"]]


def test_a_lonely_seat_is_refused_with_the_fix(scene: Scene) -> None:
    show, buyer = minding(scene, hall(scene, {"A": "x" + "." * 19})), scene.user()
    body = {"seat_id": id_of(scene, show, "A3")}
    problem = refused(
        scene.client(buyer).post(f"/reservations/{buyer.id}/hold", body), 409, "lonely-seat", "seats", "offers"
    )
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    assert problem["seats"] == [{"seat_id": id_of(scene, show, "A2"), "seat_number": "A2"}]
    assert offers_of(problem)[:2] == [["A2"], ["A2", "A3"]]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/seats"),
        ({"seats": 0}, "#/seats"),
        ({"seats": 500}, "#/seats"),
        ({"seats": "2"}, "#/seats"),
        ({"seats": 2, "price_at_most": -1}, "#/price_at_most"),
        ({"seats": 2, "category": "Box"}, "#/category"),
        ({"seats": 2, "wheelchairs": 3}, "#/wheelchairs"),
        ({"seats": 2, "step_free": 1}, "#/step_free"),
        ({"seats": 2, "hold_minutes": 21}, "#/hold_minutes"),
        ({"seats": 2, "best": True}, "#/best"),
    ],
)
def test_wishes_that_cannot_be_are_pointed_at(scene: Scene, body: dict[str, Any], pointer: str) -> None:
    show = scene.show()
    response = scene.client(scene.user()).post(f"/shows/{show.id}/best-available", body)
    assert scene.statuses(show) == {}
    assert pointers(refused(response, 422, "invalid", "errors")) == [pointer]


def test_nothing_is_chosen_in_a_show_that_is_not_there_or_over_or_without_a_token(scene: Scene) -> None:
    show, client = scene.show(), scene.client(scene.user())
    refused(scene.client().post(f"/shows/{show.id}/best-available", {"seats": 2}), 401, "not-signed-in")
    refused(client.post("/shows/77777/best-available", {"seats": 2}), 404, "not-found")
    refused(client.post(f"/shows/{show.id}/best-available", {"seats": 11}), 409, "seat-limit-reached", "limit")
    scene.begin(show)
    refused(client.post(f"/shows/{show.id}/best-available", {"seats": 2}), 409, "not-on-sale", "reason")
    assert scene.statuses(show) == {}


def test_ten_thousand_seats_in_one_call_are_refused_in_a_sentence(scene: Scene) -> None:
    show, client = scene.show(), scene.client(scene.user())
    response = client.post(f"/shows/{show.id}/holds", {"seat_ids": list(range(1, 10_001))})
    assert pointers(refused(response, 422, "invalid", "errors")) == ["#/seat_ids"]
    assert scene.statuses(show) == {}


def test_a_hold_may_say_what_is_wished_for_instead_of_which_seats(scene: Scene) -> None:
    show = hall(scene, {"A": "....", "B": "...."}, prices={"A": 9000, "B": 4500}, stepped=["A"])
    client = scene.client(scene.user())
    wish = {"seats": 2, "price_at_most": 4500, "category": "Class 45", "step_free": True}
    held = answered(client.post(f"/shows/{show.id}/holds", {"wish": wish, "hold_minutes": 3}), 201, RESERVATION)
    assert scene.statuses(show) == {"B2": ["HELD"], "B3": ["HELD"]}
    assert [one["seat_number"] for one in held] == ["B2", "B3"]


def test_a_wish_that_nobody_can_serve_comes_back_with_what_comes_close(scene: Scene) -> None:
    show = hall(scene, {"A": "xxxx", "B": "...."}, prices={"A": 4500, "B": 9000})
    client = scene.client(scene.user())
    wish = {"seats": 3, "price_at_most": 4500}
    problem = refused(client.post(f"/shows/{show.id}/holds", {"wish": wish}), 409, "none-together", "free", "offers")
    assert (problem["offers"][0]["words"], problem["offers"][0]["price"]) == (
        "3 together, 90 EUR each instead of up to 45 EUR",
        27000,
    )
    accepted = {"seat_ids": [seat["seat_id"] for seat in problem["offers"][0]["seats"]]}
    assert len(answered(client.post(f"/shows/{show.id}/holds", accepted), 201, RESERVATION)) == 3


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#"),
        ({"wish": {"seats": 2}, "seat_numbers": ["A1"]}, "#"),
        ({"wish": {"seats": 2}, "seat_ids": [1]}, "#"),
        ({"wish": {}}, "#/wish/seats"),
        ({"wish": {"seats": 2, "category": "Box"}}, "#/wish/category"),
        ({"wish": {"seats": 2, "wheelchairs": 3}}, "#/wish/wheelchairs"),
        ({"wish": {"seats": 2, "hold_minutes": 3}}, "#/wish/hold_minutes"),
        ({"wish": "two"}, "#/wish"),
    ],
)
def test_what_cannot_be_wished_for_is_pointed_at_where_it_stands(
    scene: Scene, body: dict[str, Any], pointer: str
) -> None:
    show = scene.show()
    response = scene.client(scene.user()).post(f"/shows/{show.id}/holds", body)
    assert scene.statuses(show) == {}
    assert pointers(refused(response, 422, "invalid", "errors")) == [pointer]


def test_each_seat_of_several_that_is_in_the_way_is_told_with_its_reason(scene: Scene) -> None:
    show, buyer, other = hall(scene, {"A": "x......."}), scene.user(), scene.user()
    [held] = scene.hold(other, show, "A2")
    reservations.confirm(buyer, scene.hold(buyer, show, "A3")[0].id)
    scene.hold(buyer, show, "A4")
    kept = house_seats.Choice(show.id, seat_numbers=["A5"])
    house_seats.block(scene.manager(show), kept, reason="Press", until=house_seats.Until())
    body = {"seat_numbers": ["A1", "A2", "A3", "A4", "A5", "A6"]}
    problem = refused(scene.client(buyer).post(f"/shows/{show.id}/holds", body), 409, "seat-taken", "seats", "offers")
    told = {seat["seat_number"]: (seat["reason"], seat.get("held_until")) for seat in problem["seats"]}
    until = rfc3339(held.hold_expiry)
    assert told == {"A1": ("sold", None), "A2": ("held", until), "A3": ("yours", None), "A5": ("house", None)}
    assert scene.statuses(show)["A4"] == ["HELD"]
    assert "A6" not in scene.statuses(show)
