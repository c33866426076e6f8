"""Whoever watches a show is told what happens to its seats, without a gap and without knowing of whom."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from time import monotonic

import pytest

from tests.asked import statements_asked
from tests.races import PATIENCE, insert_hold, let_end
from tests.scenes import Scene
from webapp.extensions import db
from webapp.services import reservations, seat_maps, seating, shows
from webapp.services.accounts.addresses import network_of
from webapp.services.plans.plan import PlanCategory
from webapp.services.refusals import CLOSED, Busy, NotFound
from webapp.services.seat_labels import expand_labels
from webapp.services.seat_maps.charting import chart_of
from webapp.services.seat_maps.standing import Cursor, Standing
from webapp.services.seat_maps.watching import Watching, audience, end_when, registry, viewer, watch, watcher
from webapp.services.seat_maps.watching.picture import Picture
from webapp.services.seat_maps.watching.watcher import Watcher
from webapp.services.shows import Show

LARGE = ",".join(f"{block}1-{block}900" for block in ("A", "B", "C"))


class Map:
    """A map in a browser: what it has been told, put together."""

    def __init__(self, watching: Watching) -> None:
        self.watching = watching
        self.seats: dict[int, str] = {}
        self.free: dict[int, int] = {}
        self.parts: dict[str, int] = {}
        self.closed = ""
        self.cursor = ""
        self.events: list[str] = []

    def hear(self) -> bool:
        """Be told once more; False when there will be nothing more."""
        telling = self.watching.hear(PATIENCE)
        if telling is None:
            return False
        self.cursor = telling.cursor
        for told in telling.events:
            self.events.append(told.name)
            if told.data.get("all"):
                self.seats.clear()
            for word in ("available", "held", "sold"):
                self.seats.update(dict.fromkeys(told.data.get(word, ()), word))
            self.free.update(told.data.get("free", {}))
            self.parts.update(told.data.get("parts", {}))
            self.closed = told.data.get("because", self.closed)
        return True

    def until(self, done: Callable[["Map"], bool]) -> None:
        """Be told until this is so."""
        deadline = monotonic() + PATIENCE
        while not done(self):
            assert monotonic() < deadline, f"told only {self.seats} {self.events}"
            assert self.hear(), f"the end, after {self.seats} {self.events}"


@contextmanager
def watched(
    scene: Scene, show: Show, part: str | None = None, since: str | None = None, how_many: int = 1
) -> Iterator[list[Map]]:
    """Maps that watch a show."""
    with ExitStack() as leaving:
        maps = []
        for _ in range(how_many):
            cursor = Cursor.read(since or seat_maps.standing_of(show.id).cursor)
            watching = watch(show.id, part=part, since=cursor, within=scene.app.app_context)
            leaving.callback(watching.leave)
            maps.append(Map(watching))
        for one in maps:
            one.hear()
        yield maps


@contextmanager
def streaming(scene: Scene, show: Show, address: str) -> Iterator[Watching]:
    """Somebody's stream of a show, from this address."""
    watching = watch(show.id, part=None, since=None, within=scene.app.app_context, network=network_of(address))
    try:
        yield watching
    finally:
        watching.leave()


@pytest.fixture(autouse=True)
def _quick_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """No watcher outlives its test for long."""
    monkeypatch.setattr(audience, "LINGER_SECONDS", 0.2)


@pytest.fixture
def _ending() -> Iterator[None]:
    yield
    end_when(bool)


def seat_of(scene: Scene, show: Show, number: str) -> int:
    [row] = scene.rows("SELECT id FROM seats WHERE show_id = %s AND seat_number = %s", show.id, number)
    return int(row["id"])


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
    scene: Scene, how: str, seats: str
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
            assert back.closed == CLOSED[how]  # type: ignore[index]


@pytest.mark.parametrize("how", ["cancelled_at", "starts_at"])
def test_who_saw_a_show_long_after_it_closed_is_not_told_again(scene: Scene, how: str) -> None:
    show = scene.show()
    with scene.history() as connection:
        connection.execute(
            f"UPDATE shows SET {how} = clock_timestamp() - interval '2 minutes' WHERE id = %s",  # type: ignore[arg-type]
            (show.id,),
        )
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


def test_a_look_costs_one_query_however_many_watch(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "PAUSE_SECONDS", 0.1)
    show = scene.show()
    with watched(scene, show, how_many=200) as maps, statements_asked() as asked:
        begun = monotonic()
        while len(asked) < 5 and monotonic() - begun < PATIENCE:
            assert maps[0].watching.hear(0.05) is None
        looks = (monotonic() - begun) / 0.1
    assert 5 <= len(asked) <= looks + 1
    assert all("FROM shows" in said and "changed_xid >=" in said for said, _ in asked)


def test_what_many_hear_is_written_once(scene: Scene) -> None:
    show = scene.show()
    with watched(scene, show, how_many=3) as maps:
        scene.hold(scene.user(), show, "A1")
        first, *others = [one.watching.hear(PATIENCE) for one in maps]
        assert first
        assert all(heard is first for heard in others)
        assert first.stream is first.stream


def test_nobody_watches_a_show_without_viewers(scene: Scene) -> None:
    show = scene.show()
    watching = registry._registries
    with watched(scene, show):
        assert show.id in watching[db.engine]._watchers
    deadline = monotonic() + PATIENCE
    while show.id in watching[db.engine]._watchers:
        assert monotonic() < deadline


def test_there_is_a_limit_to_viewers_and_who_leaves_makes_room(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    show = scene.show()
    monkeypatch.setattr(registry, "MOST_VIEWERS", 2)
    with watched(scene, show) as _, watched(scene, show) as [second]:
        second.watching.leave()
        second.watching.leave()  # and nobody leaves twice
        with watched(scene, show) as _, pytest.raises(Busy) as full:
            watch(show.id, part=None, since=None, within=scene.app.app_context)
    assert full.value.facts["retry_after"] > 0


def test_streams_leave_places_to_those_who_only_ask_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    show = scene.show()
    monkeypatch.setattr(registry, "MOST_STREAMS", 2)
    with streaming(scene, show, "192.0.2.1"), streaming(scene, show, "192.0.2.2") as second:
        with pytest.raises(Busy), streaming(scene, show, "192.0.2.3"):
            pass
        with watched(scene, show) as [asking]:
            assert asking.events == ["pulse"]
        second.leave()
        with streaming(scene, show, "192.0.2.3"):
            pass


def test_one_network_does_not_take_the_places_of_all(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    show, another = scene.show(), scene.show()
    monkeypatch.setattr(registry, "MOST_STREAMS_OF_NETWORK", 2)
    with streaming(scene, show, "2001:db8::1"), streaming(scene, another, "2001:db8::2") as second:
        with pytest.raises(Busy) as full, streaming(scene, show, "2001:db8::3"):
            pass
        assert full.value.facts["retry_after"] > 0
        with streaming(scene, show, "192.0.2.1"):
            second.leave()
        with streaming(scene, show, "2001:db8::3"):
            pass
    assert not registry._registries[db.engine]._streams


def test_a_watcher_that_cannot_be_started_leaves_no_trace(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    show = scene.show()

    def no_thread(self: Watcher) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as without:
        without.setattr(Watcher, "start", no_thread)
        with pytest.raises(RuntimeError):
            watch(show.id, part=None, since=None, within=scene.app.app_context)
    assert registry._registries[db.engine]._viewers == 0
    with watched(scene, show) as [seen]:
        assert seen.events == ["pulse"]


@pytest.mark.parametrize("watched_shows", [1, 25, 100, 700])
def test_all_watchers_of_a_process_together_look_some_sixty_times_a_second(watched_shows: int) -> None:
    one = Watcher(1, within=nullcontext, wanted=lambda _: False, watchers=lambda: watched_shows)
    assert watched_shows / one._pause() < 63
    if watched_shows <= 25:
        assert one._pause() == 0.4


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


def test_a_viewer_who_hears_too_slowly_is_let_go_and_misses_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewer, "MOST_UNHEARD", 2)
    monkeypatch.setattr(watcher, "PAUSE_SECONDS", 0.02)
    show, buyer = scene.show(), scene.user()
    with watched(scene, show, how_many=2) as [slow, quick]:
        for number in range(1, 6):
            [held] = scene.hold(buyer, show, f"A{number}")
            quick.until(lambda quick, held=held: quick.seats.get(held.seat_id) == "held")
        while slow.hear():
            pass
        assert len(slow.seats) == 2
    with watched(scene, show, since=slow.cursor) as [back]:
        assert len({**slow.seats, **back.seats}) == 5


@pytest.mark.usefixtures("_ending")
def test_when_the_process_ends_all_are_let_go_and_nobody_is_let_in(scene: Scene) -> None:
    show = scene.show()
    with watched(scene, show) as [seen]:
        end_when(lambda: True)
        while seen.hear():
            pass
        with pytest.raises(Busy):
            watch(show.id, part=None, since=None, within=scene.app.app_context)


def test_a_stream_ends_by_itself_after_a_while(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "PULSE_SECONDS", 0.1)
    monkeypatch.setattr(audience, "VIEWING_SECONDS", 0.3)
    with watched(scene, scene.show()) as [seen]:
        while seen.hear():
            pass
        assert set(seen.events) == {"pulse"}
        assert len(seen.events) > 1


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
