"""Seats that the house gives back while others give them back, buy them, or lose the right to."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.races import change_guard, name_of, no_deadlock, outcome, pausing, racing, rewriting
from tests.scenes import Scene
from tests.services.house_seats.cast import block, choice_of, series
from webapp.services import house_seats, managers, reservations
from webapp.services.asker import Asker

# Where a release has looked at what is kept, and is about to lock it; where a block has looked at what is free.
LOCK_WHAT_IS_KEPT = "ORDER BY show_id, seat_id"
INSERT_SEATS = "(house_block_id, seat_id"


def test_two_who_release_the_same_seats_do_it_once(scene: Scene) -> None:
    organizer = scene.user()
    dates = series(scene, organizer, 2)
    block(organizer, dates[0], "A1", "A2", others=dates[1:])
    with no_deadlock(scene), racing(scene) as race:
        results = race.all_at_once(
            *(
                lambda some=some: house_seats.release(organizer, choice_of(some[0], "A2", "A1", others=some[1:]))
                for some in (dates, dates[::-1]) * 4
            )
        )
    assert Counter(map(name_of, results)) == {"done": 1, "SeatsNotBlocked": 7}
    assert all(scene.statuses(show) == {seat: ["CANCELLED"] for seat in ("A1", "A2")} for show in dates)


def test_seats_released_and_bought_at_once_are_sold_once(scene: Scene) -> None:
    organizer, buyers = scene.user(), [scene.user() for _ in range(6)]
    show = scene.show(organizer, seats="A1-A4")
    [made] = block(organizer, show, "A1", "A2", "A3", "A4")
    whole = house_seats.Choice(show.id, block_ids=[made.id])

    def buy(buyer: Asker) -> None:
        held = scene.hold(buyer, show, "A2", "A1")
        reservations.confirm_basket(buyer, show.id, [one.id for one in held])

    with no_deadlock(scene), racing(scene) as race:
        race.all_at_once(
            lambda: house_seats.release(organizer, whole), *(lambda buyer=buyer: buy(buyer) for buyer in buyers)
        )
    statuses = scene.statuses(show)
    assert all(statuses[seat].count("CONFIRMED") <= 1 and statuses[seat][0] == "CANCELLED" for seat in ("A1", "A2"))
    assert statuses["A3"] == ["CANCELLED"]


def release_while_the_block_lapses(scene: Scene) -> tuple[str, dict[str, list[str]], bool]:
    """The release time of a block comes when its release has looked at it, and not yet got its locks: what came of the
    release, how the seats stand, and whether a buyer gets them."""
    organizer = scene.user()
    show = scene.show(organizer)
    block(organizer, show, "A1", "A2")
    with racing(scene) as race, pausing(LOCK_WHAT_IS_KEPT) as pause:
        act = race.start(lambda: house_seats.release(organizer, choice_of(show, "A1", "A2")))
        pause.reached()
        with scene.history() as connection:
            connection.execute("UPDATE reservations SET created_at = now() - interval '1 hour', hold_expiry = now()")
        pause.let_go()
        answer = name_of(outcome(act))
    statuses = scene.statuses(show)
    return answer, statuses, name_of(scene.hold(scene.user(), show, "A1", "A2")) == "done"


def test_a_block_that_lapses_while_it_is_released_was_not_released_and_is_free(scene: Scene) -> None:
    answer, statuses, are_free = release_while_the_block_lapses(scene)
    assert answer == "SeatsNotBlocked"
    assert statuses == {"A1": ["HELD"], "A2": ["HELD"]}, "lapsed, and not yet swept"
    assert are_free


def test_without_the_guards_look_at_the_time_it_would_be_on_record_as_released(own_scene: Scene) -> None:
    change_guard(own_scene, "guard_reservation_update", ("AND OLD.hold_expiry <= moment THEN", "AND false THEN"))
    answer, statuses, _ = release_while_the_block_lapses(own_scene)
    assert answer == "done"
    assert statuses == {"A1": ["CANCELLED"], "A2": ["CANCELLED"]}


def act_while_one_is_removed(scene: Scene, act: str, before: str) -> tuple[str, dict[str, list[str]]]:
    """A manager is removed before a statement of their act: what came of it, and how the seats stand."""
    organizer = scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show)
    block(organizer, show, "A1")
    acts: dict[str, Callable[[], Any]] = {
        "block": lambda: block(manager, show, "A2"),
        "release": lambda: house_seats.release(manager, choice_of(show, "A1")),
    }
    with racing(scene) as race, pausing(before) as pause:
        acting = race.start(acts[act])
        pause.reached()
        managers.remove(organizer, show.id, manager.id)
        pause.let_go()
        return name_of(outcome(acting)), scene.statuses(show)


@pytest.mark.parametrize(("act", "before"), [("block", INSERT_SEATS), ("release", LOCK_WHAT_IS_KEPT)])
def test_who_is_removed_while_they_block_or_release_does_neither(scene: Scene, act: str, before: str) -> None:
    assert act_while_one_is_removed(scene, act, before) == ("Forbidden", {"A1": ["HELD"]})


def test_without_the_records_look_at_who_runs_the_show_they_would(scene: Scene) -> None:
    with rewriting("OR runs_show(users.id, acted_on.show_id)", "OR true"):
        answer = act_while_one_is_removed(scene, "release", LOCK_WHAT_IS_KEPT)
    assert answer == ("done", {"A1": ["CANCELLED"]})
