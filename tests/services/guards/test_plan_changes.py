"""What no SQL of a careless colleague can make of a seat that leaves the plan, and of those who want it then."""

import pytest

from tests.races import change_guard, outcome, racing
from tests.scenes import Scene
from tests.services.guards.careless import IS_KEPT, NOT_UNIQUE, attempt, insert
from tests.services.reading import how_they_stand
from webapp.services import reservations, seat_maps, seating, shows
from webapp.services.refusals import NotFound
from webapp.services.shows import Show

NOT_IN_PLAN, NEVER_REMOVED = "SR040", "SR041"
REMOVE = "UPDATE all_seats SET removed_at = now() WHERE show_id = %s AND seat_number = %s"


def test_a_seat_that_left_the_plan_is_nowhere_but_in_the_history(scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A3"), scene.user()
    [held] = scene.hold(buyer, show, "A2")
    reservations.release(buyer, held.id)
    assert attempt(scene, REMOVE, show.id, "A2") is None
    assert [seat.seat_number for seat in seating.seats_of(show.id)] == ["A1", "A3"]
    assert [seat.seat_number for seat in how_they_stand(seat_maps.availability(show.id))] == ["A1", "A3"]
    assert shows.one(show.id).seats == len(seat_maps.chart_of(show.id, -1).seats) == 2
    assert reservations.one(buyer, held.id).seat_number == "A2"
    with pytest.raises(NotFound):
        scene.hold(buyer, show, "A2")


def test_nobody_holds_a_seat_that_left_the_plan(scene: Scene) -> None:
    show = scene.show(seats="A1-A2")
    [seat] = scene.rows("SELECT id FROM seats WHERE seat_number = 'A1'")
    assert attempt(scene, REMOVE, show.id, "A1") is None
    assert insert(scene, scene.user(), show, "A2", seat_id=seat["id"]) == NOT_IN_PLAN


def test_a_seat_that_somebody_has_does_not_leave_the_plan(scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A3"), scene.user()
    held = scene.hold(buyer, show, "A1", "A2")
    reservations.confirm(buyer, held[0].id)
    assert attempt(scene, REMOVE, show.id, "A1") == NEVER_REMOVED
    assert attempt(scene, REMOVE, show.id, "A2") == NEVER_REMOVED
    scene.lapse(held[1])
    assert attempt(scene, REMOVE, show.id, "A2") is None


def test_a_seat_that_left_the_plan_does_not_come_back_and_its_number_is_free(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="A1-A3")
    assert attempt(scene, REMOVE, show.id, "A1") is None
    seating.add_seats(organizer, show.id, [seating.labelled_seat("A1", category="Stalls")])
    comes_back = "UPDATE all_seats SET removed_at = NULL WHERE removed_at IS NOT NULL"
    assert attempt(scene, comes_back) == NEVER_REMOVED
    twice = "INSERT INTO seats (show_id, seat_number, category_id) SELECT show_id, 'A1', id FROM categories"
    assert attempt(scene, twice) == NOT_UNIQUE


def test_a_seat_that_was_ever_held_is_not_deleted(scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A2"), scene.user()
    reservations.release(buyer, scene.hold(buyer, show, "A1")[0].id)
    assert attempt(scene, "DELETE FROM seats WHERE seat_number = 'A1'") == "23503"
    assert attempt(scene, "DELETE FROM reservations") == IS_KEPT
    assert attempt(scene, "DELETE FROM seats WHERE seat_number = 'A2'") is None


def hold_while_the_seat_leaves(scene: Scene, change: str) -> tuple[object, Show]:
    """A plan changes when its seat is asked for; what became of the hold."""
    show, buyer = scene.show(seats="A1-A3"), scene.user()
    with racing(scene) as race:
        with scene.connected() as changing:
            changing.execute("SELECT pg_advisory_xact_lock(7301, %s)", (show.id,))
            changing.execute(change, (show.id, "A1"))
            holding = race.start(lambda: scene.hold(buyer, show, "A1"))
            assert race.settle(holding) == 1
        return outcome(holding), show


@pytest.mark.parametrize("change", [REMOVE, "DELETE FROM all_seats WHERE show_id = %s AND seat_number = %s"])
def test_a_hold_that_waited_for_a_change_of_the_plan_finds_the_seat_gone(scene: Scene, change: str) -> None:
    answer, show = hold_while_the_seat_leaves(scene, change)
    assert isinstance(answer, NotFound)
    assert scene.statuses(show) == {}


def test_without_the_guard_a_seat_outside_the_plan_would_be_held(own_scene: Scene) -> None:
    change_guard(own_scene, "guard_seat_in_plan", ("AND NOT EXISTS", "AND false AND NOT EXISTS"))
    _, show = hold_while_the_seat_leaves(own_scene, REMOVE)
    held = "SELECT status FROM reservations JOIN all_seats ON all_seats.id = seat_id WHERE removed_at IS NOT NULL"
    assert own_scene.rows(held) == [{"status": "HELD"}]
    assert shows.one(show.id).seats == 2
