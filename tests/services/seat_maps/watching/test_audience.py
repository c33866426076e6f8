"""How many may watch, what they cost, and how they are let go."""

from contextlib import nullcontext
from time import monotonic

import pytest

from tests.asked import statements_asked
from tests.races import PATIENCE
from tests.scenes import Scene
from tests.services.seat_maps.watching.cast import streaming, watched
from webapp.extensions import db
from webapp.services.refusals import Busy
from webapp.services.seat_maps.watching import audience, end_when, registry, viewer, watch, watcher
from webapp.services.seat_maps.watching.watcher import Watcher


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
