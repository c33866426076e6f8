"""Migrations go up and down, say the same as the models, and wait for one another."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask_migrate import check, downgrade, upgrade

from tests.conftest import MIGRATIONS, app_on
from tests.postgres import Server
from tests.races import outcome, racing, run
from tests.scenes import Scene
from tests.services.guards.careless import NEVER_CHANGES, attempt
from webapp.extensions import db
from webapp.models.guards import GUARDS
from webapp.services import accounts

TABLES = {
    "acts",
    "all_seats",
    "allowances",
    "api_keys",
    "categories",
    "ended_sessions",
    "house_blocks",
    "invitations",
    "kept_answers",
    "password_tries",
    "pictures",
    "plan_draft_states",
    "plan_drafts",
    "plan_versions",
    "plans",
    "reservation_changes",
    "reservations",
    "show_managers",
    "shows",
    "users",
    "venues",
}
# The migrations' own note of where they are, which stays.
NOTE = ("alembic_version", "_alembic_version")
EVERYTHING = """
    SELECT relkind::text AS kind, relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'function', proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'type', typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
    ORDER BY 1, 2
"""


@pytest.fixture
def empty_scene(server: Server) -> Iterator[Scene]:
    """A database of the test's own in which nothing has been made."""
    database = server.create_database()
    app = app_on(database)
    with app.app_context():
        yield Scene(app, database)
        db.engine.dispose()
    server.drop_database(database)


def everything(scene: Scene) -> set[tuple[Any, ...]]:
    """All that is in the database, but for the note."""
    return {tuple(row.values()) for row in scene.rows(EVERYTHING) if not str(row["name"]).startswith(NOTE)}


def guards(scene: Scene) -> set[tuple[str, str, str]]:
    """The triggers that are on: table, name and function of each."""
    rows = scene.rows(
        """
        SELECT tgrelid::regclass::text AS on_table, tgname, tgfoid::regproc::text AS function
        FROM pg_trigger
        WHERE NOT tgisinternal AND tgenabled = 'O'
        """
    )
    return {(row["on_table"], row["tgname"], row["function"]) for row in rows}


def test_going_up_makes_all_tables_and_guards(empty_scene: Scene) -> None:
    upgrade(MIGRATIONS)
    assert {name for kind, name in everything(empty_scene) if kind == "r"} == TABLES
    assert guards(empty_scene) == GUARDS


def test_going_down_leaves_nothing_and_going_up_again_makes_the_same(empty_scene: Scene) -> None:
    upgrade(MIGRATIONS)
    made = everything(empty_scene)
    downgrade(MIGRATIONS, revision="base")
    assert everything(empty_scene) == set()
    upgrade(MIGRATIONS)
    assert everything(empty_scene) == made
    assert guards(empty_scene) == GUARDS


def test_going_up_where_everything_is_changes_nothing(empty_scene: Scene) -> None:
    upgrade(MIGRATIONS)
    show = empty_scene.show()
    empty_scene.hold(empty_scene.user(), show, "A1")
    upgrade(MIGRATIONS)
    assert empty_scene.statuses(show) == {"A1": ["HELD"]}


@pytest.mark.usefixtures("own_scene")
def test_models_and_migrations_say_the_same() -> None:
    check(MIGRATIONS)  # exits where it finds a difference


@pytest.mark.parametrize(
    "difference",
    [
        "ALTER TABLE shows ADD COLUMN colour text",
        "ALTER TABLE shows ALTER COLUMN title DROP NOT NULL",
        "ALTER TABLE reservations ALTER COLUMN price TYPE bigint",
        "ALTER TABLE reservations ALTER COLUMN changed_xid TYPE text USING changed_xid::text",
        "DROP INDEX unique_active_reservation_per_seat",
        "DROP INDEX ix_reservations_lapsing",
        "DROP INDEX uq_seats_show_id_seat_number",
        "ALTER TABLE reservations DROP CONSTRAINT fk_reservations_seat_id_show_id_all_seats",
    ],
)
def test_a_difference_between_models_and_migrations_is_found(own_scene: Scene, difference: str) -> None:
    run(own_scene, difference)
    with pytest.raises(SystemExit):
        check(MIGRATIONS)


def test_of_two_migrations_at_once_one_waits_for_the_other(empty_scene: Scene) -> None:
    with racing(empty_scene) as race:
        with empty_scene.connected() as first:
            first.execute("SELECT pg_advisory_xact_lock(7304)")
            second = race.start(lambda: upgrade(MIGRATIONS))
            assert race.settle(second) == 1
            assert everything(empty_scene) == set()
        assert outcome(second) is None
    assert guards(empty_scene) == GUARDS


def test_going_down_past_guests_ends_their_holds_and_the_former_rules_hold_again(empty_scene: Scene) -> None:
    upgrade(MIGRATIONS)
    show, guest = empty_scene.show(), empty_scene.guest()
    empty_scene.hold(guest, show, "A1")
    own, _ = accounts.become_account(empty_scene.guest(), name="Ann", email="a@a.example", phone_number="12345")
    [held] = empty_scene.hold(own, show, "A2")
    downgrade(MIGRATIONS, revision="0003")
    assert empty_scene.statuses(show) == {"A1": ["CANCELLED"], "A2": ["HELD"]}
    later = "UPDATE reservations SET hold_expiry = hold_expiry + interval '1 minute' WHERE id = %s"
    assert attempt(empty_scene, later, held.id) == NEVER_CHANGES
    upgrade(MIGRATIONS)
    assert attempt(empty_scene, later, held.id) is None
