"""The guards: rules about reservations that no constraint can say, kept where every statement meets them.

One lock order everywhere: show, buyer, seats in ascending id, reservations in the order of their seats. The guards
refuse with states of their own:

    SR001  the show was cancelled            SR010  a reservation that is not born HELD
    SR002  the show has begun                SR011  a move from one status to another that has no name
    SR003  the buyer's limit of seats        SR012  a change of what never changes
    SR004  the buyer's account was deleted   SR013  the deletion of what is kept
                                             SR014  a hold at an isolation level that hides others' holds
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# 7301 and 7302 are the namespaces of the locks on shows and buyers (webapp/services/reservations/locks.py).
GUARD_INSERT = """
CREATE FUNCTION guard_reservation_insert() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    show_cancelled_at timestamptz;
    show_starts_at timestamptz;
    show_seat_limit integer;
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
    IF EXISTS (SELECT FROM users WHERE id = NEW.user_id AND deleted_at IS NOT NULL) THEN
        RAISE EXCEPTION 'account % was deleted', NEW.user_id USING ERRCODE = 'SR004';
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
    ) AND (
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

    -- A hold lasts as long as was asked for from now, when it has the locks, and nobody can date it back.
    born := clock_timestamp();
    NEW.hold_expiry := born + (NEW.hold_expiry - NEW.created_at);
    NEW.created_at := born;
    NEW.updated_at := born;
    NEW.changed_xid := pg_current_xact_id();
    RETURN NEW;
END
$$
"""

GUARD_UPDATE = """
CREATE FUNCTION guard_reservation_update() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF (NEW.id, NEW.user_id, NEW.seat_id, NEW.show_id, NEW.price, NEW.hold_expiry, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.seat_id, OLD.show_id, OLD.price, OLD.hold_expiry, OLD.created_at) THEN
        RAISE EXCEPTION 'reservation %: only its status changes', OLD.id USING ERRCODE = 'SR012';
    END IF;
    IF NEW.status = OLD.status THEN
        RETURN OLD;
    END IF;

    -- This runs when the row is locked, so however long that took: what has lapsed is neither confirmed nor released.
    IF OLD.status = 'HELD' AND NEW.status IN ('CONFIRMED', 'CANCELLED') AND OLD.hold_expiry <= clock_timestamp() THEN
        NEW.status := 'EXPIRED';
        NEW.changed_by := NULL;
        NEW.changed_through := 'clock';
    END IF;

    IF NOT (
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
    IF NEW.status = 'CONFIRMED'
       AND EXISTS (SELECT FROM shows WHERE id = OLD.show_id AND cancelled_at IS NOT NULL) THEN
        RAISE EXCEPTION 'show % was cancelled', OLD.show_id USING ERRCODE = 'SR001';
    END IF;

    NEW.updated_at := clock_timestamp();
    NEW.changed_xid := pg_current_xact_id();
    RETURN NEW;
END
$$
"""

RECORD_CHANGE = """
CREATE FUNCTION record_reservation_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO reservation_changes
        (reservation_id, show_id, status, changed_at, changed_by, changed_through, changed_xid)
    VALUES (NEW.id, NEW.show_id, NEW.status, NEW.updated_at, NEW.changed_by, NEW.changed_through, NEW.changed_xid);
    RETURN NULL;
END
$$
"""

REFUSE_LOSS = """
CREATE FUNCTION refuse_loss() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% is kept: no % here', TG_TABLE_NAME, TG_OP USING ERRCODE = 'SR013';
END
$$
"""

TRIGGERS = """
CREATE TRIGGER guard_insert
BEFORE INSERT ON reservations
FOR EACH ROW EXECUTE FUNCTION guard_reservation_insert();

CREATE TRIGGER guard_update
BEFORE UPDATE ON reservations
FOR EACH ROW EXECUTE FUNCTION guard_reservation_update();

CREATE TRIGGER record_birth
AFTER INSERT ON reservations
FOR EACH ROW EXECUTE FUNCTION record_reservation_change();

CREATE TRIGGER record_change
AFTER UPDATE ON reservations
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
EXECUTE FUNCTION record_reservation_change();

CREATE TRIGGER guard_deletion
BEFORE DELETE OR TRUNCATE ON reservations
FOR EACH STATEMENT EXECUTE FUNCTION refuse_loss();

CREATE TRIGGER guard_history
BEFORE UPDATE OR DELETE OR TRUNCATE ON reservation_changes
FOR EACH STATEMENT EXECUTE FUNCTION refuse_loss();
"""


def upgrade() -> None:
    for statement in (GUARD_INSERT, GUARD_UPDATE, RECORD_CHANGE, REFUSE_LOSS, *TRIGGERS.strip().split("\n\n")):
        op.execute(statement)


def downgrade() -> None:
    for trigger in ("guard_insert", "guard_update", "record_birth", "record_change", "guard_deletion"):
        op.execute(f"DROP TRIGGER {trigger} ON reservations")
    op.execute("DROP TRIGGER guard_history ON reservation_changes")
    for function in (
        "guard_reservation_insert",
        "guard_reservation_update",
        "record_reservation_change",
        "refuse_loss",
    ):
        op.execute(f"DROP FUNCTION {function}()")
