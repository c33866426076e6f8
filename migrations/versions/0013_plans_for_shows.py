"""A plan in the making may be for a show: it outlives one that is gone, and those of a show are found by index."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAME = "fk_plan_drafts_show_id_shows"


def upgrade() -> None:
    op.drop_constraint(NAME, "plan_drafts")
    op.create_foreign_key(NAME, "plan_drafts", "shows", ["show_id"], ["id"], ondelete="SET NULL")
    op.create_index("ix_plan_drafts_show_id", "plan_drafts", ["show_id"])


def downgrade() -> None:
    op.drop_index("ix_plan_drafts_show_id", "plan_drafts")
    op.drop_constraint(NAME, "plan_drafts")
    op.create_foreign_key(NAME, "plan_drafts", "shows", ["show_id"], ["id"])
