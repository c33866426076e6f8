"""One performance at a venue, for which seats are sold."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt, SmallId


class Show(Base):
    """A show; `seat_limit` is the most live seats one buyer may have in it, `currency` an ISO 4217 code.

    `plan_oddities` are the sentences an import left for the organizer, `plan_areas` the stage and whatever else the
    plan draws: objects of `kind`, `label` and `points`, in the units of its seats. `plan_version` rises, by triggers,
    with every change of what the map shows. Seats with an `accessibility` are kept from the general best-available
    until `accessible_seats_released_at`. `lonely_seats` says what becomes of a hold that would leave one empty seat
    between taken ones: nothing ('off'), a word to the buyer ('warn'), or a refusal ('enforce'). A show is a draft until
    `published_at`, and sells from `on_sale_at` to `off_sale_at`, where they are set; a page's hold lasts
    `hold_minutes`. `edition` rises with every change of what a form settles. Shows duplicated from one another share
    the series named by the first of them.
    """

    __tablename__ = "shows"
    __table_args__ = (
        CheckConstraint("seat_limit >= 1", name="seat_limit_at_least_one"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_a_code"),
        CheckConstraint("lonely_seats IN ('off','warn','enforce')", name="lonely_seats_is_known"),
        CheckConstraint("hold_minutes BETWEEN 1 AND 20", name="hold_minutes_1_to_20"),
        CheckConstraint("off_sale_at > on_sale_at", name="sale_ends_after_it_begins"),
        Index(None, "starts_at", "id"),
        Index("ix_shows_picture_id", "picture_id", postgresql_where=text("picture_id IS NOT NULL")),
    )

    id: Mapped[SmallId]
    organizer_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default=text("''"))
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("pictures.id"))
    picture_alt: Mapped[str] = mapped_column(server_default=text("''"))
    venue: Mapped[str]
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True)
    starts_at: Mapped[datetime]
    timezone: Mapped[str] = mapped_column(server_default=text("'UTC'"))
    currency: Mapped[str] = mapped_column(server_default=text("'EUR'"))
    seat_limit: Mapped[int] = mapped_column(Integer, server_default=text("10"))
    plan_oddities: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    plan_areas: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    plan_version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    accessible_seats_released_at: Mapped[datetime | None]
    lonely_seats: Mapped[str] = mapped_column(server_default=text("'off'"))
    hold_minutes: Mapped[int] = mapped_column(Integer, server_default=text("10"))
    published_at: Mapped[datetime | None] = mapped_column(server_default=text("now()"))
    on_sale_at: Mapped[datetime | None]
    off_sale_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("shows.id"), index=True)
    plan_version_id: Mapped[int | None] = mapped_column(ForeignKey("plan_versions.id"), index=True)
    cancelled_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]
