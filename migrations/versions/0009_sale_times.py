"""When a reservation was confirmed, kept beside it: what a show's figures are made of.

One index covers all they ask, so that they never visit the table, where the rows of one show lie among those of all
others that sold at the same time.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# After guard_update, by its name: that settles what the row becomes, and when.
NOTE_CONFIRMATION = """
CREATE FUNCTION note_confirmation() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.status = 'CONFIRMED' AND OLD.status <> 'CONFIRMED' THEN
        NEW.confirmed_at := NEW.updated_at;
    ELSE
        NEW.confirmed_at := OLD.confirmed_at;
    END IF;
    RETURN NEW;
END
$$
"""

TRIGGER = """
CREATE TRIGGER note_confirmation
BEFORE UPDATE ON reservations
FOR EACH ROW EXECUTE FUNCTION note_confirmation()
"""

# What was confirmed before this column was there.
READ_FROM_HISTORY = """
UPDATE reservations
SET confirmed_at = confirmed.changed_at
FROM (
    SELECT reservation_id, min(changed_at) AS changed_at
    FROM reservation_changes
    WHERE status = 'CONFIRMED'
    GROUP BY reservation_id
) AS confirmed
WHERE confirmed.reservation_id = reservations.id
"""

CONFIRMED_HAVE_THEIR_TIME = (
    "CASE status WHEN 'CONFIRMED' THEN confirmed_at IS NOT NULL WHEN 'CANCELLED' THEN true "
    "ELSE confirmed_at IS NULL END"
)


def upgrade() -> None:
    op.add_column("reservations", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("ALTER TABLE reservations DISABLE TRIGGER guard_update")
    op.execute(READ_FROM_HISTORY)
    op.execute("ALTER TABLE reservations ENABLE TRIGGER guard_update")
    op.create_check_constraint(
        op.f("ck_reservations_confirmed_have_their_time"), "reservations", CONFIRMED_HAVE_THEIR_TIME
    )
    op.execute(NOTE_CONFIRMATION)
    op.execute(TRIGGER)
    op.create_index(
        "ix_reservations_show_id_confirmed_at",
        "reservations",
        ["show_id", "confirmed_at"],
        postgresql_include=["created_at", "updated_at", "hold_expiry", "seat_id", "user_id", "price", "status"],
    )


def downgrade() -> None:
    op.drop_index("ix_reservations_show_id_confirmed_at", "reservations")
    op.execute("DROP TRIGGER note_confirmation ON reservations")
    op.execute("DROP FUNCTION note_confirmation()")
    op.drop_constraint(op.f("ck_reservations_confirmed_have_their_time"), "reservations")
    op.drop_column("reservations", "confirmed_at")
