"""No lonely seats: a show may refuse holds that leave one empty seat between two taken ones.

`shows.lonely_seats` is 'off', 'warn' (the hold succeeds, the buyer is told) or 'enforce' (the hold is refused).
Neighbours are seats of one section and row whose `neighbour_order` differs by one; an edge or a gap is no taken seat,
and a place for a wheelchair or its companion is nobody's lonely seat. The rule rests once fewer seats would be free
than ten, or than one in twenty.

Two buyers at once could leave a seat between them that neither sees. So the guard, which looks when the seats of a
statement are inserted, locks their rows first, and whoever comes second sees what the first has done. The lock order
is now: show, buyers in ascending id, the guest's address, seats in ascending id, reservations in the order of their
seats, rows in ascending key. Who has a row waits for nothing more. `take_turn` locks what comes before seats, for
whoever locks seats before the guards come to it. New state:

    SR020  a hold that would leave a seat lonely
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# 7306 is the namespace of the locks on rows; the others are those of the guards.
LOCK_ROWS = """
CREATE FUNCTION lock_rows(show integer, chosen bigint[]) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    key integer;
BEGIN
    FOR key IN
        SELECT DISTINCT hashtext(concat_ws(' ', show, coalesce(section, ''), coalesce("row", '')))
        FROM seats
        WHERE id = ANY(chosen)
        ORDER BY 1
    LOOP
        PERFORM pg_advisory_xact_lock(7306, key);
    END LOOP;
END
$$
"""

TAKE_TURN = """
CREATE FUNCTION take_turn(buyer integer, show integer) RETURNS boolean
LANGUAGE plpgsql
AS $$
DECLARE
    address text;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7301, show);
    PERFORM pg_advisory_xact_lock(7302, buyer);
    SELECT guest_address INTO address FROM users WHERE id = buyer;
    IF address IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(7305, hashtext(show || ' ' || address));
    END IF;
    RETURN true;
END
$$
"""

IS_TAKEN = """
CREATE FUNCTION is_taken(seat bigint) RETURNS boolean
LANGUAGE sql
VOLATILE
COST 1000
AS $$
    SELECT EXISTS (
        SELECT FROM reservations
        WHERE seat_id = seat
          AND status IN ('HELD','CONFIRMED')
          AND (status = 'CONFIRMED' OR hold_expiry > clock_timestamp())
    )
$$
"""

# Seat by seat, each found by its row and place: joined, they would be found by reading whole rows, or tables.
LEFT_LONELY = """
CREATE FUNCTION left_lonely(chosen bigint[]) RETURNS jsonb
LANGUAGE plpgsql
AS $$
DECLARE
    taken seats;
    step integer;
    found jsonb;
    lonely jsonb := '[]';
BEGIN
    FOR taken IN SELECT * FROM seats WHERE id = ANY(chosen) ORDER BY id LOOP
        FOREACH step IN ARRAY ARRAY[-1, 1] LOOP
            SELECT jsonb_build_array(jsonb_build_object('seat_id', id, 'seat_number', seat_number))
            INTO found
            FROM seats
            WHERE show_id = taken.show_id
              AND coalesce(section, '') = coalesce(taken.section, '')
              AND coalesce("row", '') = coalesce(taken."row", '')
              AND neighbour_order = taken.neighbour_order + step
              AND accessibility IS NULL
              AND NOT is_taken(id)
              AND EXISTS (
                  SELECT FROM seats AS beyond
                  WHERE beyond.show_id = taken.show_id
                    AND coalesce(beyond.section, '') = coalesce(taken.section, '')
                    AND coalesce(beyond."row", '') = coalesce(taken."row", '')
                    AND beyond.neighbour_order = taken.neighbour_order + 2 * step
                    AND is_taken(beyond.id)
              );
            IF found IS NOT NULL AND NOT lonely @> found THEN
                lonely := lonely || found;
            END IF;
        END LOOP;
    END LOOP;
    RETURN nullif(lonely, '[]');
END
$$
"""

GUARD = """
CREATE FUNCTION guard_lonely_seats() RETURNS trigger
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
        WHERE (SELECT lonely_seats FROM shows WHERE id = born.show_id) = 'enforce'
    ) THEN
        RETURN NULL;
    END IF;

    FOR show, chosen IN
        SELECT born.show_id, array_agg(born.seat_id)
        FROM born
        JOIN shows ON shows.id = born.show_id
        WHERE shows.lonely_seats = 'enforce'
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

TRIGGER = """
CREATE TRIGGER guard_lonely_seats
AFTER INSERT ON reservations
REFERENCING NEW TABLE AS born
FOR EACH STATEMENT EXECUTE FUNCTION guard_lonely_seats()
"""


def upgrade() -> None:
    op.add_column("shows", sa.Column("lonely_seats", sa.Text(), server_default=sa.text("'off'"), nullable=False))
    op.create_check_constraint(
        op.f("ck_shows_lonely_seats_is_known"), "shows", "lonely_seats IN ('off','warn','enforce')"
    )
    op.create_index(
        "ix_seats_neighbours",
        "seats",
        ["show_id", sa.text("coalesce(section, '')"), sa.text("coalesce(\"row\", '')"), "neighbour_order"],
    )
    for statement in (LOCK_ROWS, TAKE_TURN, IS_TAKEN, LEFT_LONELY, GUARD, TRIGGER):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER guard_lonely_seats ON reservations")
    for function in (
        "guard_lonely_seats()",
        "left_lonely(bigint[])",
        "is_taken(bigint)",
        "take_turn(integer, integer)",
        "lock_rows(integer, bigint[])",
    ):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_index("ix_seats_neighbours", "seats")
    op.drop_constraint(op.f("ck_shows_lonely_seats_is_known"), "shows")
    op.drop_column("shows", "lonely_seats")
