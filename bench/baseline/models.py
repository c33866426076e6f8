"""The tables: with the same index against double sales, and none of the guards."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The tables."""

    type_annotation_map = {datetime: DateTime(timezone=True)}  # noqa: RUF012 -- as SQLAlchemy's guide has it


class User(Base):
    """A buyer."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    token_version: Mapped[int] = mapped_column(default=1)


class Show(Base):
    """A show."""

    __tablename__ = "shows"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    hold_minutes: Mapped[int] = mapped_column(default=10)
    seat_limit: Mapped[int] = mapped_column(default=10)


class Seat(Base):
    """A seat of a show."""

    __tablename__ = "seats"

    id: Mapped[int] = mapped_column(primary_key=True)
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id"), index=True)
    seat_number: Mapped[str]
    show: Mapped[Show] = relationship()


class Reservation(Base):
    """A seat held or sold."""

    __tablename__ = "reservations"
    __table_args__ = (
        Index("one_active_per_seat", "seat_id", unique=True, postgresql_where=text("status IN ('HELD','CONFIRMED')")),
        Index("of_user", "user_id", "show_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id"))
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id"))
    status: Mapped[str]
    hold_expiry: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
