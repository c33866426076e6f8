"""Seats that the house gives back: to buyers, all of them or none, on every date."""

import pytest

from tests.scenes import Scene
from tests.services.house_seats.cast import barred, block, choice_of, planned, series
from webapp.services import acts, house_seats, shows
from webapp.services.house_seats import Choice, SeatsNotBlocked
from webapp.services.refusals import Forbidden, NotFound, NotOnSale


def test_some_seats_of_a_block_are_released_and_free_at_once(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    block(organizer, show, "A1", "A2", "A3")
    [outlook] = house_seats.release(organizer, choice_of(show, "A2"), reason="The critic is ill")
    assert planned(outlook) == ["A2"]
    scene.hold(buyer, show, "A2")
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["CANCELLED", "HELD"], "A3": ["HELD"]}
    [kept] = house_seats.blocks_of(show.id)
    assert [seat.seat_number for seat in kept.seats] == ["A1", "A3"]
    [act, *_] = acts.of_show(show.id, limit=1)
    assert act.details == {"seats": 1, "first": ["A2"], "reason": "The critic is ill"}
    assert (act.act, act.user_id) == ("release seats", organizer.id)
    assert scene.rows("SELECT reason FROM reservations WHERE status = 'CANCELLED'") == [{"reason": "The critic is ill"}]


def test_a_whole_block_is_released_and_again_there_is_nothing_left_of_it(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    [made] = block(organizer, show, "A1", "A2")
    block(organizer, show, "A3", reason="Director")
    whole = Choice(show.id, block_ids=[made.id])
    assert [planned(outlook) for outlook in house_seats.release(organizer, whole)] == [["A1", "A2"]]
    assert [planned(outlook) for outlook in house_seats.release(organizer, whole)] == [[]]
    assert [one.reason for one in house_seats.blocks_of(show.id)] == ["Director"]
    assert [act.act for act in acts.of_show(show.id, limit=20)].count("release seats") == 1, "nothing is not an act"


def test_seats_are_released_on_several_dates_at_once_or_on_none(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user("Bruno")
    first, second = series(scene, organizer, 2)
    block(organizer, first, "A1", "A2", others=[second])
    house_seats.release(organizer, choice_of(second, "A2"))
    scene.hold(buyer, second, "A2")
    both = choice_of(first, "A1", "A2", others=[second])
    _, other = house_seats.preview_release(organizer, both)
    assert planned(other) == ["A1"]
    assert barred(other) == {"A2": ("not blocked", "Bruno")}
    with pytest.raises(SeatsNotBlocked, match=r"^Nothing was released\. On .*: seat A2 is not blocked\.$"):
        house_seats.release(organizer, both)
    assert scene.statuses(first) == {"A1": ["HELD"], "A2": ["HELD"]}
    house_seats.release(organizer, choice_of(first, "A1", others=[second]))
    assert scene.statuses(first) == {"A1": ["CANCELLED"], "A2": ["HELD"]}
    assert scene.statuses(second)["A1"] == ["CANCELLED"]


def test_what_buyers_hold_is_not_the_houses_to_release(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    scene.hold(buyer, show, "A1")
    with pytest.raises(SeatsNotBlocked, match=r"Seats A1, A2 are not blocked\."):
        house_seats.release(organizer, choice_of(show, "A1", "A2"))
    assert scene.statuses(show) == {"A1": ["HELD"]}


def test_only_those_who_run_a_show_release_its_seats(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    [made] = block(organizer, show, "A1")
    for choice in (choice_of(show, "A1"), Choice(show.id, block_ids=[made.id])):
        with pytest.raises(Forbidden):
            house_seats.release(scene.user(), choice)
    other = scene.user()
    with pytest.raises(NotFound):
        house_seats.release(other, Choice(scene.show(other).id, block_ids=[made.id]))
    assert scene.statuses(show) == {"A1": ["HELD"]}


def test_of_a_cancelled_show_nothing_is_left_to_release(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    block(organizer, show, "A1")
    shows.cancel(organizer, show.id)
    with pytest.raises(NotOnSale):
        house_seats.release(organizer, choice_of(show, "A1"))
