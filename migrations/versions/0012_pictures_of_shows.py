"""Which shows have a picture is found without reading all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_shows_picture_id", "shows", ["picture_id"], postgresql_where=sa.text("picture_id IS NOT NULL"))


def downgrade() -> None:
    op.drop_index("ix_shows_picture_id", "shows")
