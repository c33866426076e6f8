"""The seats and prices of a show: normalized, unique, all or none, and only by its organizer."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.races import name_of, no_deadlock, racing
from tests.scenes import Scene
from webapp.services import seating, shows
from webapp.services.asker import Asker
from webapp.services.offers import Wanted, best_available
from webapp.services.plans import read_plan
from webapp.services.plans.plan import Accessibility, Plan, PlanArea, PlanCategory, PlanSeat
from webapp.services.refusals import Forbidden, Invalid, NotFound, SeatNumberInUse

DETAILS: dict[str, Any] = {
    "title": "Macbeth",
    "venue": "The Lantern",
    "starts_at": datetime(2099, 1, 1, tzinfo=UTC),
    "timezone": "UTC",
    "currency": "EUR",
    "seat_limit": 10,
}
KINDS: tuple[Accessibility, ...] = ("wheelchair", "companion")
CSV = b"zone,row,start,end\nBox,P,1,3\n"


def labelled(*labels: str, category: str | None = None) -> list[PlanSeat]:
    """Seats that their labels tell of."""
    return [seating.labelled_seat(label, category=category) for label in labels]


@pytest.fixture
def organizer(scene: Scene) -> Asker:
    """Somebody who organizes."""
    return scene.user()


@pytest.fixture
def show(scene: Scene, organizer: Asker) -> shows.Show:
    """A show with the seats A1 and A2 at 45.00."""
    return scene.show(organizer, seats="A1, A2")


def numbers(show: shows.Show) -> list[str]:
    """The seat numbers of the show, in the order of its plan."""
    return [seat.seat_number for seat in seating.seats_of(show.id)]


def test_seats_are_added_in_the_order_given_with_normalized_numbers(show: shows.Show, organizer: Asker) -> None:
    added = seating.add_seats(organizer, show.id, labelled(" c 5", "b2\u00a0", "\uff22\uff11"))
    assert numbers(show) == ["A1", "A2", "C5", "B2", "B1"]
    assert [(seat.seat_number, seat.row, seat.number) for seat in added] == [
        ("C5", "C", "5"),
        ("B2", "B", "2"),
        ("B1", "B", "1"),
    ]


def orders(scene: Scene, show: shows.Show) -> dict[str, int | None]:
    """The places of the seats among their neighbours."""
    found = scene.rows("SELECT seat_number, neighbour_order FROM seats WHERE show_id = %s ORDER BY id", show.id)
    return {row["seat_number"]: row["neighbour_order"] for row in found}


def test_of_two_seats_of_a_row_with_one_number_only_the_first_has_neighbours(
    scene: Scene, show: shows.Show, organizer: Asker
) -> None:
    seating.add_seats(organizer, show.id, labelled("A01", "A3", "A003", "B1", "BOX"))
    assert orders(scene, show) == {"A1": 1, "A2": 2, "A01": None, "A3": 3, "A003": None, "B1": 1, "BOX": None}
    other = scene.show(organizer, seats="A01")
    seating.add_seats(organizer, other.id, [seating.labelled_seat("A1", section="Box", category=None)])
    assert orders(scene, other) == {"A01": 1, "A1": 1}


def test_the_best_seats_are_found_beside_two_with_one_number(scene: Scene, show: shows.Show, organizer: Asker) -> None:
    seating.add_seats(organizer, show.id, labelled("A0", "A01", category="Stalls"))
    seating.add_seats(organizer, show.id, labelled(*(f"Q{number}" for number in range(1, 31)), category="Other"))
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET lonely_seats = 'enforce'")
    scene.hold(scene.user(), show, "A0")
    found = best_available.hold(scene.user(), show.id, Wanted(2, category="Stalls"), minutes=5)
    assert found.words == "row A, seats 1 and 2"


@pytest.mark.parametrize(("again", "repeated"), [("B1", ["B1"]), (" b 1 ", ["B1"]), ("\uff22\uff11", ["B1"])])
def test_a_seat_number_that_repeats_in_the_request_adds_nothing(
    show: shows.Show, organizer: Asker, again: str, repeated: list[str]
) -> None:
    with pytest.raises(SeatNumberInUse) as refusal:
        seating.add_seats(organizer, show.id, labelled("B1", "B2", again))
    assert numbers(show) == ["A1", "A2"]
    assert refusal.value.facts == {"seats": repeated}


def test_a_seat_number_that_is_in_the_show_adds_nothing(show: shows.Show, organizer: Asker) -> None:
    with pytest.raises(SeatNumberInUse) as refusal:
        seating.add_seats(organizer, show.id, labelled("B1", "a 2"), [PlanCategory(name="Standard", price=1)])
    assert numbers(show) == ["A1", "A2"]
    assert refusal.value.facts == {"seats": ["A2"]}


def test_the_same_seat_number_in_another_show_is_another_seat(scene: Scene, show: shows.Show) -> None:
    other = scene.show(seats="A1")
    assert (numbers(show), numbers(other)) == (["A1", "A2"], ["A1"])


def test_of_two_requests_for_the_same_seats_at_once_one_adds_them(
    scene: Scene, show: shows.Show, organizer: Asker
) -> None:
    with no_deadlock(scene), racing(scene) as race:
        answers = race.all_at_once(
            lambda: seating.add_seats(organizer, show.id, labelled("B1", "B2")),
            lambda: seating.add_seats(organizer, show.id, labelled("B2", "B1")),
        )
    assert sorted(numbers(show)) == ["A1", "A2", "B1", "B2"]
    assert sorted(map(name_of, answers)) == ["SeatNumberInUse", "done"]


def test_a_category_is_made_with_its_price_or_for_nothing_and_found_again(show: shows.Show, organizer: Asker) -> None:
    seating.add_seats(organizer, show.id, labelled("B1", category="Box"), [PlanCategory(name="Box", price=900)])
    seating.add_seats(
        organizer, show.id, [*labelled("B2", category="Box"), *labelled("B3"), *labelled("B4", category="Stalls")]
    )
    assert {seat.seat_number: (seat.category, seat.price) for seat in seating.seats_of(show.id)} == {
        "A1": ("Stalls", 4500),
        "A2": ("Stalls", 4500),
        "B1": ("Box", 900),
        "B2": ("Box", 900),
        "B3": ("Standard", 0),
        "B4": ("Stalls", 4500),
    }


def test_a_category_at_another_price_adds_nothing(show: shows.Show, organizer: Asker) -> None:
    with pytest.raises(Invalid):
        seating.add_seats(organizer, show.id, labelled("B1", category="Stalls"), [PlanCategory(name="Stalls", price=1)])
    assert numbers(show) == ["A1", "A2"]


def test_seats_are_read_in_pages(show: shows.Show) -> None:
    [first] = seating.seats_of(show.id, limit=1)
    [second] = seating.seats_of(show.id, limit=9, after=first.id)
    assert (first.seat_number, second.seat_number) == ("A1", "A2")


def test_a_plan_brings_its_seats_and_a_category_for_each_zone(show: shows.Show, organizer: Asker) -> None:
    added = seating.add_plan(organizer, show.id, read_plan("plan.csv", CSV), price=700)
    assert numbers(show) == ["A1", "A2", "P1", "P2", "P3"]
    assert {(seat.section, seat.row, seat.category, seat.price) for seat in added} == {("Box", "P", "Box", 700)}


def test_what_was_odd_in_a_plan_is_kept_for_the_organizer(show: shows.Show, organizer: Asker) -> None:
    seating.add_plan(organizer, show.id, Plan(name=None, seats=labelled("B1"), oddities=["Two seats look alike."]))
    seating.add_plan(organizer, show.id, Plan(name=None, seats=labelled("B2"), oddities=["So do these."]))
    assert seating.oddities_of(show.id) == ["Two seats look alike.", "So do these."]


def test_of_a_plan_with_countless_oddities_the_rest_is_counted(show: shows.Show, organizer: Asker) -> None:
    oddities = [f"Oddity {number}." for number in range(1_000)]
    seating.add_plan(organizer, show.id, Plan(name=None, seats=labelled("B1"), oddities=oddities))
    kept = seating.oddities_of(show.id)
    assert len(kept) < 1_000
    assert kept[-1] == f"And {1_001 - len(kept):,} more."


def test_what_a_plan_draws_and_for_whom_its_seats_are_is_kept(scene: Scene, show: shows.Show, organizer: Asker) -> None:
    stage = PlanArea(kind="stage", label="Stage", points=[(0.0, 0.0), (5.5, 0.0), (5.5, 2.0)])
    kept = [replace(seat, accessibility=kind) for seat, kind in zip(labelled("B1", "B2"), KINDS, strict=True)]
    added = seating.add_plan(organizer, show.id, Plan(name=None, seats=kept, areas=[stage]))
    seating.add_plan(
        organizer, show.id, Plan(name=None, seats=[replace(*labelled("B3"), step_free=True)], areas=[stage])
    )
    drawn = {"kind": "stage", "label": "Stage", "points": [[0.0, 0.0], [5.5, 0.0], [5.5, 2.0]]}
    assert scene.rows("SELECT plan_areas FROM shows WHERE id = %s", show.id) == [{"plan_areas": [drawn, drawn]}]
    assert [(seat.accessibility, seat.step_free) for seat in added] == [("wheelchair", False), ("companion", False)]
    assert [(seat.accessibility, seat.step_free) for seat in seating.seats_of(show.id)] == [
        (None, False),
        (None, False),
        ("wheelchair", False),
        ("companion", False),
        (None, True),
    ]
    assert seating.accessible_seats(show.id) == seating.AccessibleSeats(wheelchair=1, companion=1, step_free=1)


def test_a_plan_with_areas_or_seats_raises_the_plan_version(scene: Scene, show: shows.Show, organizer: Asker) -> None:
    before = scene.rows("SELECT plan_version FROM shows")[0]["plan_version"]
    seating.add_plan(organizer, show.id, Plan(name=None, seats=labelled("B1")))
    assert scene.rows("SELECT plan_version FROM shows")[0]["plan_version"] > before


def test_a_show_and_the_seats_of_its_plan_are_made_both_or_neither(scene: Scene, organizer: Asker) -> None:
    show, count = seating.create_show(organizer, Plan(name=None, seats=labelled("B1", "B2")), price=5, **DETAILS)
    assert (numbers(show), count, shows.one(show.id).price_to) == (["B1", "B2"], 2, 5)
    with pytest.raises(SeatNumberInUse):
        seating.create_show(organizer, Plan(name=None, seats=labelled("B1", "B1")), **DETAILS)
    assert [found.id for found in shows.of_organizer(organizer)] == [show.id]


def test_prices_are_set_all_or_none_and_only_of_categories_of_the_show(
    scene: Scene, show: shows.Show, organizer: Asker
) -> None:
    other = scene.show(organizer)
    [mine], [theirs] = (
        [row["id"] for row in scene.rows("SELECT id FROM categories WHERE show_id = %s", one.id)]
        for one in (show, other)
    )
    with pytest.raises(NotFound):
        seating.set_prices(organizer, show.id, 1, {mine: 1, theirs: 1})
    assert (shows.one(show.id).price_to, shows.one(other.id).price_to) == (4500, 4500)
    seating.set_prices(organizer, show.id, 1, {mine: 100})
    assert (shows.one(show.id).price_to, shows.one(other.id).price_to) == (100, 4500)


def test_only_the_organizer_sets_up_a_show(scene: Scene, show: shows.Show) -> None:
    stranger = scene.user()
    [category] = scene.rows("SELECT id FROM categories")
    for act in (
        lambda: seating.add_seats(stranger, show.id, labelled("B1")),
        lambda: seating.add_plan(stranger, show.id, Plan(name=None, seats=labelled("B1"))),
        lambda: seating.set_prices(stranger, show.id, 1, {category["id"]: 0}),
    ):
        with pytest.raises(Forbidden):
            act()
    assert numbers(show) == ["A1", "A2"]
    assert shows.one(show.id) == show
