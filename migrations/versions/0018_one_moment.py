"""A sale is dated by the moment that was found to be before its hold's end: the clock is read once for both.

Read twice, as before, a sale of the last microseconds was dated after the end of its hold.
"""

from alembic import context, op

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

GUARD_UPDATE = """
CREATE OR REPLACE FUNCTION guard_reservation_update() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    extended boolean := NEW.hold_expiry IS DISTINCT FROM OLD.hold_expiry;
    taken_over boolean := NEW.user_id IS DISTINCT FROM OLD.user_id;
    show_seat_limit integer;
    moment timestamptz;
BEGIN
    -- Before anything is asked about the two, so that neither becomes somebody else meanwhile. Whoever takes over a
    -- basket has these locks already, in the one order.
    IF taken_over THEN
        PERFORM pg_advisory_xact_lock(7302, least(OLD.user_id, NEW.user_id));
        PERFORM pg_advisory_xact_lock(7302, greatest(OLD.user_id, NEW.user_id));
    END IF;

    IF (NEW.id, NEW.seat_id, NEW.show_id, NEW.price, NEW.created_at, NEW.house_block_id, NEW.moved_from)
       IS DISTINCT FROM
       (OLD.id, OLD.seat_id, OLD.show_id, OLD.price, OLD.created_at, OLD.house_block_id, OLD.moved_from)
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

    -- This runs when the row is locked, so however long that took: what has lapsed is over, whatever it was to be. The
    -- clock is read once: what is found to be in time is dated so.
    moment := clock_timestamp();
    IF OLD.status = 'HELD' AND NEW.status IN ('HELD', 'CONFIRMED', 'CANCELLED')
       AND OLD.hold_expiry <= moment THEN
        NEW := OLD;
        NEW.status := 'EXPIRED';
        NEW.changed_by := NULL;
        NEW.changed_through := 'clock';
    ELSIF extended THEN
        NEW.extended_at := moment;
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
              AND (status = 'CONFIRMED' OR hold_expiry > moment)
        ) >= show_seat_limit THEN
            RAISE EXCEPTION 'buyer % is at the limit of show %', NEW.user_id, OLD.show_id
            USING ERRCODE = 'SR003', DETAIL = show_seat_limit;
        END IF;
    END IF;

    IF NEW.status <> OLD.status AND NOT (
        OLD.status = 'HELD' AND NEW.status = 'CANCELLED'
        OR OLD.status = 'HELD' AND NEW.status = 'CONFIRMED' AND OLD.user_id IS NOT NULL
        OR OLD.status = 'HELD' AND NEW.status = 'EXPIRED' AND OLD.hold_expiry <= moment
        -- A sale is undone by the people of its show alone, and they say why.
        OR OLD.status = 'CONFIRMED' AND NEW.status = 'CANCELLED'
           AND NEW.reason IS NOT NULL
           AND coalesce(runs_show(NEW.changed_by, OLD.show_id), false)
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

    IF NEW.status <> 'CANCELLED' THEN
        NEW.reason := NULL;
    END IF;
    NEW.updated_at := moment;
    NEW.changed_xid := pg_current_xact_id();
    RETURN NEW;
END
$$
"""


def upgrade() -> None:
    op.execute(GUARD_UPDATE)


def downgrade() -> None:
    op.execute(context.script.get_revision("0008").module.GUARD_UPDATE)
