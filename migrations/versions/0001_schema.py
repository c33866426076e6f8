"""The schema: users, shows, categories, seats, reservations and their history."""

import sqlalchemy as sa
from alembic import op

from webapp.models.xid8 import Xid8

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone_number", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("token_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "deleted_at IS NOT NULL OR (email IS NOT NULL AND phone_number IS NOT NULL AND password IS NOT NULL)",
            name="complete_unless_deleted",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
        sa.UniqueConstraint("phone_number", name="uq_users_phone_number"),
    )
    op.create_table(
        "shows",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timezone", sa.Text(), server_default=sa.text("'UTC'"), nullable=False),
        sa.Column("currency", sa.Text(), server_default=sa.text("'EUR'"), nullable=False),
        sa.Column("seat_limit", sa.Integer(), server_default=sa.text("10"), nullable=False),
        sa.Column("plan_oddities", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_a_code"),
        sa.CheckConstraint("seat_limit >= 1", name="seat_limit_at_least_one"),
        sa.ForeignKeyConstraint(["organizer_id"], ["users.id"], name="fk_shows_organizer_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_shows"),
    )
    op.create_index("ix_shows_organizer_id", "shows", ["organizer_id"])
    op.create_index("ix_shows_starts_at_id", "shows", ["starts_at", "id"])

    op.create_table(
        "categories",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("show_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.CheckConstraint("price >= 0", name="price_not_negative"),
        sa.ForeignKeyConstraint(["show_id"], ["shows.id"], name="fk_categories_show_id_shows"),
        sa.PrimaryKeyConstraint("id", name="pk_categories"),
        sa.UniqueConstraint("id", "show_id", name="uq_categories_id_show_id"),
        sa.UniqueConstraint("show_id", "name", name="uq_categories_show_id_name"),
    )
    op.create_table(
        "seats",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("show_id", sa.Integer(), nullable=False),
        sa.Column("seat_number", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("row", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("neighbour_order", sa.Integer(), nullable=True),
        sa.Column("x", sa.Double(), nullable=True),
        sa.Column("y", sa.Double(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("plan_seat_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id", "show_id"],
            ["categories.id", "categories.show_id"],
            name="fk_seats_category_id_show_id_categories",
        ),
        sa.ForeignKeyConstraint(["show_id"], ["shows.id"], name="fk_seats_show_id_shows"),
        sa.PrimaryKeyConstraint("id", name="pk_seats"),
        sa.UniqueConstraint("id", "show_id", name="uq_seats_id_show_id"),
        sa.UniqueConstraint("show_id", "seat_number", name="uq_seats_show_id_seat_number"),
    )
    op.create_index("ix_seats_category_id", "seats", ["category_id"])

    op.create_table(
        "reservations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.BigInteger(), nullable=False),
        sa.Column("show_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'HELD'"), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("hold_expiry", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("statement_timestamp()"), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.text("statement_timestamp()"), nullable=False
        ),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_through", sa.Text(), nullable=False),
        sa.Column("changed_xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.CheckConstraint("changed_through IN ('page','api','command','clock')", name="changed_through_is_known"),
        sa.CheckConstraint(
            "hold_expiry > created_at AND hold_expiry <= created_at + interval '20 minutes'",
            name="hold_at_most_20_minutes",
        ),
        sa.CheckConstraint("status IN ('HELD','CONFIRMED','CANCELLED','EXPIRED')", name="status_is_known"),
        sa.ForeignKeyConstraint(["changed_by"], ["users.id"], name="fk_reservations_changed_by_users"),
        sa.ForeignKeyConstraint(
            ["seat_id", "show_id"], ["seats.id", "seats.show_id"], name="fk_reservations_seat_id_show_id_seats"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_reservations_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_reservations"),
    )
    op.create_index(
        "ix_reservations_active_of_buyer",
        "reservations",
        ["user_id", "show_id"],
        postgresql_where=sa.text("status IN ('HELD','CONFIRMED')"),
    )
    op.create_index(
        "ix_reservations_lapsing", "reservations", ["hold_expiry"], postgresql_where=sa.text("status = 'HELD'")
    )
    op.create_index("ix_reservations_show_id_id", "reservations", ["show_id", "id"])
    op.create_index("ix_reservations_user_id_id", "reservations", ["user_id", "id"])
    op.create_index(
        "unique_active_reservation_per_seat",
        "reservations",
        ["seat_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('HELD','CONFIRMED')"),
    )

    op.create_table(
        "reservation_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("reservation_id", sa.BigInteger(), nullable=False),
        sa.Column("show_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_through", sa.Text(), nullable=False),
        sa.Column("changed_xid", Xid8(), nullable=False),
        sa.CheckConstraint(
            "changed_through IN ('page','api','command','clock')",
            name="changed_through_is_known",
        ),
        sa.CheckConstraint("status IN ('HELD','CONFIRMED','CANCELLED','EXPIRED')", name="status_is_known"),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_reservation_changes_reservation_id_reservations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reservation_changes"),
    )
    op.create_index("ix_reservation_changes_reservation_id", "reservation_changes", ["reservation_id"])
    op.create_index("ix_reservation_changes_show_id_id", "reservation_changes", ["show_id", "id"])


def downgrade() -> None:
    for table in ("reservation_changes", "reservations", "seats", "categories", "shows", "users"):
        op.drop_table(table)
