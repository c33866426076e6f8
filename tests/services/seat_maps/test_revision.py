"""A revision tells whether all is as it was, by one read: never that it is when it is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.races import insert_hold, let_end, until_over
from tests.scenes import Scene
from tests.services.plan_changes.plans import give, plan_of
from webapp.services import house_seats, reservations, seat_maps, seating, shows
from webapp.services.plans.plan import PlanCategory
from webapp.services.refusals import NotFound
from webapp.services.seat_maps import About, Revision, revised
from webapp.services.shows import Show

ALL = frozenset(About)
SEATS_ALONE = frozenset({About.SEATS})


def now(show: Show) -> Revision:
    """The revision of the show, as a client gives it back."""
    written = str(revised(show.id, None).revision)
    assert len(written) == 64
    found = Revision.read(written)
    assert found
    return found


def same(show: Show, known: Revision) -> frozenset[About]:
    """What is as it was; asked twice, since asking changes nothing."""
    found = revised(show.id, None, known).same
    assert revised(show.id, None, known).same == found
    return found


def test_where_nothing_happens_all_stays_the_same(scene: Scene) -> None:
    show = scene.show()
    scene.hold(scene.user(), show, "A1")
    known = now(show)
    scene.hold(scene.user(), scene.show(), "A1")  # of another show
    assert same(show, known) == ALL


def test_holds_extensions_sales_and_releases_are_changes(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    known = now(show)
    one, two = scene.hold(buyer, show, "A1", "A2", minutes=5)
    assert same(show, known) == SEATS_ALONE
    for act in (
        lambda: reservations.extend_basket(buyer, show.id),
        lambda: reservations.confirm(buyer, one.id),
        lambda: reservations.release(buyer, two.id),
    ):
        known = now(show)
        act()
        assert same(show, known) == SEATS_ALONE


def test_a_transaction_that_began_earlier_and_ends_later_is_a_change(scene: Scene) -> None:
    """The highest number of a transaction stays what it was: it is the one of the hold that was there before."""
    show = scene.show()
    with scene.connected() as early:
        early.execute("SELECT pg_current_xact_id()")
        scene.hold(scene.user(), show, "A1")
        known = now(show)
        assert same(show, known) == ALL
        insert_hold(early, scene.user(), show, "A2")
        assert same(show, known) == ALL
    [highest, *_] = scene.rows(
        "SELECT seat_number FROM seats JOIN reservations ON seat_id = seats.id ORDER BY changed_xid DESC"
    )
    assert highest["seat_number"] == "A1"
    assert same(show, known) == SEATS_ALONE


def test_a_long_transaction_makes_nothing_look_changed(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    with scene.connected() as long:
        long.execute("SELECT pg_current_xact_id()")
        scene.hold(buyer, show, "A1", "A2")
        known = now(show)
        assert known.changes == 2
        assert same(show, known) == ALL
        [held] = scene.hold(buyer, show, "A3")
        assert same(show, known) == SEATS_ALONE
        known = now(show)
        reservations.release(buyer, held.id)  # as many rows as before
        assert same(show, known) == SEATS_ALONE
        known = now(show)
    assert same(show, known) == ALL


def test_a_hold_that_lapses_is_a_change_though_nobody_writes_it_down(scene: Scene) -> None:
    show = scene.show()
    [held] = scene.hold(scene.user(), show, "A1")
    let_end(scene, held, 0.3)
    known = now(show)
    assert same(show, known) == ALL
    until_over(scene, held)
    assert same(show, known) == SEATS_ALONE
    known = now(show)
    assert scene.statuses(show)["A1"] == ["HELD"]
    assert reservations.expire_lapsed() == 1
    assert About.SEATS in same(show, known)


def test_a_clock_that_was_set_back_lets_holds_live_again(scene: Scene) -> None:
    show = scene.show()
    known = now(show)
    written = replace(known, now=known.now + timedelta(minutes=5))
    assert same(show, written) == SEATS_ALONE


def test_details_are_about_the_show_alone(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    known = now(show)
    shows.change(organizer, show.id, show.edition, title="Cymbeline")
    assert same(show, known) == {About.SEATS, About.AVAILABILITY}
    known = now(show)
    shows.duplicate(organizer, show.id, [show.starts_at + timedelta(days=1)])  # which gives it a series
    assert same(show, known) == {About.SEATS, About.AVAILABILITY}


def test_prices_and_seats_and_plans_change_everything(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    [category] = seat_maps.categories_of(show.id)
    for act in (
        lambda: seating.set_prices(organizer, show.id, scene.edition(show.id), {category.id: 4600}),
        lambda: seating.add_seats(
            organizer, show.id, [seating.labelled_seat("B1", category="Stalls")], [PlanCategory(name="Stalls")]
        ),
        lambda: give(organizer, show, plan_of("A1", "A2", "C7")),
    ):
        known = now(show)
        act()
        assert same(show, known) == frozenset()


def test_a_cancelled_show_and_a_blocked_seat_are_changes(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    known = now(show)
    press = house_seats.Choice(show.id, seat_numbers=("A1",))
    house_seats.block(organizer, press, reason="Press", until=house_seats.Until())
    assert same(show, known) == SEATS_ALONE
    scene.hold(scene.user(), show, "A2")
    known = now(show)
    shows.cancel(organizer, show.id)
    assert same(show, known) == SEATS_ALONE


def test_of_another_database_or_a_time_to_come_nothing_is_the_same(scene: Scene) -> None:
    show = scene.show()
    known = now(show)
    assert same(show, replace(known, cluster=b"another!")) == frozenset()
    assert same(show, replace(known, horizon=2**64 - 1)) == SEATS_ALONE
    assert same(show, replace(known, changes=2**32 - 1)) == SEATS_ALONE


@pytest.mark.parametrize("written", ["", "A" * 63, "A" * 65, "é" * 64, "=" * 64, "!" * 64, "A" * 60 + "!!!!", "f" * 64])
def test_what_is_no_revision_is_read_as_none(written: str) -> None:
    assert Revision.read(written) is None


def test_strangers_are_told_no_revision_of_a_draft(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    known = now(show)
    scene.unpublish(show)
    with pytest.raises(NotFound):
        revised(show.id, scene.user(), known)
    assert revised(show.id, organizer, known).same == {About.SEATS, About.AVAILABILITY}
