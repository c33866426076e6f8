"""The list of a show's reservations is searched and sorted out in one index, without a visit to the table.

Its rows lie there among those of all shows that sold at the same time.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INDEX = "ix_reservations_show_id_id"


def upgrade() -> None:
    op.drop_index(INDEX, "reservations")
    op.create_index(
        INDEX,
        "reservations",
        ["show_id", "id"],
        postgresql_include=["status", "hold_expiry", "user_id", "seat_id", "changed_through"],
    )


def downgrade() -> None:
    op.drop_index(INDEX, "reservations")
    op.create_index(INDEX, "reservations", ["show_id", "id"])
