"""Seats of a show that the house keeps, together and for one reason."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt, SmallId


class HouseBlock(Base):
    """Why seats are kept, and until when; each seat is a reservation without a buyer, HELD for as long."""

    __tablename__ = "house_blocks"
    # What a reservation's foreign key refers to, so that its block is of the show of its seat.
    __table_args__ = (UniqueConstraint("id", "show_id"),)

    id: Mapped[SmallId]
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id"), index=True)
    reason: Mapped[str]
    release_at: Mapped[datetime | None]
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[CreatedAt]
