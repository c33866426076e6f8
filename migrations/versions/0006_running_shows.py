"""What an organizer settles about a show: how it is announced, when and how it sells, and who runs it.

A show is a draft until it is published; whoever runs it sees it before. `edition` rises with every change of what a
form settles, so that two forms of one show do not undo each other. Shows duplicated from one another share a series,
which is named by its first show.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RUNS_SHOW = """
CREATE FUNCTION runs_show(person integer, show integer) RETURNS boolean
LANGUAGE sql
STABLE
AS $$
    SELECT EXISTS (
        SELECT FROM users
        WHERE id = person
          AND deleted_at IS NULL
          AND (
              is_admin
              OR EXISTS (SELECT FROM shows WHERE shows.id = show AND organizer_id = person)
              OR EXISTS (SELECT FROM show_managers WHERE show_id = show AND user_id = person)
          )
    )
$$
"""

GUARD_ACTS = """
CREATE TRIGGER guard_acts
BEFORE UPDATE OR DELETE OR TRUNCATE ON acts
FOR EACH STATEMENT EXECUTE FUNCTION refuse_loss()
"""


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[sa.DateTime]:
    default = None if nullable else sa.text("now()")
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "pictures",
        _key(),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _moment("created_at", nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_pictures_owner_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_pictures"),
    )
    op.add_column("users", sa.Column("is_admin", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_check_constraint(
        op.f("ck_users_admins_are_accounts"), "users", "NOT is_admin OR NOT is_guest AND deleted_at IS NULL"
    )

    op.add_column("shows", sa.Column("description", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("shows", sa.Column("picture_id", sa.Integer(), nullable=True))
    op.add_column("shows", sa.Column("picture_alt", sa.Text(), server_default=sa.text("''"), nullable=False))
    # What there was before, was on sale.
    op.add_column(
        "shows", sa.Column("published_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=True)
    )
    op.add_column("shows", _moment("on_sale_at"))
    op.add_column("shows", _moment("off_sale_at"))
    op.add_column("shows", sa.Column("hold_minutes", sa.Integer(), server_default=sa.text("10"), nullable=False))
    op.add_column("shows", sa.Column("edition", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("shows", sa.Column("series_id", sa.Integer(), nullable=True))
    op.create_foreign_key("fk_shows_picture_id_pictures", "shows", "pictures", ["picture_id"], ["id"])
    op.create_foreign_key("fk_shows_series_id_shows", "shows", "shows", ["series_id"], ["id"])
    op.create_index("ix_shows_series_id", "shows", ["series_id"])
    op.create_check_constraint(op.f("ck_shows_hold_minutes_1_to_20"), "shows", "hold_minutes BETWEEN 1 AND 20")
    op.create_check_constraint(op.f("ck_shows_sale_ends_after_it_begins"), "shows", "off_sale_at > on_sale_at")

    op.create_table(
        "show_managers",
        sa.Column("show_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        _moment("created_at", nullable=False),
        sa.ForeignKeyConstraint(["show_id"], ["shows.id"], name="fk_show_managers_show_id_shows"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_show_managers_user_id_users"),
        sa.ForeignKeyConstraint(["invited_by"], ["users.id"], name="fk_show_managers_invited_by_users"),
        sa.PrimaryKeyConstraint("show_id", "user_id", name="pk_show_managers"),
    )
    op.create_index("ix_show_managers_user_id", "show_managers", ["user_id"])
    op.create_table(
        "invitations",
        _key(),
        sa.Column("show_id", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        _moment("created_at", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        _moment("accepted_at"),
        _moment("revoked_at"),
        sa.ForeignKeyConstraint(["show_id"], ["shows.id"], name="fk_invitations_show_id_shows"),
        sa.ForeignKeyConstraint(["invited_by"], ["users.id"], name="fk_invitations_invited_by_users"),
        sa.ForeignKeyConstraint(["accepted_by"], ["users.id"], name="fk_invitations_accepted_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
    )
    op.create_index("ix_invitations_show_id", "invitations", ["show_id"])
    op.create_table(
        "acts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("show_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("through", sa.Text(), nullable=False),
        sa.Column("acted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint("through IN ('page','api','command')", name=op.f("ck_acts_through_is_known")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_acts_user_id_users"),
        sa.ForeignKeyConstraint(["show_id"], ["shows.id"], name="fk_acts_show_id_shows"),
        sa.PrimaryKeyConstraint("id", name="pk_acts"),
    )
    op.create_index("ix_acts_show_id_id", "acts", ["show_id", "id"])
    op.create_index("ix_acts_user_id_id", "acts", ["user_id", "id"])
    op.execute(RUNS_SHOW)
    op.execute(GUARD_ACTS)


def downgrade() -> None:
    op.execute("DROP FUNCTION runs_show(integer, integer)")
    for table in ("acts", "invitations", "show_managers"):
        op.drop_table(table)
    op.drop_constraint(op.f("ck_shows_sale_ends_after_it_begins"), "shows")
    op.drop_constraint(op.f("ck_shows_hold_minutes_1_to_20"), "shows")
    op.drop_index("ix_shows_series_id", "shows")
    op.drop_constraint("fk_shows_series_id_shows", "shows")
    op.drop_constraint("fk_shows_picture_id_pictures", "shows")
    for column in (
        "series_id",
        "edition",
        "hold_minutes",
        "off_sale_at",
        "on_sale_at",
        "published_at",
        "picture_alt",
        "picture_id",
        "description",
    ):
        op.drop_column("shows", column)
    op.drop_constraint(op.f("ck_users_admins_are_accounts"), "users")
    op.drop_column("users", "is_admin")
    op.drop_table("pictures")
