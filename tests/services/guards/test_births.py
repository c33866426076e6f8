"""What no SQL of a careless colleague can insert: a reservation begins as a hold of a free seat on sale, from now."""

from datetime import datetime, timedelta

import psycopg
import pytest

from tests.races import insert_hold
from tests.scenes import PASSWORD, Scene
from tests.services.guards.careless import (
    ACCOUNT_DELETED,
    BEGUN,
    CANCELLED,
    CHECK_VIOLATED,
    IS_NULL,
    LIMIT,
    NOT_BORN_HELD,
    NOT_UNIQUE,
    REFERRED_TO,
    WRONG_ISOLATION,
    attempt,
    insert,
)
from webapp.services import accounts, reservations, shows


def test_the_usual_insert_goes_through(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    assert insert(scene, buyer, show) is None
    assert scene.statuses(show) == {"A1": ["HELD"]}


@pytest.mark.parametrize("status", ["HELD", "CONFIRMED"])
def test_a_seat_has_one_active_reservation(scene: Scene, status: str) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    [held] = scene.hold(buyer, show, "A1")
    if status == "CONFIRMED":
        reservations.confirm(buyer, held.id)
    assert insert(scene, other, show) == NOT_UNIQUE
    assert insert(scene, buyer, show) == NOT_UNIQUE
    assert scene.statuses(show) == {"A1": [status]}


def test_the_index_reads_as_the_design_says(scene: Scene) -> None:
    [index] = scene.rows(
        """
        SELECT pg_get_indexdef(indexrelid) AS definition, indisvalid, indisready, indislive
        FROM pg_index
        WHERE indexrelid = 'unique_active_reservation_per_seat'::regclass
        """
    )
    assert index == {
        "definition": "CREATE UNIQUE INDEX unique_active_reservation_per_seat ON public.reservations "
        "USING btree (seat_id) WHERE (status = ANY (ARRAY['HELD'::text, 'CONFIRMED'::text]))",
        "indisvalid": True,
        "indisready": True,
        "indislive": True,
    }


@pytest.mark.parametrize("status", ["CONFIRMED", "EXPIRED", "CANCELLED", "SOLD", ""])
def test_no_reservation_is_born_but_held(scene: Scene, status: str) -> None:
    show = scene.show()
    assert insert(scene, scene.user(), show, status=status) == NOT_BORN_HELD
    assert scene.statuses(show) == {}


@pytest.mark.parametrize("minutes", [-10, 0, 20.001, 21, 60 * 24 * 365])
def test_no_hold_lasts_longer_than_twenty_minutes_or_no_time_at_all(scene: Scene, minutes: float) -> None:
    show, now = scene.show(), database_time(scene)
    refused = insert(scene, scene.user(), show, created_at=now, hold_expiry=now + timedelta(minutes=minutes))
    assert refused == CHECK_VIOLATED
    assert scene.statuses(show) == {}


@pytest.mark.parametrize("end", ["infinity", "-infinity"])
@pytest.mark.parametrize("column", ["hold_expiry", "created_at"])
def test_no_hold_lasts_for_ever(scene: Scene, column: str, end: str) -> None:
    show = scene.show()
    assert insert(scene, scene.user(), show, **{column: end}) is not None
    assert scene.statuses(show) == {}


@pytest.mark.parametrize("shift", [timedelta(days=-1), timedelta(hours=1)])
def test_a_hold_dated_back_or_ahead_lasts_from_now(scene: Scene, shift: timedelta) -> None:
    show, before = scene.show(), database_time(scene)
    dated = before + shift
    assert insert(scene, scene.user(), show, created_at=dated, hold_expiry=dated + timedelta(minutes=20)) is None
    [held] = scene.rows("SELECT created_at, updated_at, hold_expiry FROM reservations")
    assert before <= held["created_at"] == held["updated_at"] <= database_time(scene)
    assert held["hold_expiry"] - held["created_at"] == timedelta(minutes=20)


@pytest.mark.parametrize("column", ["hold_expiry", "created_at", "seat_id", "price", "changed_through"])
def test_a_hold_says_who_what_and_until_when(scene: Scene, column: str) -> None:
    assert insert(scene, scene.user(), scene.show(), **{column: None}) == IS_NULL


def test_a_hold_is_of_a_seat_of_its_show(scene: Scene) -> None:
    show, other = scene.show(), scene.show()
    assert insert(scene, scene.user(), show, show_id=other.id) == REFERRED_TO
    assert insert(scene, scene.user(), show, show_id=2**31 - 1) == REFERRED_TO


def test_a_hold_is_somebodys(scene: Scene) -> None:
    assert insert(scene, scene.user(), scene.show(), user_id=2**31 - 1) == REFERRED_TO


def test_nobody_holds_seats_for_a_deleted_account(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    accounts.delete_account(buyer, password=PASSWORD)
    assert insert(scene, buyer, show) == ACCOUNT_DELETED
    assert scene.statuses(show) == {}


def test_no_seat_of_a_cancelled_show_is_held(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    shows.cancel(organizer, show.id)
    assert insert(scene, scene.user(), show) == CANCELLED
    assert scene.statuses(show) == {}


def test_no_seat_of_a_show_that_has_begun_is_held(scene: Scene) -> None:
    show = scene.show()
    scene.begin(show)
    assert insert(scene, scene.user(), show) == BEGUN
    assert scene.statuses(show) == {}


def test_nobody_gets_past_the_limit_one_by_one_or_in_one_statement(scene: Scene) -> None:
    show, buyer, other = scene.show(seat_limit=3), scene.user(), scene.user()
    scene.hold(buyer, show, "A1", "A2", "A3")
    assert insert(scene, buyer, show, "A4") == LIMIT
    all_at_once = """
        INSERT INTO reservations (user_id, seat_id, show_id, price, hold_expiry, changed_through)
        SELECT %s, id, show_id, 0, statement_timestamp() + interval '5 minutes', 'api'
        FROM seats
        WHERE show_id = %s AND seat_number >= 'A4'
    """
    assert attempt(scene, all_at_once, other.id, show.id) == LIMIT
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"], "A3": ["HELD"]}


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_nobody_holds_a_seat_in_a_transaction_that_does_not_see_what_others_do_meanwhile(
    scene: Scene, level: str
) -> None:
    show, buyer = scene.show(), scene.user()
    with scene.connected() as connection:
        connection.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        with pytest.raises(psycopg.Error) as refusal:
            insert_hold(connection, buyer, show, "A1")
        connection.rollback()
    assert refusal.value.sqlstate == WRONG_ISOLATION
    assert scene.statuses(show) == {}


def test_copying_rows_in_meets_the_same_guards(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [seat] = scene.rows("SELECT id FROM seats WHERE show_id = %s AND seat_number = 'A1'", show.id)
    columns = "user_id, seat_id, show_id, status, price, hold_expiry, changed_through"
    row = (buyer.id, seat["id"], show.id, "CONFIRMED", 0, database_time(scene) + timedelta(minutes=5), "api")
    with scene.connected() as connection:
        with (
            pytest.raises(Exception, match="born HELD"),
            connection.cursor().copy(f"COPY reservations ({columns}) FROM STDIN") as copy,
        ):
            copy.write_row(row)
        connection.rollback()
    assert scene.statuses(show) == {}


def test_a_lapsed_hold_is_not_taken_over_under_its_own_id(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    scene.hold(buyer, show, "A1")
    take_over = """
        INSERT INTO reservations (user_id, seat_id, show_id, price, hold_expiry, changed_through)
        SELECT %s, id, show_id, 0, statement_timestamp() + interval '5 minutes', 'api'
        FROM seats
        WHERE show_id = %s AND seat_number = 'A1'
        ON CONFLICT (seat_id) WHERE status IN ('HELD','CONFIRMED')
        DO UPDATE SET user_id = EXCLUDED.user_id, hold_expiry = EXCLUDED.hold_expiry
    """
    assert attempt(scene, take_over, other.id, show.id) == "SR012"
    assert scene.rows("SELECT user_id FROM reservations") == [{"user_id": buyer.id}]


def database_time(scene: Scene) -> datetime:
    """The database's clock."""
    moment: datetime = scene.rows("SELECT clock_timestamp() AS now")[0]["now"]
    return moment
