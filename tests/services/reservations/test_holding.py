"""What a buyer can expect of a hold."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from tests.scenes import Scene
from webapp.extensions import db
from webapp.services import reservations, seating, shows
from webapp.services.database.clock import rfc3339
from webapp.services.refusals import NotFound, NotOnSale, SeatLimitReached, SeatTaken
from webapp.services.reservations import SeatChoice


def test_a_held_seat_is_held_for_its_buyer_and_refused_to_others(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    held = scene.hold(buyer, show, "A1")
    with pytest.raises(SeatTaken) as refusal:
        scene.hold(other, show, "A1")
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert reservations.one(buyer, held[0].id).status == "HELD"
    assert refusal.value.facts["seats"] == [
        {
            "seat_id": held[0].seat_id,
            "seat_number": "A1",
            "reason": "held",
            "held_until": rfc3339(held[0].hold_expiry),
        }
    ]


def test_a_lapsed_hold_gives_way_to_the_next_buyer(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    scene.lapse(*scene.hold(buyer, show, "A1"))
    scene.hold(other, show, "A1")
    assert scene.statuses(show) == {"A1": ["EXPIRED", "HELD"]}


@pytest.mark.parametrize("minutes", [1, 10, 20])
def test_a_hold_lasts_as_many_minutes_as_were_asked_for(scene: Scene, minutes: int) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1", minutes=minutes)
    assert held.hold_expiry - held.created_at == timedelta(minutes=minutes)
    assert reservations.one(buyer, held.id).hold_expiry == held.hold_expiry


def test_holding_a_seat_again_gives_the_same_hold_and_does_not_extend_it(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A1", minutes=1)
    again = reservations.hold(buyer, SeatChoice(seat_ids=(held.seat_id,)), minutes=20)
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert (again.reservations, again.created) == ([held], 0)


def test_a_buyer_at_the_limit_still_has_what_they_hold(scene: Scene) -> None:
    show, buyer = scene.show(seat_limit=2), scene.user()
    first, second = scene.hold(buyer, show, "A1", "A2")
    assert scene.hold(buyer, show, "A1") == [first]
    assert scene.hold(buyer, show, "A2", "A1") == [first, second]
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}


def test_a_buyers_lapsed_hold_is_held_anew(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [lapsed] = scene.hold(buyer, show, "A1")
    scene.lapse(lapsed)
    [held] = scene.hold(buyer, show, "A1")
    assert scene.statuses(show) == {"A1": ["EXPIRED", "HELD"]}
    assert held.id != lapsed.id


def test_several_seats_are_all_held_and_answered_in_the_order_of_the_plan(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    holding = reservations.hold(buyer, SeatChoice(show_id=show.id, seat_numbers=("A3", "A1", "A2", "A1")), minutes=10)
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"], "A3": ["HELD"]}
    assert [held.seat_number for held in holding.reservations] == ["A1", "A2", "A3"]
    assert holding.created == 3


@pytest.mark.parametrize("status", ["HELD", "CONFIRMED"])
def test_of_several_seats_none_is_held_when_one_is_taken(scene: Scene, status: str) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    [taken] = scene.hold(other, show, "A2")
    if status == "CONFIRMED":
        reservations.confirm(other, taken.id)
    with pytest.raises(SeatTaken) as refusal:
        scene.hold(buyer, show, "A1", "A2", "A3")
    assert scene.statuses(show) == {"A2": [status]}
    assert [seat["seat_number"] for seat in refusal.value.facts["seats"]] == ["A2"]
    assert refusal.value.facts["seats"][0]["reason"] == {"HELD": "held", "CONFIRMED": "sold"}[status]


def test_among_several_seats_those_one_holds_count_as_held(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [held] = scene.hold(buyer, show, "A2", minutes=1)
    holding = reservations.hold(buyer, SeatChoice(show_id=show.id, seat_numbers=("A1", "A2", "A3")), minutes=20)
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"], "A3": ["HELD"]}
    assert holding.reservations[1] == held
    assert holding.created == 2


def test_a_seat_one_has_bought_is_not_held_again(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [bought] = scene.hold(buyer, show, "A1")
    reservations.confirm(buyer, bought.id)
    with pytest.raises(SeatTaken) as refusal:
        scene.hold(buyer, show, "A1")
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    assert refusal.value.facts["seats"][0]["reason"] == "yours"


@pytest.mark.parametrize("numbers", [("Z9",), ("A1", "Z9")])
def test_a_seat_that_is_not_there_is_not_found_and_nothing_is_held(scene: Scene, numbers: tuple[str, ...]) -> None:
    show, buyer = scene.show(), scene.user()
    with pytest.raises(NotFound) as refusal:
        scene.hold(buyer, show, *numbers)
    assert scene.statuses(show) == {}
    assert refusal.value.facts["seats"] == ["Z9"]


def test_a_seat_of_another_show_is_not_found(scene: Scene) -> None:
    show, other, buyer = scene.show(), scene.show(), scene.user()
    theirs = seating.seats_of(other.id)[0].id
    with pytest.raises(NotFound):
        reservations.hold(buyer, SeatChoice(show_id=show.id, seat_ids=(theirs,)), minutes=10)
    assert scene.statuses(other) == {}


def test_ten_seats_can_be_held_and_not_one_more(scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A20"), scene.user()
    scene.hold(buyer, show, *(f"A{number}" for number in range(1, 10)))
    scene.hold(buyer, show, "A10")
    with pytest.raises(SeatLimitReached) as refusal:
        scene.hold(buyer, show, "A11")
    assert len(scene.statuses(show)) == 10
    assert refusal.value.facts == {"limit": 10}


def test_more_seats_at_once_than_the_limit_leaves_are_refused_together(scene: Scene) -> None:
    show, buyer = scene.show(seat_limit=3), scene.user()
    scene.hold(buyer, show, "A1")
    with pytest.raises(SeatLimitReached):
        scene.hold(buyer, show, "A1", "A2", "A3", "A4")
    assert scene.statuses(show) == {"A1": ["HELD"]}
    scene.hold(buyer, show, "A1", "A2", "A3")
    assert len(scene.statuses(show)) == 3


def test_bought_seats_count_towards_the_limit_and_released_and_lapsed_ones_do_not(scene: Scene) -> None:
    show, buyer = scene.show(seat_limit=3), scene.user()
    bought, released, lapsed = scene.hold(buyer, show, "A1", "A2", "A3")
    reservations.confirm(buyer, bought.id)
    reservations.release(buyer, released.id)
    scene.lapse(lapsed)
    scene.hold(buyer, show, "A4", "A5")
    with pytest.raises(SeatLimitReached):
        scene.hold(buyer, show, "A6")
    assert [number for number, found in scene.statuses(show).items() if found[-1] in ("HELD", "CONFIRMED")][-1] == "A5"


def test_the_limit_is_each_shows_own(scene: Scene) -> None:
    show, other, buyer = scene.show(seat_limit=1), scene.show(seat_limit=1), scene.user()
    scene.hold(buyer, show, "A1")
    scene.hold(buyer, other, "A1")
    assert (scene.statuses(show), scene.statuses(other)) == ({"A1": ["HELD"]}, {"A1": ["HELD"]})


def test_a_cancelled_show_sells_nothing(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    shows.cancel(organizer, show.id)
    for numbers in (("A1",), ("A1", "A2")):
        with pytest.raises(NotOnSale) as refusal:
            scene.hold(buyer, show, *numbers)
        assert refusal.value.facts == {"reason": "cancelled"}
    assert scene.statuses(show) == {}


def test_a_show_that_has_begun_sells_nothing(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    scene.begin(show)
    for numbers in (("A1",), ("A1", "A2")):
        with pytest.raises(NotOnSale) as refusal:
            scene.hold(buyer, show, *numbers)
        assert refusal.value.facts == {"reason": "begun"}
    assert scene.statuses(show) == {}


@pytest.mark.parametrize("numbers", [("A1",), ("A1", "A2")])
def test_what_one_holds_one_holds_when_the_show_has_begun_and_nothing_more(
    scene: Scene, numbers: tuple[str, ...]
) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, *numbers)
    scene.begin(show)
    assert scene.hold(buyer, show, *numbers) == held
    for refused in ((*numbers, "A3"), ("A3",)):
        with pytest.raises(NotOnSale):
            scene.hold(buyer, show, *refused)
    with pytest.raises(NotOnSale):
        scene.hold(scene.user(), show, "A1")
    assert scene.statuses(show) == {number: ["HELD"] for number in numbers}


def test_a_seat_costs_what_it_cost_when_it_was_held(scene: Scene) -> None:
    organizer, buyer, other = scene.user(), scene.user(), scene.user()
    show = scene.show(organizer, price=4500)
    [held] = scene.hold(buyer, show, "A1")
    [category] = scene.rows("SELECT id FROM categories WHERE show_id = %s", show.id)
    seating.set_prices(organizer, show.id, 1, {category["id"]: 9900})
    [dearer] = scene.hold(other, show, "A2")
    assert scene.rows("SELECT price FROM reservations ORDER BY id") == [{"price": 4500}, {"price": 9900}]
    assert (held.price, dearer.price, reservations.confirm(buyer, held.id).price) == (4500, 9900, 4500)


def test_one_seat_is_held_in_one_statement_that_is_its_own_transaction(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    autocommitted: list[bool] = []

    def listen(_connection: object, cursor: Any, *_: object) -> None:
        autocommitted.append(cursor.connection.autocommit)

    event.listen(db.engine, "before_cursor_execute", listen)
    scene.hold(buyer, show, "A1")
    event.remove(db.engine, "before_cursor_execute", listen)
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert autocommitted == [True]
