"""Who runs a show beside its organizer, who is invited to, and what they did."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt, SmallId


class ShowManager(Base):
    """A colleague who may do with a show what its organizer may."""

    __tablename__ = "show_managers"

    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    invited_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[CreatedAt]


class Invitation(Base):
    """A link that makes whoever follows it a manager of a show, once; only a hash of its token is kept.

    `name` is whom it was made for, in the words of who made it.
    """

    __tablename__ = "invitations"

    id: Mapped[SmallId]
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id"), index=True)
    invited_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Act(Base):
    """One line of the append-only record of what was done with a show, by whom and through what."""

    __tablename__ = "acts"
    __table_args__ = (
        CheckConstraint("through IN ('page','api','command')", name="through_is_known"),
        Index(None, "show_id", "id"),
        Index(None, "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    show_id: Mapped[int | None] = mapped_column(ForeignKey("shows.id"))
    act: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    through: Mapped[str]
    acted_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
