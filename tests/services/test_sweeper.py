"""The sweeper marks lapsed holds at the next of its turns, one process at a time, and nothing stops it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.races import PATIENCE, rewriting, run
from tests.scenes import Scene
from webapp.extensions import db
from webapp.services import reservations
from webapp.sweeper import PAUSE_SECONDS, start_sweeper


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that tests need not wait for the next turn."""
    monkeypatch.setattr("webapp.sweeper.PAUSE_SECONDS", 0.02)


class Sweeps:
    """Knows when a sweep begins and ends, well or not."""

    def __init__(self) -> None:
        self._begun = threading.Semaphore(0)

    def begins(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        """Take note of a sweep that is about to be made."""
        if "SELECT pg_try_advisory_xact_lock" in statement:
            self._begun.release()

    def one_more(self) -> None:
        """Return when a sweep that began after this call is over, since another one begins."""
        while self._begun.acquire(blocking=False):
            pass
        for _ in range(2):
            assert self._begun.acquire(timeout=PATIENCE), "nobody sweeps"


@contextmanager
def sweeping(scene: Scene, processes: int = 1) -> Iterator[Sweeps]:
    """So many sweepers at work, each as if in a process of its own."""
    sweeps = Sweeps()
    event.listen(db.engine, "before_cursor_execute", sweeps.begins)
    stops = [start_sweeper(scene.app) for _ in range(processes)]
    try:
        yield sweeps
    finally:
        for stop in stops:
            stop()
        for thread in sweepers():
            thread.join(PATIENCE)
        event.remove(db.engine, "before_cursor_execute", sweeps.begins)


def sweepers() -> list[threading.Thread]:
    """The sweepers at work in this process."""
    return [thread for thread in threading.enumerate() if thread.name == "sweeper"]


def test_without_a_sweeper_lapsed_holds_stay_unmarked_and_are_free_all_the_same(scene: Scene) -> None:
    show = scene.show()
    scene.lapse(*scene.hold(scene.user(), show, "A1", "A2"))
    assert sweepers() == []
    scene.hold(scene.user(), show, "A1")
    assert scene.statuses(show) == {"A1": ["EXPIRED", "HELD"], "A2": ["HELD"]}


def test_a_sweeper_marks_lapsed_holds_in_its_next_turn_and_it_has_two_in_a_second(scene: Scene) -> None:
    show = scene.show()
    with sweeping(scene) as sweeps:
        scene.lapse(*scene.hold(scene.user(), show, "A1", "A2"))
        scene.hold(scene.user(), show, "A3")
        sweeps.one_more()
        assert scene.statuses(show) == {"A1": ["EXPIRED"], "A2": ["EXPIRED"], "A3": ["HELD"]}
    assert PAUSE_SECONDS <= 0.5


def test_several_sweepers_mark_each_hold_once(scene: Scene) -> None:
    show = scene.show()
    scene.lapse(*scene.hold(scene.user(), show, "A1", "A2"))
    with sweeping(scene, processes=3) as sweeps:
        sweeps.one_more()
        sweeps.one_more()
    assert scene.statuses(show) == {"A1": ["EXPIRED"], "A2": ["EXPIRED"]}
    assert scene.rows("SELECT count(*) FROM reservation_changes WHERE status = 'EXPIRED'") == [{"count": 2}]


def test_a_sweeper_has_no_turn_while_another_process_sweeps(scene: Scene) -> None:
    show = scene.show()
    held = scene.hold(scene.user(), show, "A1")
    with sweeping(scene) as sweeps:
        with scene.connected() as elsewhere:
            elsewhere.execute("SELECT pg_advisory_xact_lock(7303, 0)")
            scene.lapse(*held)  # not before: the sweeper is at work already
            sweeps.one_more()
            assert scene.statuses(show) == {"A1": ["HELD"]}
        sweeps.one_more()
        assert scene.statuses(show) == {"A1": ["EXPIRED"]}


def test_a_sweeper_that_failed_says_so_and_goes_on(own_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    show = own_scene.show()
    own_scene.lapse(*own_scene.hold(own_scene.user(), show, "A1"))
    run(own_scene, "ALTER TABLE reservations RENAME TO elsewhere")
    with sweeping(own_scene) as sweeps, caplog.at_level(logging.ERROR):
        sweeps.one_more()
        assert "the sweeper failed" in caplog.text
        run(own_scene, "ALTER TABLE elsewhere RENAME TO reservations")
        sweeps.one_more()
        assert own_scene.statuses(show) == {"A1": ["EXPIRED"]}


def test_a_sweeper_that_finds_the_database_busy_keeps_quiet_and_goes_on(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    show = scene.show()
    [lapsed] = scene.hold(scene.user(), show, "A1")
    scene.lapse(lapsed)
    with sweeping(scene) as sweeps, caplog.at_level(logging.ERROR):
        with scene.connected() as other, rewriting("SKIP LOCKED", "NOWAIT"):
            other.execute("SELECT FROM reservations WHERE id = %s FOR UPDATE", (lapsed.id,))
            sweeps.one_more()
        sweeps.one_more()
        assert scene.statuses(show) == {"A1": ["EXPIRED"]}
    assert caplog.text == ""


def test_a_sweeper_ends_when_it_is_told_to(scene: Scene) -> None:
    with sweeping(scene):
        assert len(sweepers()) == 1
    assert sweepers() == []
    scene.lapse(*scene.hold(scene.user(), scene.show(), "A1"))
    assert reservations.expire_lapsed() == 1
