"""A venue's seating plans, each kept once, in versions, and used by many shows; and plans that are being made.

A version never changes. `document` is the plan as `webapp/services/plans` writes it, `source` the file it was read
from, if any, so that it can be written back without loss, and `sketch` the description it was built from, if any.
A draft is a plan that nobody has saved yet: a file that was read, or a sketch with all its former states, for undo.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

GUARD_VERSIONS = """
CREATE TRIGGER guard_versions
BEFORE UPDATE OR DELETE OR TRUNCATE ON plan_versions
FOR EACH STATEMENT EXECUTE FUNCTION refuse_loss()
"""


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False)


def _since(name: str = "created_at") -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def _what_a_plan_is() -> list[sa.Column[str]]:
    return [
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("source", sa.LargeBinary(), nullable=True),
        sa.Column("source_name", sa.Text(), nullable=True),
        sa.Column("sketch", postgresql.JSONB(), nullable=True),
    ]


def upgrade() -> None:
    op.create_table(
        "venues",
        _key(),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        _since(),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_venues_owner_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_venues"),
        sa.UniqueConstraint("owner_id", "name", name="uq_venues_owner_id_name"),
    )
    op.create_table(
        "plans",
        _key(),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _since(),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name="fk_plans_venue_id_venues"),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
        sa.UniqueConstraint("venue_id", "name", name="uq_plans_venue_id_name"),
    )
    op.create_table(
        "plan_versions",
        _key(),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        *_what_a_plan_is(),
        sa.Column("created_by", sa.Integer(), nullable=False),
        _since(),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_plan_versions_plan_id_plans"),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name="fk_plan_versions_created_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_versions"),
        sa.UniqueConstraint("plan_id", "number", name="uq_plan_versions_plan_id_number"),
    )
    op.alter_column("plan_versions", "document", nullable=False)
    op.create_table(
        "plan_drafts",
        _key(),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("show_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Integer(), server_default=sa.text("1"), nullable=False),
        _since(),
        _since("updated_at"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_plan_drafts_owner_id_users"),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name="fk_plan_drafts_venue_id_venues"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_plan_drafts_plan_id_plans"),
        sa.ForeignKeyConstraint(["show_id"], ["shows.id"], name="fk_plan_drafts_show_id_shows"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_drafts"),
    )
    op.create_index("ix_plan_drafts_owner_id_id", "plan_drafts", ["owner_id", "id"])
    op.create_table(
        "plan_draft_states",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        *_what_a_plan_is(),
        sa.CheckConstraint("num_nonnulls(document, sketch) = 1", name=op.f("ck_plan_draft_states_one_of_two_kinds")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["plan_drafts.id"], name="fk_plan_draft_states_draft_id_plan_drafts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "number", name="pk_plan_draft_states"),
    )
    op.add_column("shows", sa.Column("venue_id", sa.Integer(), nullable=True))
    op.add_column("shows", sa.Column("plan_version_id", sa.Integer(), nullable=True))
    op.create_foreign_key("fk_shows_venue_id_venues", "shows", "venues", ["venue_id"], ["id"])
    op.create_foreign_key(
        "fk_shows_plan_version_id_plan_versions", "shows", "plan_versions", ["plan_version_id"], ["id"]
    )
    op.create_index("ix_shows_venue_id", "shows", ["venue_id"])
    op.create_index("ix_shows_plan_version_id", "shows", ["plan_version_id"])
    op.execute(GUARD_VERSIONS)


def downgrade() -> None:
    op.drop_index("ix_shows_plan_version_id", "shows")
    op.drop_index("ix_shows_venue_id", "shows")
    op.drop_constraint("fk_shows_plan_version_id_plan_versions", "shows")
    op.drop_constraint("fk_shows_venue_id_venues", "shows")
    op.drop_column("shows", "plan_version_id")
    op.drop_column("shows", "venue_id")
    for table in ("plan_draft_states", "plan_drafts", "plan_versions", "plans", "venues"):
        op.drop_table(table)
