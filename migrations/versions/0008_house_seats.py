"""Seats that the house keeps, and what the people of a show do for its buyers.

A seat that the house keeps is a reservation without a buyer: HELD until its release time, so that the one index keeps
it from being sold, and it lapses like any hold. A house block says why, for all its seats at once. A buyer is moved to
another seat by a new reservation, `moved_from` the one that was cancelled for it in the same transaction. The guards
of 0004 and 0005 learn both, and when a show sells: once it is published, from `on_sale_at` to `off_sale_at`. A sale is
cancelled by whoever runs the show, with a reason. New states:

    SR030  somebody who does not run the show   SR031  the show is a draft
    SR032  the show is not yet on sale          SR033  the show is no longer on sale
    SR034  a move from a seat that the buyer did not just have
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

AT_MOST_20_MINUTES = "hold_expiry > created_at AND hold_expiry <= created_at + interval '20 minutes'"
AT_MOST_20_MINUTES_FOR_BUYERS = (
    "hold_expiry > created_at AND (user_id IS NULL OR hold_expiry <= created_at + interval '20 minutes')"
)

GUARD_INSERT = """
CREATE OR REPLACE FUNCTION guard_reservation_insert() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    show_cancelled_at timestamptz;
    show_starts_at timestamptz;
    show_published_at timestamptz;
    show_on_sale_at timestamptz;
    show_off_sale_at timestamptz;
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
    SELECT cancelled_at, starts_at, published_at, on_sale_at, off_sale_at, seat_limit
    INTO show_cancelled_at, show_starts_at, show_published_at, show_on_sale_at, show_off_sale_at, show_seat_limit
    FROM shows
    WHERE id = NEW.show_id;
    IF show_cancelled_at IS NOT NULL THEN
        RAISE EXCEPTION 'show % was cancelled', NEW.show_id USING ERRCODE = 'SR001';
    END IF;

    -- What the show's people do for a seat or a buyer, they may do before and after seats are sold.
    IF NEW.user_id IS NULL OR NEW.moved_from IS NOT NULL THEN
        IF NOT coalesce(runs_show(NEW.changed_by, NEW.show_id), false) THEN
            RAISE EXCEPTION 'user % does not run show %', NEW.changed_by, NEW.show_id USING ERRCODE = 'SR030';
        END IF;
    ELSIF show_published_at IS NULL AND show_starts_at IS NOT NULL THEN
        RAISE EXCEPTION 'show % is a draft', NEW.show_id
        USING ERRCODE = 'SR031', DETAIL = runs_show(NEW.user_id, NEW.show_id);
    ELSIF show_starts_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'show % has begun', NEW.show_id USING ERRCODE = 'SR002';
    ELSIF show_on_sale_at > clock_timestamp() THEN
        RAISE EXCEPTION 'show % is not yet on sale', NEW.show_id
        USING ERRCODE = 'SR032', DETAIL = to_char(show_on_sale_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
    ELSIF show_off_sale_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'show % is no longer on sale', NEW.show_id USING ERRCODE = 'SR033';
    END IF;

    -- The house keeps a seat until a time that it names itself; it is no buyer.
    IF NEW.user_id IS NULL THEN
        UPDATE reservations
        SET status = 'EXPIRED', changed_by = NULL, changed_through = 'clock'
        WHERE seat_id = NEW.seat_id
          AND status = 'HELD'
          AND hold_expiry <= clock_timestamp();
        born := clock_timestamp();
        NEW.created_at := born;
        NEW.updated_at := born;
        NEW.extended_at := NULL;
        NEW.reason := NULL;
        NEW.changed_xid := pg_current_xact_id();
        RETURN NEW;
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

    -- A buyer is moved from a seat that was theirs until a moment ago, at the price that they paid.
    IF NEW.moved_from IS NOT NULL THEN
        SELECT price
        INTO NEW.price
        FROM reservations
        WHERE id = NEW.moved_from
          AND show_id = NEW.show_id
          AND user_id = NEW.user_id
          AND status = 'CANCELLED'
          AND changed_xid = pg_current_xact_id();
        IF NOT FOUND THEN
            RAISE EXCEPTION 'reservation % is none to move from', NEW.moved_from USING ERRCODE = 'SR034';
        END IF;
    -- Whoever has this very seat already is answered by the index, also at the limit.
    ELSIF NOT EXISTS (
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
    NEW.reason := NULL;
    NEW.changed_xid := pg_current_xact_id();

    -- A page has one clock: what is held later ends with what was held first. Programs get the minutes they ask for.
    IF NEW.changed_through = 'page' AND NEW.moved_from IS NULL THEN
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
        OLD.status = 'HELD' AND NEW.status = 'CANCELLED'
        OR OLD.status = 'HELD' AND NEW.status = 'CONFIRMED' AND OLD.user_id IS NOT NULL
        OR OLD.status = 'HELD' AND NEW.status = 'EXPIRED' AND OLD.hold_expiry <= clock_timestamp()
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
    NEW.updated_at := clock_timestamp();
    NEW.changed_xid := pg_current_xact_id();
    RETURN NEW;
END
$$
"""

GUARD_LONELY_SEATS = """
CREATE OR REPLACE FUNCTION guard_lonely_seats() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    show integer;
    chosen bigint[];
    lonely jsonb;
    seat_count integer;
    free_count integer;
BEGIN
    IF NOT EXISTS (
        SELECT FROM born
        WHERE born.user_id IS NOT NULL
          AND born.moved_from IS NULL
          AND (SELECT lonely_seats FROM shows WHERE id = born.show_id) = 'enforce'
    ) THEN
        RETURN NULL;
    END IF;

    FOR show, chosen IN
        SELECT born.show_id, array_agg(born.seat_id)
        FROM born
        JOIN shows ON shows.id = born.show_id
        WHERE shows.lonely_seats = 'enforce'
          AND born.user_id IS NOT NULL
          AND born.moved_from IS NULL
        GROUP BY born.show_id
        ORDER BY born.show_id
    LOOP
        PERFORM lock_rows(show, chosen);
        lonely := left_lonely(chosen);
        CONTINUE WHEN lonely IS NULL;

        -- When few seats are left, any of them may be the last that somebody wants.
        SELECT count(*) INTO seat_count FROM seats WHERE show_id = show;
        SELECT seat_count - count(*)
        INTO free_count
        FROM reservations
        WHERE show_id = show
          AND status IN ('HELD','CONFIRMED')
          AND (status = 'CONFIRMED' OR hold_expiry > clock_timestamp());
        CONTINUE WHEN free_count < 10 OR free_count * 20 < seat_count;

        RAISE EXCEPTION 'a hold in show % would leave a seat lonely', show
        USING ERRCODE = 'SR020', DETAIL = lonely::text;
    END LOOP;
    RETURN NULL;
END
$$
"""

RECORD_CHANGE = """
CREATE OR REPLACE FUNCTION record_reservation_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO reservation_changes
        (reservation_id, show_id, status, changed_at, changed_by, changed_through, changed_xid, reason)
    VALUES (NEW.id, NEW.show_id, NEW.status, NEW.updated_at, NEW.changed_by, NEW.changed_through, NEW.changed_xid,
            NEW.reason);
    RETURN NULL;
END
$$
"""

# Nobody kept seats before, and no sale was cancelled but with its show.
FORGET_HOUSE_SEATS = """
DELETE FROM reservation_changes
USING reservations
WHERE reservations.id = reservation_changes.reservation_id
  AND reservations.user_id IS NULL;

DELETE FROM reservations
WHERE user_id IS NULL
"""


def upgrade() -> None:
    op.create_table(
        "house_blocks",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("show_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("release_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["show_id"], ["shows.id"], name="fk_house_blocks_show_id_shows"),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name="fk_house_blocks_created_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_house_blocks"),
        sa.UniqueConstraint("id", "show_id", name="uq_house_blocks_id_show_id"),
    )
    op.create_index("ix_house_blocks_show_id", "house_blocks", ["show_id"])
    op.alter_column("reservations", "user_id", nullable=True)
    op.add_column("reservations", sa.Column("house_block_id", sa.Integer(), nullable=True))
    op.add_column("reservations", sa.Column("moved_from", sa.BigInteger(), nullable=True))
    op.add_column("reservations", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("reservation_changes", sa.Column("reason", sa.Text(), nullable=True))
    op.create_foreign_key(
        "fk_reservations_house_block_id_show_id_house_blocks",
        "reservations",
        "house_blocks",
        ["house_block_id", "show_id"],
        ["id", "show_id"],
    )
    op.create_foreign_key(
        "fk_reservations_moved_from_reservations", "reservations", "reservations", ["moved_from"], ["id"]
    )
    op.create_unique_constraint("uq_reservations_moved_from", "reservations", ["moved_from"])
    op.create_index(
        "ix_reservations_house_block_id",
        "reservations",
        ["house_block_id"],
        postgresql_where=sa.text("house_block_id IS NOT NULL"),
    )
    op.create_check_constraint(
        op.f("ck_reservations_of_a_buyer_or_the_house"), "reservations", "num_nonnulls(user_id, house_block_id) = 1"
    )
    op.drop_constraint(op.f("ck_reservations_hold_at_most_20_minutes"), "reservations")
    op.create_check_constraint(
        op.f("ck_reservations_hold_at_most_20_minutes"), "reservations", AT_MOST_20_MINUTES_FOR_BUYERS
    )
    for statement in (GUARD_INSERT, GUARD_UPDATE, GUARD_LONELY_SEATS, RECORD_CHANGE):
        op.execute(statement)


def downgrade() -> None:
    guards, guests, lonely = (context.script.get_revision(revision).module for revision in ("0002", "0004", "0005"))
    for former in (guests.GUARD_INSERT, guests.GUARD_UPDATE, lonely.GUARD, guards.RECORD_CHANGE):
        op.execute(former.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    for trigger, table in (("guard_history", "reservation_changes"), ("guard_deletion", "reservations")):
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    for statement in FORGET_HOUSE_SEATS.strip().split("\n\n"):
        op.execute(statement)
    for trigger, table in (("guard_history", "reservation_changes"), ("guard_deletion", "reservations")):
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
    op.drop_constraint(op.f("ck_reservations_hold_at_most_20_minutes"), "reservations")
    op.create_check_constraint(op.f("ck_reservations_hold_at_most_20_minutes"), "reservations", AT_MOST_20_MINUTES)
    op.drop_constraint(op.f("ck_reservations_of_a_buyer_or_the_house"), "reservations")
    op.drop_index("ix_reservations_house_block_id", "reservations")
    op.drop_constraint("uq_reservations_moved_from", "reservations")
    op.drop_constraint("fk_reservations_moved_from_reservations", "reservations")
    op.drop_constraint("fk_reservations_house_block_id_show_id_house_blocks", "reservations")
    op.drop_column("reservation_changes", "reason")
    for column in ("reason", "moved_from", "house_block_id"):
        op.drop_column("reservations", column)
    op.alter_column("reservations", "user_id", nullable=False)
    op.drop_table("house_blocks")
