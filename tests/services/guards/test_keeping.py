"""What no SQL of a careless colleague can lose: sales, their history, and what they refer to."""

import pytest

from tests.scenes import Scene
from tests.services.guards.careless import IS_KEPT, NOT_ALLOWED, NOT_UNIQUE, REFERRED_TO, attempt, insert
from webapp.services import reservations
from webapp.services.shows import Show


@pytest.fixture
def show(scene: Scene) -> Show:
    """A show with a sale, a hold, and a released hold."""
    show, buyer = scene.show(), scene.user()
    sold, _, released = scene.hold(buyer, show, "A1", "A2", "A3")
    reservations.confirm(buyer, sold.id)
    reservations.release(buyer, released.id)
    return show


STANDING = {"A1": ["CONFIRMED"], "A2": ["HELD"], "A3": ["CANCELLED"]}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM reservations",
        "DELETE FROM reservations WHERE status = 'CANCELLED'",
        "DELETE FROM reservations WHERE false",
        "TRUNCATE reservations, reservation_changes",
        "TRUNCATE reservations CASCADE",
        "TRUNCATE users CASCADE",
        "DELETE FROM reservation_changes",
        "TRUNCATE reservation_changes",
        "UPDATE reservation_changes SET status = 'EXPIRED'",
        "UPDATE reservation_changes SET changed_by = NULL",
        "MERGE INTO reservations USING seats ON seats.id = seat_id WHEN MATCHED THEN DELETE",
    ],
)
def test_no_reservation_and_no_line_of_history_is_lost(scene: Scene, show: Show, statement: str) -> None:
    history = scene.rows("SELECT * FROM reservation_changes ORDER BY id")
    assert attempt(scene, statement) == IS_KEPT
    assert scene.statuses(show) == STANDING
    assert scene.rows("SELECT * FROM reservation_changes ORDER BY id") == history
    assert len(history) == 5


@pytest.mark.parametrize("table", ["users", "seats", "shows", "categories"])
def test_nothing_is_deleted_that_a_reservation_refers_to(scene: Scene, show: Show, table: str) -> None:
    rows = scene.rows(f"SELECT * FROM {table} ORDER BY id")
    assert attempt(scene, f"DELETE FROM {table}") == REFERRED_TO
    assert scene.rows(f"SELECT * FROM {table} ORDER BY id") == rows
    assert scene.statuses(show) == STANDING


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE seats SET show_id = %s WHERE seat_number = 'A1'",
        "UPDATE seats SET category_id = (SELECT id FROM categories WHERE show_id = %s) WHERE seat_number = 'A4'",
    ],
)
def test_a_seat_stays_in_its_show_and_its_prices(scene: Scene, show: Show, statement: str) -> None:
    other = scene.show(seats="B1")
    assert attempt(scene, statement, other.id) == REFERRED_TO
    assert scene.statuses(show) == STANDING


def test_no_seat_is_added_at_the_price_of_another_show(scene: Scene, show: Show) -> None:
    other = scene.show()
    statement = """
        INSERT INTO seats (show_id, seat_number, category_id)
        SELECT %s, 'Z1', id FROM categories WHERE show_id = %s
    """
    assert attempt(scene, statement, show.id, other.id) == REFERRED_TO
    assert attempt(scene, statement, show.id, show.id) is None
    assert attempt(scene, statement, show.id, show.id) == NOT_UNIQUE


@pytest.mark.parametrize("role", ["replica", "local"])
def test_the_applications_role_cannot_step_past_the_guards(scene: Scene, show: Show, role: str) -> None:
    assert attempt(scene, f"SET session_replication_role = {role}") == NOT_ALLOWED
    assert attempt(scene, f"ALTER ROLE CURRENT_USER SET session_replication_role = {role}") == NOT_ALLOWED
    [powers] = scene.rows(
        "SELECT rolsuper, rolbypassrls, rolreplication, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    )
    assert set(powers.values()) == {False}


def test_past_the_guards_nothing_would_be_kept(scene: Scene, show: Show) -> None:
    with scene.history() as connection:
        connection.execute("DELETE FROM reservation_changes")
        connection.execute("UPDATE reservations SET status = 'CONFIRMED', confirmed_at = now(), changed_by = NULL")
        connection.execute("DELETE FROM reservations WHERE seat_id = (SELECT min(id) FROM seats)")
    assert scene.statuses(show) == {"A2": ["CONFIRMED"], "A3": ["CONFIRMED"]}
    assert insert(scene, scene.user(), show, "A2") == NOT_UNIQUE  # the index holds even there
