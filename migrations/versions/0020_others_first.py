"""A seat that has just come back is for those first who have had fewer of them.

Who asks for each seat the moment it lapses would have them all, since people look every few seconds. So each seat that
a buyer took within moments of its coming back makes them wait for those of the show that come back later: a step for
each (`holdfast.others_first`, in milliseconds; 0: there is no such rule), ten at most, while everybody with fewer is
before them. Who had none waits for nothing, and nobody waits for a seat that nobody wanted for that long. A step is
as long as people take to look again.

Seats that come back together, as a basket does, may be taken together, and whatever one request takes counts after it.
Guests of one network address count as one. Whoever takes back what they gave back goes on with it as it was, with the
same end; whoever was too slow may hold the seat once more at once, and whose second time in a row it was comes last.
The house, and who is moved, are not asked.

`ended_at` is when a reservation was over: of one that lapsed that, not when it was marked. `came_back_at` is when its
seat had come back, where it was taken within moments of that. New state:

    SR050  a seat that is for others first
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STEP = """
CREATE FUNCTION others_first() RETURNS interval
LANGUAGE sql
STABLE
AS $$
    SELECT coalesce(nullif(current_setting('holdfast.others_first', true), ''), '4000')::integer
           * interval '1 millisecond'
$$
"""

GOES_ON = """
CREATE FUNCTION goes_on(former reservations, buyer integer) RETURNS boolean
LANGUAGE sql
VOLATILE
AS $$
    SELECT former.user_id = buyer
       AND former.changed_by = buyer
       AND former.status = 'CANCELLED'
       AND former.confirmed_at IS NULL
       AND former.hold_expiry > clock_timestamp()
$$
"""

# NULL where the buyer waits for nothing, also where somebody has the seat.
SEAT_OPENS_AT = """
CREATE FUNCTION seat_opens_at(seat bigint, buyer integer) RETURNS timestamptz
LANGUAGE plpgsql
AS $$
DECLARE
    step interval := others_first();
    former reservations;
    address text;
    alike integer[] := ARRAY[buyer];
    had integer;
BEGIN
    SELECT * INTO former FROM reservations WHERE seat_id = seat AND status IN ('HELD','CONFIRMED');
    IF FOUND THEN
        IF former.status = 'CONFIRMED' OR former.hold_expiry > clock_timestamp() THEN
            RETURN NULL;
        END IF;
        former.ended_at := former.hold_expiry;
    ELSE
        SELECT *
        INTO former
        FROM reservations
        WHERE seat_id = seat
          AND ended_at > clock_timestamp() - 10 * step
        ORDER BY ended_at DESC
        LIMIT 1;
        IF NOT FOUND OR goes_on(former, buyer) THEN
            RETURN NULL;
        END IF;
    END IF;

    -- At once for who was too slow, but whose second time in a row it was comes last: nobody has a seat for ever.
    IF former.user_id = buyer THEN
        IF EXISTS (
            SELECT FROM reservations AS earlier
            WHERE earlier.seat_id = seat
              AND earlier.user_id = buyer
              AND earlier.ended_at > former.created_at - 11 * step
              AND earlier.ended_at < former.ended_at
        ) THEN
            RETURN former.ended_at + 10 * step;
        END IF;
        RETURN NULL;
    END IF;

    -- A new guest is a click away, a new address is not.
    SELECT guest_address INTO address FROM users WHERE id = buyer;
    IF address IS NOT NULL THEN
        SELECT array_agg(id) INTO alike FROM users WHERE guest_address = address;
    END IF;
    SELECT count(*)
    INTO had
    FROM (
        SELECT FROM reservations
        WHERE user_id = ANY(alike)
          AND show_id = former.show_id
          AND came_back_at IS NOT NULL
          AND came_back_at NOT BETWEEN former.ended_at - step / 30 AND former.ended_at + step / 30
          AND changed_xid IS DISTINCT FROM pg_current_xact_id_if_assigned()
        LIMIT 10
    ) AS taken;
    RETURN former.ended_at + had * step;
END
$$
"""

# What the refusal tells of a seat, also to programs.
WAITING_FOR = """
CREATE FUNCTION waiting_for(seat bigint, opens_at timestamptz, buyer integer) RETURNS jsonb
LANGUAGE sql
VOLATILE
AS $$
    SELECT jsonb_build_object(
        'seat_id', seat,
        'seat_number', (SELECT seat_number FROM all_seats WHERE id = seat),
        'open_at', to_char(
            (opens_at + interval '1 millisecond') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
        ),
        'seconds', greatest(1, ceil(extract(epoch FROM opens_at - clock_timestamp()))),
        'of_network', (SELECT guest_address IS NOT NULL FROM users WHERE id = buyer)
    )
$$
"""

NOT_YET_OPEN = """
CREATE FUNCTION not_yet_open(chosen bigint[], buyer integer) RETURNS jsonb
LANGUAGE sql
VOLATILE
AS $$
    SELECT jsonb_agg(waiting_for(openings.seat_id, openings.opens_at, buyer) ORDER BY openings.seat_id)
    FROM (
        SELECT seat_id, seat_opens_at(seat_id, buyer) AS opens_at
        FROM unnest(chosen) AS wanted (seat_id)
        OFFSET 0
    ) AS openings
    WHERE openings.opens_at > clock_timestamp()
$$
"""

# After guard_insert, by its name: that has taken the locks, settled how long the hold lasts and ended a lapsed one.
GUARD = """
CREATE FUNCTION guard_others_first() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    step interval := others_first();
    former reservations;
    opens_at timestamptz;
BEGIN
    NEW.ended_at := NULL;
    NEW.came_back_at := NULL;
    IF NEW.user_id IS NULL OR NEW.moved_from IS NOT NULL OR step = interval '0' THEN
        RETURN NEW;
    END IF;

    SELECT *
    INTO former
    FROM reservations
    WHERE seat_id = NEW.seat_id
      AND ended_at > NEW.created_at - 11 * step
    ORDER BY ended_at DESC
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN NEW;
    END IF;
    IF goes_on(former, NEW.user_id) THEN
        NEW.hold_expiry := least(NEW.hold_expiry, former.hold_expiry);
        NEW.extended_at := former.extended_at;
        RETURN NEW;
    END IF;

    opens_at := coalesce(seat_opens_at(NEW.seat_id, NEW.user_id), former.ended_at);
    IF opens_at > clock_timestamp() THEN
        RAISE EXCEPTION 'seat % has just come back and is for others first', NEW.seat_id
        USING ERRCODE = 'SR050', DETAIL = jsonb_build_array(waiting_for(NEW.seat_id, opens_at, NEW.user_id));
    END IF;
    -- What nobody else wanted while it was open to all who had as few does not count.
    IF NEW.created_at < opens_at + step THEN
        NEW.came_back_at := former.ended_at;
    END IF;
    RETURN NEW;
END
$$
"""

# After guard_update, by its name: that settles what the row becomes, and when.
NOTE_MOMENTS = """
CREATE FUNCTION note_moments() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.confirmed_at := OLD.confirmed_at;
    NEW.ended_at := OLD.ended_at;
    NEW.came_back_at := OLD.came_back_at;
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF NEW.status = 'CONFIRMED' THEN
        NEW.confirmed_at := NEW.updated_at;
    ELSIF NEW.status = 'EXPIRED' THEN
        NEW.ended_at := NEW.hold_expiry;
    ELSE
        NEW.ended_at := NEW.updated_at;
    END IF;
    RETURN NEW;
END
$$
"""

TRIGGERS = """
CREATE TRIGGER guard_others_first
BEFORE INSERT ON reservations
FOR EACH ROW EXECUTE FUNCTION guard_others_first();

CREATE TRIGGER note_moments
BEFORE UPDATE ON reservations
FOR EACH ROW EXECUTE FUNCTION note_moments();
"""

FUNCTIONS = (STEP, GOES_ON, SEAT_OPENS_AT, WAITING_FOR, NOT_YET_OPEN, GUARD, NOTE_MOMENTS)


def upgrade() -> None:
    for column in ("ended_at", "came_back_at"):
        op.add_column("reservations", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_reservations_ended",
        "reservations",
        ["seat_id", "ended_at"],
        postgresql_where=sa.text("ended_at IS NOT NULL"),
    )
    op.create_index(
        "ix_reservations_came_back",
        "reservations",
        ["user_id", "show_id"],
        postgresql_where=sa.text("came_back_at IS NOT NULL"),
    )
    op.execute("DROP TRIGGER note_confirmation ON reservations")
    op.execute("DROP FUNCTION note_confirmation()")
    for statement in (*FUNCTIONS, *TRIGGERS.strip().split("\n\n")):
        op.execute(statement)


def downgrade() -> None:
    for trigger in ("guard_others_first", "note_moments"):
        op.execute(f"DROP TRIGGER {trigger} ON reservations")
    for function in (
        "guard_others_first()",
        "note_moments()",
        "not_yet_open(bigint[], integer)",
        "waiting_for(bigint, timestamptz, integer)",
        "seat_opens_at(bigint, integer)",
        "goes_on(reservations, integer)",
        "others_first()",
    ):
        op.execute(f"DROP FUNCTION {function}")
    former = context.script.get_revision("0009").module
    for statement in (former.NOTE_CONFIRMATION, former.TRIGGER):
        op.execute(statement)
    op.drop_index("ix_reservations_came_back", "reservations")
    op.drop_index("ix_reservations_ended", "reservations")
    for column in ("came_back_at", "ended_at"):
        op.drop_column("reservations", column)
