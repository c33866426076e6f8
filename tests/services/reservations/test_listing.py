"""One's own reservations as they are listed: all, or those that are wanted."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from tests.scenes import Scene
from webapp.services import reservations, seating
from webapp.services.plans.plan import PlanCategory
from webapp.services.reservations import Wanted


def test_a_buyer_reads_their_own_reservations_newest_first(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    first, second, third = (scene.hold(buyer, show, number)[0].id for number in ("A1", "A2", "A3"))
    scene.hold(scene.user(), show, "A4")
    assert [one.id for one in reservations.of_buyer(buyer)] == [third, second, first]
    assert [one.id for one in reservations.of_buyer(buyer, limit=2)] == [third, second]
    assert [one.id for one in reservations.of_buyer(buyer, limit=2, before=second)] == [first]


@pytest.mark.parametrize("status", ["HELD", "CONFIRMED", "CANCELLED", "EXPIRED"])
def test_a_buyer_reads_those_of_one_status_or_one_show(scene: Scene, status: str) -> None:
    show, other, buyer = scene.show(), scene.show(), scene.user()
    held, sold, released, lapsed = scene.hold(buyer, show, "A1", "A2", "A3", "A4")
    reservations.confirm(buyer, sold.id)
    reservations.release(buyer, released.id)
    scene.lapse(lapsed)
    elsewhere = scene.hold(buyer, other, "A1")[0]
    expected = {"HELD": held, "CONFIRMED": sold, "CANCELLED": released, "EXPIRED": lapsed}[status]
    assert [one.id for one in reservations.of_buyer(buyer, Wanted(status=status, show_id=show.id))] == [expected.id]
    assert [one.id for one in reservations.of_buyer(buyer, Wanted(show_id=other.id))] == [elsewhere.id]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, ["A1", "B1", "A2", "A1"]),
        ({"search": "macb"}, ["A1"]),
        ({"search": "LANTERN"}, ["A1", "B1", "A2", "A1"]),
        ({"search": "b1"}, ["B1"]),
        ({"search": "%"}, []),
        ({"section": "Box"}, ["B1"]),
        ({"category": "Stalls"}, ["A1", "A2", "A1"]),
        ({"category": "stalls"}, []),
        ({"accessible": "wheelchair"}, ["B1"]),
        ({"accessible": "step_free"}, ["B1"]),
        ({"accessible": "companion"}, []),
        ({"price_at_least": 4501}, ["B1"]),
        ({"price_at_most": 4500}, ["A1", "A2", "A1"]),
        ({"price_at_least": 4500, "price_at_most": 4500, "search": "hamlet"}, ["A2", "A1"]),
    ],
)
def test_a_buyer_finds_them_by_show_seat_place_and_price(
    scene: Scene, wanted: Mapping[str, Any], numbers: list[str]
) -> None:
    organizer, buyer = scene.user(), scene.user()
    hamlet, macbeth = (scene.show(organizer, title=title) for title in ("Hamlet", "Macbeth"))
    box = seating.labelled_seat("B1", category="Boxes", section="Box", accessibility="wheelchair", step_free=True)
    seating.add_seats(organizer, hamlet.id, [box], [PlanCategory(name="Boxes", price=9000)])
    for show, number in ((hamlet, "A1"), (hamlet, "A2"), (hamlet, "B1"), (macbeth, "A1")):
        scene.hold(buyer, show, number)
    scene.hold(scene.user(), hamlet, "A3")
    assert [one.seat_number for one in reservations.of_buyer(buyer, Wanted(**wanted))] == numbers


def test_what_was_paid_counts_and_not_what_the_seat_costs_now(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, price=4500)
    [held] = scene.hold(buyer, show, "A1")
    [category] = scene.rows("SELECT id FROM categories")
    seating.set_prices(organizer, show.id, scene.edition(show.id), {category["id"]: 100})
    assert [one.id for one in reservations.of_buyer(buyer, Wanted(price_at_least=4500))] == [held.id]


def test_a_buyer_finds_them_by_when_they_were_held(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [first], [second] = (scene.hold(buyer, show, number) for number in ("A1", "A2"))
    between = second.created_at
    assert [one.id for one in reservations.of_buyer(buyer, Wanted(created_from=between))] == [second.id]
    assert [one.id for one in reservations.of_buyer(buyer, Wanted(created_before=between))] == [first.id]
    later = between + timedelta(microseconds=1)
    assert reservations.of_buyer(buyer, Wanted(created_from=later)) == []
