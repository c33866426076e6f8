"""Tools for races: acts in threads of their own, played in an order that is forced, not hoped for.

Nobody sleeps: an act is known to wait when PostgreSQL says so, and every wait ends after `PATIENCE` seconds.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Barrier, Event
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg import Connection
from psycopg.rows import DictRow
from sqlalchemy import event

from tests.connections import empty_pools, hang_up
from tests.scenes import Scene
from webapp.extensions import db
from webapp.services.asker import Asker
from webapp.services.reservations import Reservation
from webapp.services.shows import Show

PATIENCE = 20
MOST_ACTS = 16

Result = TypeVar("Result")


class Race:
    """Acts that run at once on one scene; made by `racing`."""

    def __init__(self, scene: Scene, pool: ThreadPoolExecutor) -> None:
        self.scene = scene
        self._pool = pool

    def start(self, act: Callable[[], Result]) -> "Future[Result]":
        """Let the act run, within the application's context."""

        def play() -> Result:
            with self.scene.app.app_context():
                return act()

        return self._pool.submit(play)

    def settle(self, *acts: "Future[Any]") -> int:
        """Return once each of these acts is done or waits for a lock; how many wait."""
        deadline = monotonic() + PATIENCE
        with psycopg.connect(self.scene.database.superuser_url, autocommit=True) as watcher:
            while True:
                waiting = _number(watcher, WAITING)
                if waiting + sum(act.done() for act in acts) >= len(acts):
                    return waiting
                assert monotonic() < deadline, "the acts neither end nor wait for one another"
                wait([act for act in acts if not act.done()], timeout=0.002, return_when=FIRST_COMPLETED)

    def all_at_once(self, *acts: Callable[[], Any]) -> list[Any]:
        """Start the acts at one barrier; what each returned or raised."""
        barrier = Barrier(len(acts), timeout=PATIENCE)
        started = [self.start(lambda act=act: (barrier.wait(), act())[1]) for act in acts]
        return [outcome(act) for act in started]


WAITING = """
    SELECT count(*)
    FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@contextmanager
def racing(scene: Scene, most_acts: int = MOST_ACTS) -> Iterator[Race]:
    """A race of so many acts at most; at its end all are over."""
    with ThreadPoolExecutor(most_acts) as pool:
        yield Race(scene, pool)


def outcome(act: "Future[Any]") -> Any:
    """What the act returned, or the exception it raised."""
    error = act.exception(timeout=PATIENCE)
    return act.result() if error is None else error


def name_of(result: Any) -> str:
    """A refusal's or an error's name; "done" for an act that came to its end."""
    return type(result).__name__ if isinstance(result, BaseException) else "done"


class Pause:
    """Where an act stands still until it is let go; made by `pausing`."""

    def __init__(self) -> None:
        self._reached, self._let_go = Event(), Event()

    def reached(self) -> None:
        """Return once the act has come there."""
        assert self._reached.wait(PATIENCE), "the act never came to its pause"

    def let_go(self) -> None:
        """Let the act go on."""
        self._let_go.set()

    def stand_still(self) -> None:
        """What the act does there: the first to come waits, all others pass."""
        if not self._reached.is_set():
            self._reached.set()
            assert self._let_go.wait(PATIENCE), "the act was never let go"


@contextmanager
def pausing(before: str) -> Iterator[Pause]:
    """The first act that is about to run a statement with these words stands still."""
    pause = Pause()

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if before in statement:
            pause.stand_still()

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield pause
    finally:
        pause.let_go()
        event.remove(db.engine, "before_cursor_execute", listen)


@contextmanager
def rewriting(words: str, instead: str) -> Iterator[None]:
    """The application as it would be if `words` in its SQL read otherwise, however its lines are broken."""
    found, pattern = [], re.compile(r"\s+".join(map(re.escape, words.split())))

    def rewrite(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
        rewritten, times = pattern.subn(lambda _: instead, statement)
        found.extend([statement] if times else [])
        return rewritten, parameters

    event.listen(db.engine, "before_cursor_execute", rewrite, retval=True)
    try:
        yield
        assert found, f"no statement says {words!r} any more: this test would prove nothing"
    finally:
        event.remove(db.engine, "before_cursor_execute", rewrite)


def change_guard(scene: Scene, function: str, *changes: tuple[str, str]) -> None:
    """Take words out of a guard of the database, or put others in their place."""
    with scene.connected() as connection:
        row = connection.execute("SELECT pg_get_functiondef(%s::regproc) AS definition", (function,)).fetchone()
        assert row
        definition: str = row["definition"]
        for words, instead in changes:
            assert words in definition, f"{function} does not say {words!r} any more: this test would prove nothing"
            definition = definition.replace(words, instead)
        connection.execute(definition)


def run(scene: Scene, statement: str) -> None:
    """Change the schema of a test's own database."""
    with scene.connected() as connection:
        connection.execute(statement)


def quick_deadlocks(scene: Scene) -> None:
    """Have PostgreSQL look for deadlocks at once instead of after a second, in a test's own database."""
    with psycopg.connect(scene.database.superuser_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {scene.database.name} SET deadlock_timeout = '20ms'")
    db.engine.dispose()


_SESSIONS_OF_THE_APPLICATION = """
    SELECT count(*)
    FROM pg_stat_activity
    JOIN pg_roles ON pg_roles.oid = usesysid
    WHERE datname = current_database() AND NOT rolsuper
"""


def deadlocks(scene: Scene) -> int:
    """How many deadlocks PostgreSQL has counted in the scene's database; ends the application's idle sessions."""
    # A session tells its counts when it ends, at the latest.
    empty_pools()
    hang_up(scene.database.url)
    deadline = monotonic() + PATIENCE
    with psycopg.connect(scene.database.superuser_url, autocommit=True) as watcher:
        while _number(watcher, _SESSIONS_OF_THE_APPLICATION):
            assert monotonic() < deadline, "somebody is still connected"
        return _number(watcher, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")


@contextmanager
def no_deadlock(scene: Scene) -> Iterator[None]:
    """PostgreSQL counts no deadlock meanwhile."""
    before = deadlocks(scene)
    yield
    assert deadlocks(scene) == before


def insert_hold(connection: Connection[DictRow], buyer: Asker, show: Show, *numbers: str) -> int:
    """Hold seats on a connection of one's own, as yet uncommitted; how many."""
    return connection.execute(
        """
        INSERT INTO reservations (user_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
        SELECT %(user_id)s, id, show_id, 0, statement_timestamp() + interval '10 minutes', %(user_id)s, 'api'
        FROM seats
        WHERE show_id = %(show_id)s AND seat_number = ANY(%(numbers)s)
        ORDER BY id
        ON CONFLICT DO NOTHING
        """,
        {"user_id": buyer.id, "show_id": show.id, "numbers": list(numbers)},
    ).rowcount


def let_end(scene: Scene, held: Reservation, seconds: float) -> None:
    """Let the hold end so many seconds from now."""
    with scene.history() as connection:
        connection.execute(
            """
            UPDATE reservations
            SET created_at = clock_timestamp() - interval '1 minute',
                hold_expiry = clock_timestamp() + make_interval(secs => %s),
                changed_xid = pg_current_xact_id()
            WHERE id = %s
            """,
            (seconds, held.id),
        )


def until_over(scene: Scene, held: Reservation) -> None:
    """Return when the hold's time is over, by the database's clock and hardly later."""
    scene.rows(
        """
        SELECT pg_sleep_until(hold_expiry)::text
        FROM reservations
        WHERE id = %s AND hold_expiry < clock_timestamp() + interval '20 seconds'
        """,
        held.id,
    )


def _number(watcher: "Connection[Any]", query: str) -> int:
    row = watcher.execute(query).fetchone()
    assert row
    return int(row[0])
