"""The changes of a show, read by programs from a cursor on: without a gap, and each seat as it stands."""

import json
from datetime import timedelta

import pytest

from tests.races import insert_hold, let_end, until_over
from tests.scenes import Scene
from tests.services.plan_changes.plans import give, plan_of
from webapp.services import house_seats, reservations, seat_maps, shows
from webapp.services.refusals import NotFound, StartOver
from webapp.services.seat_maps import News, changes
from webapp.services.seat_maps.changes import news
from webapp.services.seat_maps.charting import chart_of
from webapp.services.seat_maps.standing import Cursor, standing_of
from webapp.services.shows import Show


class Reader:
    """A program that keeps how seats stand by what it is told, from all that is not free on."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self.seats: dict[str, tuple[str, object]] = {}
        self.cursor: str | None = None

    def read(self) -> News:
        """Ask once more, and keep what is told."""
        news = changes(self._show.id, None, Cursor.read(self.cursor) if self.cursor else None)
        self.keep(news)
        return news

    def keep(self, news: News) -> None:
        """Keep what is told."""
        if news.everything:
            self.seats.clear()
        self.seats.update(stands(news.seats))
        self.cursor = news.cursor

    def taken(self) -> dict[str, tuple[str, object]]:
        """The seats that are not free."""
        return {number: stands for number, stands in self.seats.items() if stands[0] != "AVAILABLE"}


def listed(show: Show) -> dict[str, tuple[str, object]]:
    """The seats that are not free, as availability lists them."""
    return {
        number: how for number, how in stands(seat_maps.availability(show.id).json).items() if how[0] != "AVAILABLE"
    }


def stands(written: bytes) -> dict[str, tuple[str, object]]:
    """How seats stand, by their numbers, in the order in which they are told."""
    return {seat["seat_number"]: (seat["status"], seat.get("hold_expiry")) for seat in json.loads(written)}


def told(news: News) -> dict[str, str]:
    """How the seats stand that are told of."""
    return {number: status for number, (status, _) in stands(news.seats).items()}


def test_first_all_that_is_not_free_is_told_and_then_what_changes(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    one, two, lapsed = scene.hold(buyer, show, "A1", "A2", "A3")
    scene.lapse(lapsed)
    reservations.confirm(buyer, one.id)
    reader = Reader(show)
    first = reader.read()
    assert (first.everything, first.closed, first.plan_changed) == (True, None, False)
    assert list(told(first)) == ["A1", "A2"]
    assert reader.seats == listed(show)
    quiet = reader.read()
    assert (quiet.everything, told(quiet)) == (False, {})
    reservations.release(buyer, two.id)
    scene.hold(buyer, show, "A4")
    assert told(reader.read()) == {"A2": "AVAILABLE", "A4": "HELD"}
    assert reader.taken() == listed(show)


def test_a_transaction_that_began_earlier_and_ends_later_is_told(scene: Scene) -> None:
    show = scene.show()
    reader = Reader(show)
    with scene.connected() as early:
        early.execute("SELECT pg_current_xact_id()")
        scene.hold(scene.user(), show, "A1")
        reader.read()
        assert reader.taken().keys() == {"A1"}
        insert_hold(early, scene.user(), show, "A2")
        reader.read()
        assert reader.taken().keys() == {"A1"}
        scene.hold(scene.user(), show, "A3")
        reader.read()
    assert "A2" in told(reader.read())
    assert reader.taken() == listed(show)


def test_with_a_long_transaction_anywhere_seats_are_told_again_as_they_stand(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    reader = Reader(show)
    with scene.connected() as long:
        long.execute("SELECT pg_current_xact_id()")
        reader.read()
        for number in range(1, 6):
            [held] = scene.hold(buyer, show, f"A{number}")
            reader.read()
            assert reader.taken() == listed(show)
            if number % 2:
                reservations.release(buyer, held.id)
                assert told(reader.read())[f"A{number}"] == "AVAILABLE"
        scene.hold(scene.user(), show, "A1")
        assert told(reader.read())["A1"] == "HELD"
        assert len(told(reader.read())) == 5
    reader.read()
    assert told(reader.read()) == {}
    assert reader.taken() == listed(show)
    assert reader.seats["A1"] == ("HELD", listed(show)["A1"][1])


def test_a_hold_that_lapses_is_told_though_nobody_writes_it_down(scene: Scene) -> None:
    show = scene.show()
    [held] = scene.hold(scene.user(), show, "A1")
    let_end(scene, held, 0.3)
    reader = Reader(show)
    reader.read()
    assert told(reader.read()) == {}
    until_over(scene, held)
    assert told(reader.read()) == {"A1": "AVAILABLE"}
    assert told(reader.read()) == {}
    assert scene.statuses(show)["A1"] == ["HELD"]


def test_an_extension_is_told_with_the_new_time(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    scene.hold(buyer, show, "A1", minutes=5)
    reader = Reader(show)
    reader.read()
    reservations.extend_basket(buyer, show.id)
    assert told(reader.read()) == {"A1": "HELD"}
    assert reader.taken() == listed(show)


def test_seats_of_the_house_are_told_as_held_with_no_end(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    reader = Reader(show)
    reader.read()
    press = house_seats.Choice(show.id, seat_numbers=("A1",))
    house_seats.block(organizer, press, reason="Press", until=house_seats.Until())
    reader.read()
    assert reader.taken() == listed(show) == {"A1": ("HELD", None)}


def test_why_nothing_is_sold_any_more_is_told(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    scene.hold(scene.user(), show, "A1")
    reader = Reader(show)
    assert reader.read().closed is None
    shows.cancel(organizer, show.id)
    news = reader.read()
    assert (news.closed, told(news)) == ("cancelled", {"A1": "AVAILABLE"})
    begun = scene.show()
    scene.begin(begun)
    assert changes(begun.id, None).closed == "begun"


def test_a_changed_plan_is_told_and_seats_that_left_it_are_not(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seats="A1-A3")
    one, two = scene.hold(buyer, show, "A1", "A2")
    reader = Reader(show)
    reader.read()
    for held in (one, two):
        reservations.release(buyer, held.id)
    give(organizer, show, plan_of("A1", "B7"))
    news = reader.read()
    assert news.plan_changed
    assert told(news) == {"A1": "AVAILABLE"}
    assert not reader.read().plan_changed


def test_a_cursor_of_elsewhere_or_of_a_time_to_come_is_told_to_start_over(scene: Scene) -> None:
    show = scene.show()
    cursor = Cursor.read(changes(show.id, None).cursor)
    assert cursor
    of_another_show = Cursor.read(changes(scene.show().id, None).cursor)
    for other in (
        of_another_show,
        Cursor("another", cursor.horizon, cursor.now, cursor.plan_version),
        Cursor(cursor.cluster, cursor.horizon + 1000, cursor.now, cursor.plan_version),
        Cursor(cursor.cluster, 2**63 - 1, cursor.now, cursor.plan_version),
        Cursor(cursor.cluster, cursor.horizon, cursor.now + timedelta(minutes=1), cursor.plan_version),
    ):
        with pytest.raises(StartOver):
            changes(show.id, None, other)


def test_one_cursor_serves_the_live_maps_too(scene: Scene) -> None:
    show = scene.show()
    cursor = Cursor.read(seat_maps.standing_of(show.id).cursor)
    scene.hold(scene.user(), show, "A1")
    assert told(changes(show.id, None, cursor)) == {"A1": "HELD"}
    cursor = Cursor.read(changes(show.id, None).cursor)
    [held] = scene.hold(scene.user(), show, "A2")
    assert cursor
    assert held.seat_id in (seat_maps.standing_of(show.id).log.since(cursor) or ())


def test_strangers_hear_nothing_of_a_draft(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    cursor = Cursor.read(changes(show.id, None).cursor)
    scene.unpublish(show)
    for since in (None, cursor):
        with pytest.raises(NotFound):
            changes(show.id, scene.user(), since)
    assert changes(show.id, organizer, cursor).closed == "draft"


def test_who_read_a_hold_between_two_looks_is_told_that_it_is_over(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    reader = Reader(show)
    before = standing_of(show.id)
    [held] = scene.hold(buyer, show, "A1")
    reader.read()
    assert reader.taken().keys() == {"A1"}
    reservations.release(buyer, held.id)
    after = standing_of(show.id)
    told_next = news(before, after, chart_of(show.id, after.plan_version))
    assert told_next
    reader.keep(told_next)
    assert reader.taken() == listed(show) == {}
