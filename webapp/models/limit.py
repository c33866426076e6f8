"""How much callers have asked of late, and whose password was tried from where; a crash may lose both."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base


class Allowance(Base):
    """How far a caller's allowance in a lane is spent: each request moves `spent_until` on by what it costs.

    The caller is an account by its id, or a network by a keyed hash.
    """

    __tablename__ = "allowances"
    __table_args__ = ({"prefixes": ["UNLOGGED"], "postgresql_with": {"fillfactor": 50}},)

    caller: Mapped[str] = mapped_column(primary_key=True)
    lane: Mapped[str] = mapped_column(primary_key=True)
    spent_until: Mapped[datetime]


class PasswordTries(Base):
    """How often in a row a password was wrong for an e-mail from a network, of both of which keyed hashes are kept.

    With no failures it is somebody who was told to wait before the first try.
    """

    __tablename__ = "password_tries"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    account: Mapped[str] = mapped_column(primary_key=True)
    network: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    tried_at: Mapped[datetime]
