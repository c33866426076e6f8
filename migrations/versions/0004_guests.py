"""Guests, who hold seats without an account, and the five more minutes that a hold can be given once.

What the guards of 0002 learn. A hold's end moves once, and its buyer changes once: from a guest to the account that
takes over the guest's basket. What is held on a page ends with what its buyer held before: one clock for a basket.
The lock order is now: show, buyers in ascending id, the guest's address, seats in ascending id, reservations in the
order of their seats. New states:

    SR005  the limit of seats held by guests of one address
    SR006  a guest confirms               SR007  a guest organizes
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COMPLETE = "deleted_at IS NOT NULL OR is_guest OR (email IS NOT NULL AND phone_number IS NOT NULL)"
COMPLETE_BEFORE = "deleted_at IS NOT NULL OR (email IS NOT NULL AND phone_number IS NOT NULL AND password IS NOT NULL)"
GUESTS_HAVE = (
    "CASE WHEN is_guest AND deleted_at IS NULL "
    "THEN guest_address IS NOT NULL AND num_nonnulls(email, phone_number, password) = 0 "
    "ELSE num_nonnulls(guest_address, guest_browser) = 0 END"
)

# 7305 is the namespace of the locks on a guest's address in a show (webapp/services/reservations/locks.py).
GUARD_INSERT = """
CREATE OR REPLACE FUNCTION guard_reservation_insert() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    show_cancelled_at timestamptz;
    show_starts_at timestamptz;
    show_seat_limit integer;
    buyer_deleted_at timestamptz;
    buyer_address text;
    address_limit integer;
    born timestamptz;
BEGIN
    IF NEW.status <> 'HELD' THEN
        RAISE EXCEPTION 'a reservation is born HELD, not %', NEW.status USING ERRCODE = 'SR010';
    END IF;

    -- What follows looks at what others have committed meanwhile, which only this level shows.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'seats are held at READ COMMITTED only' USING ERRCODE = 'SR014';
    END IF;

    -- Shared among buyers; whoever cancels the show takes it alone.
    PERFORM pg_advisory_xact_lock_shared(7301, NEW.show_id);
    SELECT cancelled_at, starts_at, seat_limit
    INTO show_cancelled_at, show_starts_at, show_seat_limit
    FROM shows
    WHERE id = NEW.show_id;
    IF show_cancelled_at IS NOT NULL THEN
        RAISE EXCEPTION 'show % was cancelled', NEW.show_id USING ERRCODE = 'SR001';
    END IF;
    IF show_starts_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'show % has begun', NEW.show_id USING ERRCODE = 'SR002';
    END IF;

    -- One request of a buyer at a time, or the limit could be counted twice at once.
    PERFORM pg_advisory_xact_lock(7302, NEW.user_id);
    SELECT deleted_at, guest_address INTO buyer_deleted_at, buyer_address FROM users WHERE id = NEW.user_id;
    IF buyer_deleted_at IS NOT NULL THEN
        RAISE EXCEPTION 'account % was deleted', NEW.user_id USING ERRCODE = 'SR004';
    END IF;
    IF buyer_address IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(7305, hashtext(NEW.show_id || ' ' || buyer_address));
    END IF;

    -- The index cannot know the time: a lapsed hold keeps its place there until it is marked.
    UPDATE reservations
    SET status = 'EXPIRED', changed_by = NULL, changed_through = 'clock'
    WHERE seat_id = NEW.seat_id
      AND status = 'HELD'
      AND hold_expiry <= clock_timestamp();

    -- Whoever has this very seat already is answered by the index, also at the limit.
    IF NOT EXISTS (
        SELECT FROM reservations
        WHERE seat_id = NEW.seat_id
          AND user_id = NEW.user_id
          AND status IN ('HELD','CONFIRMED')
    ) THEN
        IF (
            SELECT count(*)
            FROM reservations
            WHERE user_id = NEW.user_id
              AND show_id = NEW.show_id
              AND status IN ('HELD','CONFIRMED')
              AND (status = 'CONFIRMED' OR hold_expiry > clock_timestamp())
        ) >= show_seat_limit THEN
            RAISE EXCEPTION 'buyer % is at the limit of show %', NEW.user_id, NEW.show_id
            USING ERRCODE = 'SR003', DETAIL = show_seat_limit;
        END IF;

        -- A new guest is a click away, a new address is not.
        IF buyer_address IS NOT NULL THEN
            address_limit := coalesce(nullif(current_setting('holdfast.guest_seats_per_address', true), ''), '20');
            IF (
                SELECT count(*)
                FROM users
                JOIN reservations ON reservations.user_id = users.id
                WHERE users.guest_address = buyer_address
                  AND reservations.show_id = NEW.show_id
                  AND reservations.status = 'HELD'
                  AND reservations.hold_expiry > clock_timestamp()
            ) >= address_limit THEN
                RAISE EXCEPTION 'guests of one address are at the limit of show %', NEW.show_id
                USING ERRCODE = 'SR005', DETAIL = address_limit;
            END IF;
        END IF;
    END IF;

    -- A hold lasts as long as was asked for from now, when it has the locks, and nobody can date it back.
    born := clock_timestamp();
    NEW.hold_expiry := born + (NEW.hold_expiry - NEW.created_at);
    NEW.created_at := born;
    NEW.updated_at := born;
    NEW.extended_at := NULL;
    NEW.changed_xid := pg_current_xact_id();

    -- A page has one clock: what is held later ends with what was held first. Programs get the minutes they ask for.
    IF NEW.changed_through = 'page' THEN
        SELECT coalesce(min(hold_expiry), NEW.hold_expiry)
        INTO NEW.hold_expiry
        FROM reservations
        WHERE user_id = NEW.user_id
          AND show_id = NEW.show_id
          AND status = 'HELD'
          AND hold_expiry > born;
    END IF;
    RETURN NEW;
END
$$
"""

GUARD_UPDATE = """
CREATE OR REPLACE FUNCTION guard_reservation_update() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    extended boolean := NEW.hold_expiry IS DISTINCT FROM OLD.hold_expiry;
    taken_over boolean := NEW.user_id IS DISTINCT FROM OLD.user_id;
    show_seat_limit integer;
BEGIN
    -- Before anything is asked about the two, so that neither becomes somebody else meanwhile. Whoever takes over a
    -- basket has these locks already, in the one order.
    IF taken_over THEN
        PERFORM pg_advisory_xact_lock(7302, least(OLD.user_id, NEW.user_id));
        PERFORM pg_advisory_xact_lock(7302, greatest(OLD.user_id, NEW.user_id));
    END IF;

    IF (NEW.id, NEW.seat_id, NEW.show_id, NEW.price, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.seat_id, OLD.show_id, OLD.price, OLD.created_at)
       OR (extended OR taken_over) AND (OLD.status <> 'HELD' OR NEW.status <> 'HELD')
       OR extended AND (
           taken_over
           OR OLD.extended_at IS NOT NULL
           OR NEW.hold_expiry IS NULL
           OR NEW.hold_expiry < OLD.hold_expiry
           OR NEW.hold_expiry > OLD.hold_expiry + interval '5 minutes'
           OR NEW.hold_expiry > OLD.created_at + interval '20 minutes'
       )
       OR taken_over AND (
           NOT EXISTS (SELECT FROM users WHERE id = OLD.user_id AND is_guest)
           OR NOT EXISTS (SELECT FROM users WHERE id = NEW.user_id AND NOT is_guest)
       ) THEN
        RAISE EXCEPTION 'reservation %: what it is of never changes', OLD.id USING ERRCODE = 'SR012';
    END IF;
    NEW.extended_at := OLD.extended_at;
    IF NEW.status = OLD.status AND NOT extended AND NOT taken_over THEN
        RETURN OLD;
    END IF;

    -- This runs when the row is locked, so however long that took: what has lapsed is over, whatever it was to be.
    IF OLD.status = 'HELD' AND NEW.status IN ('HELD', 'CONFIRMED', 'CANCELLED')
       AND OLD.hold_expiry <= clock_timestamp() THEN
        NEW := OLD;
        NEW.status := 'EXPIRED';
        NEW.changed_by := NULL;
        NEW.changed_through := 'clock';
    ELSIF extended THEN
        NEW.extended_at := clock_timestamp();
    ELSIF taken_over THEN
        IF EXISTS (SELECT FROM users WHERE id = NEW.user_id AND deleted_at IS NOT NULL) THEN
            RAISE EXCEPTION 'account % was deleted', NEW.user_id USING ERRCODE = 'SR004';
        END IF;
        SELECT seat_limit INTO show_seat_limit FROM shows WHERE id = OLD.show_id;
        IF (
            SELECT count(*)
            FROM reservations
            WHERE user_id = NEW.user_id
              AND show_id = OLD.show_id
              AND status IN ('HELD','CONFIRMED')
              AND (status = 'CONFIRMED' OR hold_expiry > clock_timestamp())
        ) >= show_seat_limit THEN
            RAISE EXCEPTION 'buyer % is at the limit of show %', NEW.user_id, OLD.show_id
            USING ERRCODE = 'SR003', DETAIL = show_seat_limit;
        END IF;
    END IF;

    IF NEW.status <> OLD.status AND NOT (
        OLD.status = 'HELD' AND NEW.status IN ('CONFIRMED', 'CANCELLED')
        OR OLD.status = 'HELD' AND NEW.status = 'EXPIRED' AND OLD.hold_expiry <= clock_timestamp()
        -- A sale is undone by the organizer of a cancelled show alone.
        OR OLD.status = 'CONFIRMED' AND NEW.status = 'CANCELLED'
           AND EXISTS (
               SELECT FROM shows
               WHERE id = OLD.show_id
                 AND cancelled_at IS NOT NULL
                 AND organizer_id = NEW.changed_by
           )
    ) THEN
        RAISE EXCEPTION 'reservation % cannot go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'SR011';
    END IF;
    IF NEW.status = 'CONFIRMED' THEN
        IF EXISTS (SELECT FROM shows WHERE id = OLD.show_id AND cancelled_at IS NOT NULL) THEN
            RAISE EXCEPTION 'show % was cancelled', OLD.show_id USING ERRCODE = 'SR001';
        END IF;
        IF EXISTS (SELECT FROM users WHERE id = OLD.user_id AND is_guest) THEN
            RAISE EXCEPTION 'guest % confirms nothing', OLD.user_id USING ERRCODE = 'SR006';
        END IF;
    END IF;

    NEW.updated_at := clock_timestamp();
    NEW.changed_xid := pg_current_xact_id();
    RETURN NEW;
END
$$
"""

REFUSE_GUEST_ORGANIZER = """
CREATE FUNCTION refuse_guest_organizer() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM users WHERE id = NEW.organizer_id AND is_guest) THEN
        RAISE EXCEPTION 'guest % organizes nothing', NEW.organizer_id USING ERRCODE = 'SR007';
    END IF;
    RETURN NEW;
END
$$
"""

REFUSE_NEW_GUEST = """
CREATE FUNCTION refuse_account_as_guest() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'account % was known and becomes no guest', OLD.id USING ERRCODE = 'SR012';
END
$$
"""

TRIGGERS = """
CREATE TRIGGER refuse_guest_organizer
BEFORE INSERT OR UPDATE OF organizer_id ON shows
FOR EACH ROW EXECUTE FUNCTION refuse_guest_organizer();

CREATE TRIGGER refuse_account_as_guest
BEFORE UPDATE ON users
FOR EACH ROW WHEN (NEW.is_guest AND NOT OLD.is_guest)
EXECUTE FUNCTION refuse_account_as_guest();
"""

# A line of history for the five more minutes and for a basket that was taken over, too: HELD again; in whose name,
# tells which.
RECORD_CHANGE = """
CREATE OR REPLACE TRIGGER record_change
AFTER UPDATE ON reservations
FOR EACH ROW WHEN ({changes})
EXECUTE FUNCTION record_reservation_change()
"""
CHANGES = "(OLD.status, OLD.user_id, OLD.hold_expiry) IS DISTINCT FROM (NEW.status, NEW.user_id, NEW.hold_expiry)"
CHANGES_BEFORE = "OLD.status IS DISTINCT FROM NEW.status"

# There were no guests before, and everybody had a password.
END_GUESTS = """
UPDATE reservations
SET status = 'CANCELLED', changed_by = NULL, changed_through = 'command'
FROM users
WHERE users.id = reservations.user_id
  AND users.is_guest
  AND reservations.status = 'HELD';

UPDATE users
SET deleted_at = now(), guest_address = NULL, guest_browser = NULL, token_version = token_version + 1
WHERE is_guest
  AND deleted_at IS NULL;

UPDATE users
SET password = 'none that could match'
WHERE password IS NULL
  AND deleted_at IS NULL
"""


def upgrade() -> None:
    op.add_column("reservations", sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("users", sa.Column("is_guest", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("users", sa.Column("guest_address", sa.Text(), nullable=True))
    op.add_column("users", sa.Column("guest_browser", sa.Text(), nullable=True))
    op.create_unique_constraint("uq_users_guest_browser", "users", ["guest_browser"])
    op.create_index(
        "ix_users_guest_address", "users", ["guest_address"], postgresql_where=sa.text("guest_address IS NOT NULL")
    )
    op.create_index(
        "ix_users_guests", "users", ["created_at"], postgresql_where=sa.text("is_guest AND deleted_at IS NULL")
    )
    op.drop_constraint(op.f("ck_users_complete_unless_deleted"), "users")
    op.create_check_constraint(op.f("ck_users_complete_unless_deleted"), "users", COMPLETE)
    op.create_check_constraint(op.f("ck_users_guests_have_an_address_and_nothing_else"), "users", GUESTS_HAVE)
    for statement in (GUARD_INSERT, GUARD_UPDATE, REFUSE_GUEST_ORGANIZER, REFUSE_NEW_GUEST):
        op.execute(statement)
    for statement in TRIGGERS.strip().split("\n\n"):
        op.execute(statement)
    op.execute(RECORD_CHANGE.format(changes=CHANGES))


def downgrade() -> None:
    for statement in END_GUESTS.strip().split("\n\n"):
        op.execute(statement)
    op.execute(RECORD_CHANGE.format(changes=CHANGES_BEFORE))
    op.execute("DROP TRIGGER refuse_account_as_guest ON users")
    op.execute("DROP TRIGGER refuse_guest_organizer ON shows")
    op.execute("DROP FUNCTION refuse_account_as_guest()")
    op.execute("DROP FUNCTION refuse_guest_organizer()")
    guards = context.script.get_revision("0002").module
    for former in (guards.GUARD_INSERT, guards.GUARD_UPDATE):
        op.execute(former.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    op.drop_constraint(op.f("ck_users_guests_have_an_address_and_nothing_else"), "users")
    op.drop_constraint(op.f("ck_users_complete_unless_deleted"), "users")
    op.create_check_constraint(op.f("ck_users_complete_unless_deleted"), "users", COMPLETE_BEFORE)
    op.drop_index("ix_users_guests", "users")
    op.drop_index("ix_users_guest_address", "users")
    op.drop_constraint("uq_users_guest_browser", "users")
    for column in ("guest_browser", "guest_address", "is_guest"):
        op.drop_column("users", column)
    op.drop_column("reservations", "extended_at")
