"""Every SQL statement of the product runs 25 times on one connection.

psycopg prepares a statement at its sixth execution, and PostgreSQL may plan it for all values from the sixth of those:
what works ten times can fail at the eleventh.
"""

import ast
import inspect
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, event

import webapp.services
from tests.conftest import KEY
from tests.postgres import Database
from tests.scenes import Scene
from tests.services.every_verb import walk
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db
from webapp.services import reservations, seating
from webapp.services.accounts import passwords
from webapp.services.asker import Bearer
from webapp.services.offers.nearest import nearest
from webapp.services.refusals import SeatTaken
from webapp.services.reservations import SeatChoice

TIMES = 25
ROOM = Path(webapp.services.__file__).parent
# Modules of the services that ask the database nothing; a test below holds them to it.
NO_SQL = {
    "accounts.addresses",
    "accounts.common_passwords",
    "accounts.passwords",
    "accounts.tokens",
    "api_keys.key",
    "aside",
    "asker",
    "box_office.refusing",
    "baskets.links",
    "dashboards.counts",
    "dashboards.lost_holds",
    "dashboards.periods",
    "dashboards.seat_sales",
    "database.columns",
    "database.portions",
    "database.refusing",
    "database.silence",
    "database.unsure",
    "database.waiting",
    "demo.theatre",
    "offers.groups",
    "offers.hall",
    "offers.line",
    "offers.words",
    "plan_changes.difference",
    "plan_changes.matching",
    "plan_drafts.deeds",
    "plan_drafts.show_meant",
    "operations.glances",
    "operations.load",
    "operations.proof_run",
    "pictures.redrawing",
    "plans",
    "refusals",
    "seat_labels",
    "seat_maps.changes.news",
    "seat_maps.chart",
    "seat_maps.drawing",
    "seat_maps.standing.show_rules",
    "seat_maps.standing.show_times",
    "seat_maps.watching",
    "under_way",
    "seat_words",
    "shows.details",
}

Site = tuple[str, int]


def modules() -> dict[str, ModuleType]:
    """All modules of the services, by their names within it."""
    names = [found.name for found in pkgutil.walk_packages([str(ROOM)], "webapp.services.")]
    return {name.removeprefix("webapp.services."): import_module(name) for name in names}


def says_no_sql(name: str) -> bool:
    """Whether the module, or a package it is in, is said to ask the database nothing."""
    return any(name == room or name.startswith(f"{room}.") for room in NO_SQL)


def verbs() -> set[str]:
    """The public functions of all modules that ask the database."""
    return {
        f"{name}.{function}"
        for name, module in modules().items()
        if not says_no_sql(name)
        for function, made in inspect.getmembers(module, inspect.isfunction)
        if made.__module__ == module.__name__ and not function.startswith("_")
    }


def sites() -> set[Site]:
    """Where in the services SQL is written: the file and line of each `text(…)`, and of each `written_once(…)`."""
    return {
        (str(path), node.lineno)
        for path in ROOM.rglob("*.py")
        if "from sqlalchemy import" in (source := path.read_text())
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"text", "written_once"}
    }


class Record:
    """What was executed: how often each statement, and from where."""

    def __init__(self) -> None:
        self.statements: Counter[str] = Counter()
        self.spans: Counter[tuple[str, int, int]] = Counter()
        self.connections = 0

    def executed(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        """Count a statement, and the lines of the call in the services that executed it."""
        frame: FrameType | None = sys._getframe()
        while frame and not frame.f_code.co_filename.startswith(str(ROOM)):
            frame = frame.f_back
        assert frame, f"a statement from outside the services: {statement}"
        first, last, *_ = list(frame.f_code.co_positions())[frame.f_lasti // 2]
        self.statements[statement] += 1
        self.spans[frame.f_code.co_filename, first or 0, last or 0] += 1

    def connected(self, *_: Any) -> None:
        """Count a connection."""
        self.connections += 1

    def times(self, site: Site) -> int:
        """How often the SQL written there was executed."""
        file, line = site
        return sum(count for (name, first, last), count in self.spans.items() if name == file and first <= line <= last)


@contextmanager
def recording(engine: Engine) -> Iterator[Record]:
    """A record of all that is executed meanwhile."""
    record = Record()
    event.listen(engine, "before_cursor_execute", record.executed)
    event.listen(engine, "connect", record.connected)
    yield record
    event.remove(engine, "before_cursor_execute", record.executed)
    event.remove(engine, "connect", record.connected)


@contextmanager
def calls() -> Iterator[set[str]]:
    """The names of the functions of the services that are called meanwhile."""
    called: set[str] = set()

    def profile(frame: FrameType, what: str, _: Any) -> None:
        if what == "call" and frame.f_code.co_filename.startswith(str(ROOM)):
            module = frame.f_globals["__name__"].removeprefix("webapp.services.")
            called.add(f"{module}.{frame.f_code.co_qualname}")

    sys.setprofile(profile)
    try:
        yield called
    finally:
        sys.setprofile(None)


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing as ever, but hardly any work: it is not what is looked at here."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def one_connection(own_database: Database) -> Iterator[Scene]:
    """A scene whose application has a single connection."""
    settings = {"DATABASE_URL": own_database.url, "SECRET_KEY": KEY, "DATABASE_POOL_SIZE": "1"}
    app = create_app(Settings.from_environment(settings))
    with app.app_context():
        # The driver keeps a hundred statements prepared, the last that were used: here all of them are looked at.
        event.listen(
            db.engine, "connect", lambda driver_connection, _: setattr(driver_connection, "prepared_max", None)
        )
        yield Scene(app, own_database)
        db.engine.dispose()


@pytest.mark.usefixtures("cheap_passwords")
def test_every_statement_works_25_times_on_one_connection(one_connection: Scene) -> None:
    with recording(db.engine) as record:
        with calls() as called:
            walk(one_connection)
        for _ in range(TIMES - 1):
            walk(one_connection)
    assert verbs() - called == set()
    assert {site for site in sites() if record.times(site) < TIMES} == set()
    assert {statement: times for statement, times in record.statements.items() if times < TIMES} == {}
    assert record.connections == 1
    assert {placeless(statement) for statement in record.statements} - prepared() == set()


def test_what_buyers_do_all_day_is_planned_once(one_connection: Scene) -> None:
    """By users who were asked for before, and by bearers of tokens, of whom each statement asks itself."""
    show = one_connection.show(seats="A1-A40", seat_limit=40)
    seats = iter(seat.id for seat in seating.seats_of(show.id))
    for buyer in (one_connection.user(), Bearer(one_connection.user().id, 1)):
        for _ in range(10):
            for end in (reservations.confirm, reservations.release):
                [held] = reservations.hold(buyer, SeatChoice(seat_ids=(next(seats),)), minutes=5).reservations
                end(buyer, held.id)
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT statement, custom_plans, generic_plans FROM pg_prepared_statements")
        plans = {row.statement: (row.custom_plans, row.generic_plans) for row in rows}
    assert len(plans) == 4
    assert {(custom, generic > 0) for custom, generic in plans.values()} == {(5, True)}


def test_whose_a_seat_is_is_told_by_the_statement_that_would_have_held_it(one_connection: Scene) -> None:
    show, first, second = one_connection.show(), one_connection.user(), one_connection.user()
    [held] = one_connection.hold(first, show, "A1")
    with recording(db.engine) as record:
        assert one_connection.hold(first, show, "A1") == [held]
        with pytest.raises(SeatTaken):
            one_connection.hold(second, show, "A1")
    assert list(record.statements.values()) == [2]


def test_what_is_free_beside_a_seat_is_found_by_one_statement(one_connection: Scene) -> None:
    show = one_connection.show()
    [held] = one_connection.hold(one_connection.user(), show, "A1")
    before = nearest(show.id, [held.seat_id])
    with recording(db.engine) as record:
        assert nearest(show.id, [held.seat_id]) == before != []
    assert list(record.statements.values()) == [1]


def prepared() -> set[str]:
    """The statements that the one connection keeps prepared and has run often enough to be planned once for all."""
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT statement FROM pg_prepared_statements WHERE generic_plans + custom_plans > 15"
        )
        return {placeless(row.statement) for row in rows}


def placeless(statement: str) -> str:
    """The statement without the names that the driver and PostgreSQL give to the places of its values."""
    return re.sub(r"%\(\w+\)s|\$[0-9]+", "?", statement)


def test_modules_said_to_ask_the_database_nothing_import_nothing_that_could() -> None:
    asking = {
        name
        for name, module in modules().items()
        if says_no_sql(name) and name not in {"database.refusing", "database.silence", "database.waiting"}
        if "sqlalchemy" in (source := inspect.getsource(module)) or "services.database.statements" in source
    }
    assert asking == set()
