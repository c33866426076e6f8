"""Shows: made, listed, read and cancelled."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.scenes import Scene
from webapp.services import reservations, shows
from webapp.services.refusals import Forbidden, HoldReleased, NotFound


def test_a_show_reads_as_it_was_made_and_has_no_seats_at_first(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, title="Macbeth", seats="", seat_limit=4)
    assert shows.one(show.id) == show
    assert (show.title, show.venue, show.timezone, show.currency) == (
        "Macbeth",
        "The Lantern",
        "Europe/Helsinki",
        "EUR",
    )
    assert (show.organizer_id, show.seat_limit, show.seats, show.available) == (organizer.id, 4, 0, 0)
    assert (show.price_from, show.price_to, show.sells) == (None, None, True)


def test_a_show_counts_live_seats_and_what_was_sold(scene: Scene) -> None:
    show, buyer = scene.show(price=1000), scene.user()
    _, sold, lapsed, released = scene.hold(buyer, show, "A1", "A2", "A3", "A4")
    reservations.confirm(buyer, sold.id)
    reservations.release(buyer, released.id)
    scene.lapse(lapsed)
    now = shows.one(show.id)
    assert (now.seats, now.held, now.confirmed, now.available, now.revenue) == (10, 1, 1, 8, 1000)
    assert (now.price_from, now.price_to) == (1000, 1000)


def test_shows_ahead_are_listed_soonest_first_and_in_pages(scene: Scene) -> None:
    late, soon, begun = (scene.show(starts_in=timedelta(days=days)) for days in (9, 2, 5))
    same_time = scene.show()
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET starts_at = %s WHERE id = %s", (late.starts_at, same_time.id))
    scene.begin(begun)
    assert [show.id for show in shows.upcoming()] == [soon.id, late.id, same_time.id]
    assert [show.id for show in shows.upcoming(limit=2)] == [soon.id, late.id]
    assert [show.id for show in shows.upcoming(limit=2, after=(late.starts_at, late.id))] == [same_time.id]


def test_an_organizer_lists_their_own_shows_the_latest_first(scene: Scene) -> None:
    organizer = scene.user()
    soon, late = scene.show(organizer, starts_in=timedelta(days=2)), scene.show(organizer, starts_in=timedelta(days=9))
    scene.show()
    scene.begin(soon)
    assert [show.id for show in shows.of_organizer(organizer)] == [late.id, soon.id]


def test_an_organizer_finds_their_shows_by_a_word_a_state_and_when_they_begin(scene: Scene) -> None:
    organizer = scene.user()
    draft, sells, over = (
        scene.show(organizer, title=title, starts_in=timedelta(days=days))
        for title, days in (("Draft", 9), ("Hamlet", 6), ("Othello", 3))
    )
    scene.show(title="Hamlet")
    scene.unpublish(draft)
    shows.cancel(organizer, over.id)

    def found(**wanted: Any) -> list[int]:
        return [show.id for show in shows.of_organizer(organizer, **wanted)]

    assert found(search="HAM") == found(status="published") == [sells.id]
    assert (found(status="draft"), found(status="cancelled")) == ([draft.id], [over.id])
    assert found(starts_from=sells.starts_at) == [draft.id, sells.id]
    assert found(starts_before=sells.starts_at) == [over.id]
    assert found(search="lantern", starts_from=over.starts_at, limit=1, after=(draft.starts_at, draft.id)) == [sells.id]


def test_what_is_settled_about_the_seats_of_a_show_is_read_and_changed_again(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    assert (show.lonely_seats, show.accessible_seats_released_at) == ("off", None)
    shows.change(organizer, show.id, 1, lonely_seats="enforce", accessible_seats_released=True)
    released = shows.one(show.id)
    assert released.lonely_seats == "enforce"
    assert released.accessible_seats_released_at is not None
    shows.change(organizer, show.id, 2, lonely_seats="warn", accessible_seats_released=True)
    again = shows.one(show.id)
    assert (again.lonely_seats, again.accessible_seats_released_at) == ("warn", released.accessible_seats_released_at)
    shows.change(organizer, show.id, 3, lonely_seats="off", accessible_seats_released=False)
    assert shows.one(show.id) == replace(show, edition=4)


def test_only_its_organizer_settles_anything_about_a_show(scene: Scene) -> None:
    show, stranger = scene.show(), scene.user()
    with pytest.raises(Forbidden):
        shows.change(stranger, show.id, 1, lonely_seats="enforce", accessible_seats_released=True)
    with pytest.raises(NotFound):
        shows.change(stranger, 999_999, 1, lonely_seats="enforce", accessible_seats_released=True)
    assert shows.one(show.id) == show


def test_only_its_organizer_touches_a_show(scene: Scene) -> None:
    show, stranger = scene.show(), scene.user()
    for act in (shows.organized, shows.cancel):
        with pytest.raises(Forbidden):
            act(stranger, show.id)
    assert shows.one(show.id) == show


def test_a_show_that_is_not_there_is_not_found(scene: Scene) -> None:
    organizer = scene.user()
    for act in (shows.organized, shows.cancel):
        with pytest.raises(NotFound):
            act(organizer, 2**31 - 1)
    with pytest.raises(NotFound):
        shows.one(2**31 - 1)


def test_cancelling_a_show_ends_every_hold_and_keeps_every_sale(scene: Scene) -> None:
    organizer, buyer, other = scene.user(), scene.user(), scene.user()
    show, elsewhere = scene.show(organizer), scene.show(organizer)
    [sold] = scene.hold(buyer, show, "A1")
    reservations.confirm(buyer, sold.id)
    held = scene.hold(other, show, "A2", "A3")
    [lapsed] = scene.hold(other, show, "A4")
    scene.lapse(lapsed)
    scene.hold(other, elsewhere, "A1")
    cancelled = shows.cancel(organizer, show.id)
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CANCELLED"], "A3": ["CANCELLED"], "A4": ["EXPIRED"]}
    assert scene.statuses(elsewhere) == {"A1": ["HELD"]}
    assert (cancelled.sells, cancelled.held, cancelled.confirmed) == (False, 0, 1)
    with pytest.raises(HoldReleased):
        reservations.confirm(other, held[0].id)


def test_a_sale_of_a_cancelled_show_can_still_be_asked_for(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [sold] = scene.hold(buyer, show, "A1")
    reservations.confirm(buyer, sold.id)
    shows.cancel(organizer, show.id)
    assert reservations.confirm(buyer, sold.id).status == "CONFIRMED"
    assert reservations.one(buyer, sold.id).show_cancelled_at


def test_cancelling_again_changes_nothing(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    first, again = shows.cancel(organizer, show.id), shows.cancel(organizer, show.id)
    assert first.cancelled_at
    assert first == again


def test_a_show_that_has_begun_says_so_and_sells_nothing(scene: Scene) -> None:
    show = scene.show()
    scene.begin(show)
    now = shows.one(show.id)
    assert (now.closed, now.sells) == ("begun", False)
    assert "begun" in (now.closed_because or "")
