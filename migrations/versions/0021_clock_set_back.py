"""Nobody waits for a seat that came back later than now: the database's clock was set back since.

Before, such a seat was for others first, and there were none, until the clock had come round again.
"""

from alembic import context, op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CHANGES = {
    "SEAT_OPENS_AT": (
        "AND ended_at > clock_timestamp() - 10 * step",
        "AND ended_at BETWEEN clock_timestamp() - 10 * step AND clock_timestamp()",
    ),
    "GUARD": (
        "AND ended_at > NEW.created_at - 11 * step",
        "AND ended_at BETWEEN NEW.created_at - 11 * step AND NEW.created_at",
    ),
}


def upgrade() -> None:
    for name, (words, instead) in CHANGES.items():
        former = _former(name)
        assert words in former, f"{name} of 0020 does not say {words!r}"
        op.execute(former.replace(words, instead))


def downgrade() -> None:
    for name in CHANGES:
        op.execute(_former(name))


def _former(name: str) -> str:
    definition: str = getattr(context.script.get_revision("0020").module, name)
    return definition.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
