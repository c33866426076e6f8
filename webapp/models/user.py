"""A buyer or an organizer: the same account."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt, SmallId


class User(Base):
    """An account; a deleted one keeps its id, since sales refer to it, and nothing of the person.

    `email` and `phone_number` are stored normalized; `password` is an Argon2id hash; `token_version` rises when all
    sessions and tokens handed out so far must end.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "deleted_at IS NOT NULL OR (email IS NOT NULL AND phone_number IS NOT NULL AND password IS NOT NULL)",
            name="complete_unless_deleted",
        ),
    )

    id: Mapped[SmallId]
    name: Mapped[str]
    phone_number: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    password: Mapped[str | None]
    token_version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    created_at: Mapped[CreatedAt]
    deleted_at: Mapped[datetime | None]
