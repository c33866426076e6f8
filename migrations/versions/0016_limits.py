"""How much callers have asked of late, and whose password was tried from where: neither is needed after a crash.

The networks from which somebody has signed in are kept with the account.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allowances",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("spent_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "lane", name="pk_allowances"),
        prefixes=["UNLOGGED"],
        # A caller's row is written with each request: the next version of it finds room on the same page.
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "password_tries",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "network", name="pk_password_tries"),
        prefixes=["UNLOGGED"],
    )
    op.add_column(
        "users",
        sa.Column("known_networks", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("users", "known_networks")
    op.drop_table("password_tries")
    op.drop_table("allowances")
