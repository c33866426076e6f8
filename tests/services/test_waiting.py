"""Who waits for a connection is served soon or sent away at once, and what needs none waits for nothing."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread
from time import monotonic, sleep

import pytest

from tests.conftest import app_on
from tests.races import PATIENCE, Race, outcome, racing
from tests.scenes import Scene
from tests.streams import Stream
from webapp.extensions import db
from webapp.services import kept_answers
from webapp.services.database import clock
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.database.waiting import queue_of
from webapp.services.operations import readiness, status
from webapp.services.refusals import Busy
from webapp.services.seat_maps.watching import audience

# Seconds that the others would wait, were they not sent away.
POOL_TIMEOUT = 20


@pytest.fixture
def narrow(scene: Scene) -> Iterator[Scene]:
    """The same database through an application with two connections and one place to wait."""
    app = app_on(
        scene.database, DATABASE_POOL_SIZE="2", DATABASE_QUEUE_SIZE="1", DATABASE_POOL_TIMEOUT=str(POOL_TIMEOUT)
    )
    with app.app_context():
        yield Scene(app, scene.database)
        db.engine.dispose()


@contextmanager
def somebody_waiting(scene: Scene, race: Race) -> Iterator[None]:
    """Both connections are taken, and somebody waits for one; served in the end."""
    with autocommitted(), transaction():
        waiting = race.start(clock.now)
        until_waiting(1)
        yield
        assert not waiting.done()
    assert outcome(waiting)
    assert queue_of(db.engine).waiting == 0


def until_waiting(number: int) -> None:
    """Return when so many wait."""
    give_up_at = monotonic() + PATIENCE
    while queue_of(db.engine).waiting != number:
        assert monotonic() < give_up_at
        sleep(0)


def test_beyond_those_who_may_wait_one_is_sent_away_at_once(narrow: Scene) -> None:
    visitor = narrow.app.test_client()
    with racing(narrow) as race, somebody_waiting(narrow, race):
        begun = monotonic()
        for act in (clock.now, transaction, lambda: kept_answers.once("somebody", "a key", b"a request")):
            with pytest.raises(Busy):
                act()
        answer = visitor.get("/v1/shows/")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        page = visitor.get("/shows/", headers={"Accept": "text/html"})
        assert (page.status_code, page.mimetype, page.headers["Retry-After"]) == (503, "text/html", "2")
        assert monotonic() - begun < POOL_TIMEOUT / 2


def test_meanwhile_health_still_answers_and_what_needs_no_database(narrow: Scene) -> None:
    visitor = narrow.app.test_client()
    with racing(narrow) as race, somebody_waiting(narrow, race):
        begun = monotonic()
        assert visitor.get("/healthz").status_code == 200
        assert visitor.get("/sign-in", headers={"Accept": "text/html"}).status_code == 200
        assert monotonic() - begun < POOL_TIMEOUT / 2


def test_a_server_is_not_broken_because_many_wait(narrow: Scene) -> None:
    assert narrow.app
    with queue_of(db.engine).place():
        with pytest.raises(Busy):
            clock.now()
        assert readiness.look().is_ready
        assert status.look().holds


def test_who_waited_too_long_leaves_the_place_to_the_next(scene: Scene) -> None:
    app = app_on(scene.database, DATABASE_POOL_SIZE="1", DATABASE_QUEUE_SIZE="1", DATABASE_POOL_TIMEOUT="1")
    with app.app_context():
        with autocommitted(), pytest.raises(Busy):
            clock.now()
        assert clock.now()
        db.engine.dispose()


def test_open_streams_take_no_place_in_the_queue(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audience, "LINGER_SECONDS", 0.2)
    monkeypatch.setattr(queue_of(db.engine), "most", 2)
    show, visitor = scene.show(), scene.app.test_client()
    with ExitStack() as stack:
        for _ in range(4):
            response = visitor.get(f"/shows/{show.id}/live", headers={"Accept": "text/event-stream"}, buffered=False)
            stack.callback(response.close)
            assert Stream(response).until("seats")
        assert visitor.get(f"/v1/shows/{show.id}").status_code == 200


def test_of_many_at_once_each_is_served_or_sent_away_and_all_places_are_free_again(narrow: Scene) -> None:
    served, sent_away = [], []

    def ask() -> None:
        with narrow.app.app_context():
            try:
                served.append(clock.now())
            except Busy:
                sent_away.append(1)

    threads = [Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert served
    assert len(served) + len(sent_away) == 40
    assert queue_of(db.engine).waiting == 0
