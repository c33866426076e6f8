"""One performance at a venue, for which seats are sold."""

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt, SmallId


class Show(Base):
    """A show; `seat_limit` is the most live seats one buyer may have in it, `currency` an ISO 4217 code.

    `plan_oddities` are the sentences an import left for the organizer.
    """

    __tablename__ = "shows"
    __table_args__ = (
        CheckConstraint("seat_limit >= 1", name="seat_limit_at_least_one"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_a_code"),
        Index(None, "starts_at", "id"),
    )

    id: Mapped[SmallId]
    organizer_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[str]
    venue: Mapped[str]
    starts_at: Mapped[datetime]
    timezone: Mapped[str] = mapped_column(server_default=text("'UTC'"))
    currency: Mapped[str] = mapped_column(server_default=text("'EUR'"))
    seat_limit: Mapped[int] = mapped_column(Integer, server_default=text("10"))
    plan_oddities: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    cancelled_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]
