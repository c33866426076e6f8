"""A numbered place of a show."""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Id


class Seat(Base):
    """A seat; `seat_number` is the label people read out ("A1"), normalized and unique in its show.

    Two seats of one section and row are neighbours when their `neighbour_order` differs by one. `x` and `y` are in
    the units of the plan the seat came from, and `plan_seat_id` is that plan's own id of it. `accessibility` tells a
    place for a wheelchair, and the seat kept for its companion, from all others.

    A seat that was held once is never deleted: a plan that has it no more sets `removed_at`. All but history reads and
    writes the view `seats`, which has those in the plan; `plan_order`, where it is set, is their order, else their ids.
    """

    __tablename__ = "all_seats"
    __table_args__ = (
        Index(
            "uq_seats_show_id_seat_number",
            "show_id",
            "seat_number",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        # What a reservation's foreign key refers to, so that its show is the show of its seat.
        UniqueConstraint("id", "show_id"),
        ForeignKeyConstraint(["category_id", "show_id"], ["categories.id", "categories.show_id"]),
        Index(None, "category_id"),
        # Who sits beside whom.
        Index(
            "ix_all_seats_neighbours",
            "show_id",
            text("coalesce(section, '')"),
            text("coalesce(\"row\", '')"),
            "neighbour_order",
        ),
        CheckConstraint("accessibility IN ('wheelchair','companion')", name="accessibility_is_known"),
    )

    id: Mapped[Id]
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id"))
    seat_number: Mapped[str]
    section: Mapped[str | None]
    row: Mapped[str | None]
    number: Mapped[str | None]
    neighbour_order: Mapped[int | None] = mapped_column(Integer)
    x: Mapped[float | None] = mapped_column(Double)
    y: Mapped[float | None] = mapped_column(Double)
    category_id: Mapped[int] = mapped_column(Integer)
    plan_seat_id: Mapped[str | None]
    accessibility: Mapped[str | None]
    step_free: Mapped[bool] = mapped_column(Boolean, server_default=false())
    plan_order: Mapped[int | None] = mapped_column(Integer)
    removed_at: Mapped[datetime | None]
