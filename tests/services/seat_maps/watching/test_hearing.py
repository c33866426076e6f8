"""What those hear who watch a show: each seat that changes, once, whatever transactions do meanwhile."""

from time import monotonic

import pytest

from tests.races import PATIENCE, insert_hold, let_end
from tests.scenes import Scene
from tests.services.seat_maps.watching.cast import LARGE, seat_of, watched
from webapp.services import reservations, seat_maps
from webapp.services.refusals import NotFound
from webapp.services.seat_maps.charting import chart_of
from webapp.services.seat_maps.standing import Cursor
from webapp.services.seat_maps.watching import watch
from webapp.services.seat_maps.watching.picture import Picture


def test_holds_sales_and_releases_are_told_with_the_seats_left(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    with watched(scene, show) as [seen]:
        assert (seen.events, seen.seats) == (["pulse"], {})
        one, two = scene.hold(buyer, show, "A1", "A2")
        seen.until(lambda seen: seen.seats == {one.seat_id: "held", two.seat_id: "held"})
        assert list(seen.free.values()) == [8]
        reservations.confirm(buyer, one.id)
        reservations.release(buyer, two.id)
        seen.until(lambda seen: seen.seats == {one.seat_id: "sold", two.seat_id: "available"})
        assert list(seen.free.values()) == [9]


def test_a_hold_that_lapses_is_told_though_nobody_marks_it(scene: Scene) -> None:
    show = scene.show()
    [held] = scene.hold(scene.user(), show, "A1")
    with watched(scene, show) as [seen]:
        let_end(scene, held, 0.3)
        begun = monotonic()
        seen.until(lambda seen: seen.seats.get(held.seat_id) == "available")
        assert monotonic() - begun < 5
    assert scene.statuses(show)["A1"] == ["HELD"]


def test_whoever_comes_back_hears_what_was_missed_and_no_more(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    scene.hold(buyer, show, "A1")
    seat_maps.standing_of(show.id)
    with watched(scene, show) as [left]:
        scene.hold(buyer, show, "A2")
        left.until(lambda left: len(left.seats) == 1)
    [third] = scene.hold(buyer, show, "A3")
    with watched(scene, show, since=left.cursor) as [back]:
        assert back.seats[third.seat_id] == "held"
        assert seat_of(scene, show, "A1") not in back.seats


@pytest.mark.parametrize(
    "since", ["nonsense", "another-cluster.1.1.1", "1.2", "ffff.99999999999999999999.1.1", "é.1.1.1"]
)
def test_whoever_comes_with_an_unknown_cursor_hears_everything(scene: Scene, since: str) -> None:
    show = scene.show()
    [held] = scene.hold(scene.user(), show, "A1")
    with watched(scene, show, since=since) as [seen]:
        assert "seats" in seen.events
        assert seen.seats == {held.seat_id: "held"}


def test_nothing_is_lost_by_a_transaction_that_stays_open_across_many_looks(scene: Scene) -> None:
    show, slow, quick = scene.show(), scene.user(), scene.user()
    with watched(scene, show) as [seen]:
        with scene.connected() as connection:
            insert_hold(connection, slow, show, "A1")
            for number in ("A2", "A3", "A4"):
                [held] = scene.hold(quick, show, number)
                seen.until(lambda seen, held=held: seen.seats.get(held.seat_id) == "held")
        seen.until(lambda seen: len(seen.seats) == 4)
        with watched(scene, show, since=seen.cursor) as [back]:
            assert set(back.seats.values()) <= {"held"}


def test_a_break_during_a_long_transaction_makes_no_gap(scene: Scene) -> None:
    show, slow = scene.show(), scene.user()
    with watched(scene, show) as [left], scene.connected() as connection:
        insert_hold(connection, slow, show, "A1")
        [held] = scene.hold(scene.user(), show, "A2")
        left.until(lambda left: left.seats == {held.seat_id: "held"})
    with watched(scene, show, since=left.cursor) as [back]:
        back.until(lambda back: back.seats.get(seat_of(scene, show, "A1")) == "held")


def test_of_a_large_hall_each_hears_of_their_part_and_the_overview_of_the_counts(scene: Scene) -> None:
    show = scene.show(seats=LARGE)
    chart = chart_of(show.id, seat_maps.standing_of(show.id).plan_version)
    assert chart.is_divided
    seat_id = seat_of(scene, show, "A5")
    slug = chart.part_of_seat[seat_id]
    other = next(part for part in chart.parts if part != slug)
    with (
        watched(scene, show) as [overview],
        watched(scene, show, slug) as [inside],
        watched(scene, show, other) as [outside],
    ):
        scene.hold(scene.user(), show, "A5")
        inside.until(lambda inside: inside.seats == {seat_id: "held"})
        overview.until(lambda overview: overview.parts == {slug: chart.parts[slug].seat_count - 1})
        assert (overview.events[-1], list(overview.free.values())) == ("parts", [2699])
        assert inside.parts == overview.parts
        assert outside.watching.hear(0) is None
    with watched(scene, show, slug, since="unknown") as [late]:
        assert late.seats == {seat_id: "held"}
    with watched(scene, show, since="unknown") as [late]:
        assert sum(late.parts.values()) == 2699


def test_there_is_nothing_to_hear_of_a_part_or_show_that_is_not(scene: Scene) -> None:
    show = scene.show()
    now = Cursor.read(seat_maps.standing_of(show.id).cursor)
    for show_id, part, since in ((show.id, "attic", None), (show.id, "attic", now), (show.id + 1, None, None)):
        watching = watch(show_id, part=part, since=since, within=scene.app.app_context)
        with pytest.raises(NotFound):
            watching.hear(PATIENCE)
        watching.leave()


def test_a_seat_that_changes_hands_between_two_looks_is_told_again(scene: Scene) -> None:
    show, one, other = scene.show(), scene.user(), scene.user()
    held, kept = scene.hold(one, show, "A1", "A2")
    chart = chart_of(show.id, -1)
    before = Picture.of(chart, seat_maps.standing_of(show.id))
    reservations.release(one, held.id)
    scene.hold(other, show, "A1")
    reservations.release(one, kept.id)
    after, told = before.followed_by(seat_maps.standing_of(show.id))
    [event] = told["all"].events
    assert (event.data["held"], event.data["available"]) == ([held.seat_id], [kept.seat_id])
    assert event.data["again"] == [held.seat_id]
    [back] = scene.hold(one, show, "A2")
    [event] = after.followed_by(seat_maps.standing_of(show.id))[1]["all"].events
    assert event.data["held"] == [back.seat_id]
    assert "again" not in event.data


def test_after_an_error_of_the_database_viewers_hear_what_happened_meanwhile(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    show = scene.show()
    with watched(scene, show) as [seen]:
        with scene.connected() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND datname = current_database() AND usename = current_user"
            )
        seat_id = seat_of(scene, show, "A1")
        with scene.connected() as connection:
            insert_hold(connection, scene.user(), show, "A1")
        seen.until(lambda seen: seen.seats == {seat_id: "held"})
