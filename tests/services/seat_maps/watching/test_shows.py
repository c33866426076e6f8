"""Shows that go on sale, close, get another plan or go, while somebody watches."""

import pytest
from psycopg.sql import SQL, Identifier

from tests.scenes import Scene
from tests.services.seat_maps.watching.cast import LARGE, watched
from webapp.services import seat_maps, seating, shows
from webapp.services.plans.plan import PlanCategory
from webapp.services.refusals import CLOSED, Closed
from webapp.services.seat_labels import expand_labels
from webapp.services.seat_maps.charting import chart_of
from webapp.services.seat_maps.standing import Standing
from webapp.services.seat_maps.watching import watcher


def test_who_watches_a_show_that_is_deleted_is_let_go(scene: Scene) -> None:
    show = scene.show(seats="")
    with watched(scene, show) as [seen]:
        with scene.history() as connection:
            connection.execute("DELETE FROM shows WHERE id = %s", (show.id,))
        while seen.hear():
            pass


def test_a_new_plan_is_told_to_those_who_watch_and_those_who_come_back(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    with watched(scene, show) as [seen]:
        before = seen.cursor
        labels = [seating.labelled_seat(label, category="Stalls") for label in expand_labels("B1-B4")]
        seating.add_seats(organizer, show.id, labels, [PlanCategory(name="Stalls", price=4500)])
        seen.until(lambda seen: "plan" in seen.events)
        [held] = scene.hold(scene.user(), show, "B2")
        seen.until(lambda seen: seen.seats.get(held.seat_id) == "held")
    with watched(scene, show, since=before) as [back]:
        assert back.events[0] == "plan"
    with watched(scene, show, since=seen.cursor) as [back]:
        assert "plan" not in back.events


@pytest.mark.parametrize("how", ["cancelled", "begun"])
@pytest.mark.parametrize("seats", ["A1-A10", LARGE], ids=["a small hall", "a large one"])
def test_that_a_show_sells_no_more_is_told_to_those_who_watch_and_those_who_come_back(
    scene: Scene, how: Closed, seats: str
) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats=seats)
    part = next(iter(chart_of(show.id, seat_maps.standing_of(show.id).plan_version).parts))
    with watched(scene, show) as [whole], watched(scene, show, part) as [inside]:
        before = whole.cursor
        if how == "cancelled":
            shows.cancel(organizer, show.id)
        else:
            with scene.connected() as connection:
                connection.execute("UPDATE shows SET starts_at = clock_timestamp() WHERE id = %s", (show.id,))
        for seen in (whole, inside):
            seen.until(lambda seen: bool(seen.closed))
            assert seen.events.count("closed") == 1
    for since in (before, whole.cursor, "unknown"):
        with watched(scene, show, since=since) as [back]:
            assert back.closed == CLOSED[how]


@pytest.mark.parametrize("how", ["cancelled_at", "starts_at"])
def test_who_saw_a_show_long_after_it_closed_is_not_told_again(scene: Scene, how: str) -> None:
    show = scene.show()
    with scene.history() as connection:
        close = SQL("UPDATE shows SET {} = clock_timestamp() - interval '2 minutes' WHERE id = %s")
        connection.execute(close.format(Identifier(how)), (show.id,))
    with watched(scene, show) as [back]:
        assert back.events == ["pulse"]
    with watched(scene, show, since="unknown") as [new]:
        assert new.closed


@pytest.mark.parametrize("seats", ["A1-A10", LARGE], ids=["a small hall", "a large one"])
def test_that_a_show_goes_on_sale_is_told_to_those_who_wait_and_those_who_come_back(scene: Scene, seats: str) -> None:
    show = scene.show(seats=seats)
    sale = "UPDATE shows SET on_sale_at = clock_timestamp() + make_interval(secs => %s) WHERE id = %s"
    part = next(iter(chart_of(show.id, seat_maps.standing_of(show.id).plan_version).parts))
    with scene.connected() as connection:
        connection.execute(sale, (3600, show.id))
    with watched(scene, show) as [whole], watched(scene, show, part) as [inside]:
        before = whole.cursor
        assert "opened" not in whole.events
        with scene.connected() as connection:
            connection.execute(sale, (0, show.id))
        for seen in (whole, inside):
            seen.until(lambda seen: "opened" in seen.events)
        after = whole.cursor
    with watched(scene, show, since=before) as [back]:
        assert "opened" in back.events
    with watched(scene, show, since=after) as [back]:
        assert "opened" not in back.events


def test_a_show_that_sells_no_more_is_looked_at_rarely_but_at_once_for_whoever_comes(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(watcher, "QUIET_PAUSE_SECONDS", 60)
    closed, empty = scene.show(), scene.show(seats="")
    scene.begin(closed)
    looks: list[int] = []

    def noted(show_id: int) -> Standing:
        looks.append(show_id)
        return seat_maps.standing_of(show_id)

    monkeypatch.setattr(watcher, "standing_of", noted)
    with watched(scene, closed) as [seen], watched(scene, empty):
        assert seen.watching.hear(0.5) is None
        assert sorted(looks) == sorted([closed.id, empty.id])
        with watched(scene, closed) as [late]:
            assert late.events
        assert looks.count(closed.id) == 2
