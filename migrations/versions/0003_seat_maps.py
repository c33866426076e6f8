"""What a seat map needs: versions of the plan, its areas, accessible seats, and a way to ask what is new.

A show's `plan_version` rises with every statement that changes its seats, its categories or what else its map shows, so
that whatever was drawn or computed from a version can be kept for ever under it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

RAISE_PLAN_VERSION = """
CREATE FUNCTION raise_plan_version() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE shows
    SET plan_version = plan_version + 1
    WHERE id IN (SELECT show_id FROM changed);
    RETURN NULL;
END
$$
"""

RAISE_OWN_PLAN_VERSION = """
CREATE FUNCTION raise_own_plan_version() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.plan_version := OLD.plan_version + 1;
    RETURN NEW;
END
$$
"""

# A trigger that sees the changed rows is for one kind of statement.
CHANGES = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))


def upgrade() -> None:
    op.add_column("shows", sa.Column("plan_version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("shows", sa.Column("plan_areas", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("shows", sa.Column("accessible_seats_released_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("seats", sa.Column("accessibility", sa.Text(), nullable=True))
    op.add_column("seats", sa.Column("step_free", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_check_constraint(
        op.f("ck_seats_accessibility_is_known"), "seats", "accessibility IN ('wheelchair','companion')"
    )
    op.create_index("ix_reservations_show_id_changed_xid", "reservations", ["show_id", "changed_xid"])

    op.execute(RAISE_PLAN_VERSION)
    op.execute(RAISE_OWN_PLAN_VERSION)
    for table in ("seats", "categories"):
        for statement, rows in CHANGES:
            op.execute(
                f"CREATE TRIGGER raise_plan_version_on_{statement.lower()} AFTER {statement} ON {table} "
                f"REFERENCING {rows} TABLE AS changed "
                "FOR EACH STATEMENT EXECUTE FUNCTION raise_plan_version()"
            )
    op.execute(
        "CREATE TRIGGER raise_own_plan_version BEFORE UPDATE ON shows FOR EACH ROW "
        "WHEN ((OLD.plan_areas, OLD.accessible_seats_released_at) "
        "IS DISTINCT FROM (NEW.plan_areas, NEW.accessible_seats_released_at)) "
        "EXECUTE FUNCTION raise_own_plan_version()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER raise_own_plan_version ON shows")
    for table in ("seats", "categories"):
        for statement, _ in CHANGES:
            op.execute(f"DROP TRIGGER raise_plan_version_on_{statement.lower()} ON {table}")
    op.execute("DROP FUNCTION raise_own_plan_version()")
    op.execute("DROP FUNCTION raise_plan_version()")
    op.drop_index("ix_reservations_show_id_changed_xid", "reservations")
    op.drop_constraint(op.f("ck_seats_accessibility_is_known"), "seats")
    op.drop_column("seats", "step_free")
    op.drop_column("seats", "accessibility")
    for column in ("accessible_seats_released_at", "plan_areas", "plan_version"):
        op.drop_column("shows", column)
