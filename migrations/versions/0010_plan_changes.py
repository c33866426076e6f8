"""A show's plan may change after sales began, and plans are read from files aside.

A seat that was ever held cannot be deleted, since the history refers to it: it leaves the plan by `removed_at`. So that
nobody has to think of it, `seats` is now a view of those in the plan, and `all_seats` the table with those that were.
What tells of former reservations reads `all_seats`; everything else reads, and writes, `seats`. `plan_order` is where a
seat stands in its plan once that is not the order of the ids. New states:

    SR040  a seat that is not in the plan any more
    SR041  a seat that somebody has leaves the plan, or one that left it comes back

A draft may be a file that is still to be read, and `refusal` says why one cannot be.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SEATS = """
CREATE VIEW seats AS
SELECT id, show_id, seat_number, section, "row", number, neighbour_order, x, y, category_id, plan_seat_id,
       accessibility, step_free, plan_order, removed_at
FROM all_seats
WHERE removed_at IS NULL
"""

# After guard_insert, by its name: that has locked the show, so whoever changes the plan is done.
GUARD_SEAT = """
CREATE FUNCTION guard_seat_in_plan() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.seat_id IS NOT NULL AND NOT EXISTS (SELECT FROM seats WHERE id = NEW.seat_id) THEN
        RAISE EXCEPTION 'seat % is not in the plan any more', NEW.seat_id USING ERRCODE = 'SR040';
    END IF;
    RETURN NEW;
END
$$
"""

GUARD_REMOVAL = """
CREATE FUNCTION guard_removal() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    -- Nobody holds it while it is looked at, and whoever waits for that finds it gone.
    PERFORM pg_advisory_xact_lock(7301, OLD.show_id);
    IF OLD.removed_at IS NOT NULL OR is_taken(OLD.id) THEN
        RAISE EXCEPTION 'seat % cannot leave the plan, or come back', OLD.id USING ERRCODE = 'SR041';
    END IF;
    RETURN NEW;
END
$$
"""

TRIGGERS = """
CREATE TRIGGER guard_seat_in_plan
BEFORE INSERT ON reservations
FOR EACH ROW EXECUTE FUNCTION guard_seat_in_plan();

CREATE TRIGGER guard_removal
BEFORE UPDATE ON all_seats
FOR EACH ROW WHEN (OLD.removed_at IS DISTINCT FROM NEW.removed_at)
EXECUTE FUNCTION guard_removal();
"""

# What their table's name is part of.
CONSTRAINTS = (
    ("all_seats", "pk_seats", "pk_all_seats"),
    ("all_seats", "uq_seats_id_show_id", "uq_all_seats_id_show_id"),
    ("all_seats", "fk_seats_show_id_shows", "fk_all_seats_show_id_shows"),
    ("all_seats", "fk_seats_category_id_show_id_categories", "fk_all_seats_category_id_show_id_categories"),
    ("all_seats", "ck_seats_accessibility_is_known", "ck_all_seats_accessibility_is_known"),
    ("reservations", "fk_reservations_seat_id_show_id_seats", "fk_reservations_seat_id_show_id_all_seats"),
)
INDEXES = (("ix_seats_category_id", "ix_all_seats_category_id"), ("ix_seats_neighbours", "ix_all_seats_neighbours"))

# A table of seats that are all in the plan has no two of one number.
GIVE_BACK_NUMBERS = """
UPDATE all_seats
SET seat_number = seat_number || '#REMOVED' || id
WHERE removed_at IS NOT NULL
"""

FORGET_UNREAD = """
DELETE FROM plan_drafts
USING plan_draft_states AS states
WHERE states.draft_id = plan_drafts.id
  AND num_nonnulls(states.document, states.sketch) = 0
"""

ONE_OF_TWO_KINDS = "num_nonnulls(document, sketch) = 1"
READ_DRAWN_OR_TO_BE_READ = (
    "num_nonnulls(document, sketch) = 1 OR num_nonnulls(document, sketch) = 0 AND source IS NOT NULL"
)


def upgrade() -> None:
    op.rename_table("seats", "all_seats")
    for table, former, name in CONSTRAINTS:
        op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {former} TO {name}")
    for former, name in INDEXES:
        op.execute(f"ALTER INDEX {former} RENAME TO {name}")
    op.add_column("all_seats", sa.Column("plan_order", sa.Integer(), nullable=True))
    op.add_column("all_seats", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint("uq_seats_show_id_seat_number", "all_seats")
    op.create_index(
        "uq_seats_show_id_seat_number",
        "all_seats",
        ["show_id", "seat_number"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    for statement in (SEATS, GUARD_SEAT, GUARD_REMOVAL, *TRIGGERS.strip().split("\n\n")):
        op.execute(statement)

    op.add_column("plan_draft_states", sa.Column("refusal", sa.Text(), nullable=True))
    op.drop_constraint(op.f("ck_plan_draft_states_one_of_two_kinds"), "plan_draft_states")
    op.create_check_constraint(
        op.f("ck_plan_draft_states_read_drawn_or_to_be_read"), "plan_draft_states", READ_DRAWN_OR_TO_BE_READ
    )


def downgrade() -> None:
    op.execute(FORGET_UNREAD)
    op.drop_constraint(op.f("ck_plan_draft_states_read_drawn_or_to_be_read"), "plan_draft_states")
    op.create_check_constraint(op.f("ck_plan_draft_states_one_of_two_kinds"), "plan_draft_states", ONE_OF_TWO_KINDS)
    op.drop_column("plan_draft_states", "refusal")

    op.execute("DROP TRIGGER guard_seat_in_plan ON reservations")
    op.execute("DROP TRIGGER guard_removal ON all_seats")
    for function in ("guard_seat_in_plan", "guard_removal"):
        op.execute(f"DROP FUNCTION {function}()")
    op.execute("DROP VIEW seats")
    op.drop_index("uq_seats_show_id_seat_number", "all_seats")
    op.execute(GIVE_BACK_NUMBERS)
    op.create_unique_constraint("uq_seats_show_id_seat_number", "all_seats", ["show_id", "seat_number"])
    for column in ("removed_at", "plan_order"):
        op.drop_column("all_seats", column)
    for former, name in INDEXES:
        op.execute(f"ALTER INDEX {name} RENAME TO {former}")
    for table, former, name in CONSTRAINTS:
        op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {name} TO {former}")
    op.rename_table("all_seats", "seats")
