"""A seat held, sold or once held by a user, and the history of how it came to that.

The rules that no constraint can say (what may follow what, and when) are triggers, in the migration of the guards.
"""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Id
from webapp.models.xid8 import Xid8

ACTIVE = text("status IN ('HELD','CONFIRMED')")
# The rule of the house: who makes a second claim on a seat is stopped here, whoever they are.
ONE_CLAIM_ON_A_SEAT = "unique_active_reservation_per_seat"
# The same as PostgreSQL tells it (pg_get_indexdef); `{schema}` is where the tables are.
ONE_CLAIM_AS_TOLD = (
    f"CREATE UNIQUE INDEX {ONE_CLAIM_ON_A_SEAT} ON {{schema}}.reservations USING btree (seat_id) "
    "WHERE (status = ANY (ARRAY['HELD'::text, 'CONFIRMED'::text]))"
)
STATUS_IS_KNOWN = "status IN ('HELD','CONFIRMED','CANCELLED','EXPIRED')"
# Which way a change came in; 'clock' is time itself: a hold that lapsed.
CHANGED_THROUGH_IS_KNOWN = "changed_through IN ('page','api','command','clock')"


class Reservation(Base):
    """One user's claim on one seat: HELD until `hold_expiry`, then CONFIRMED, CANCELLED or EXPIRED for good.

    Without a user it is a seat that the house keeps, as its house block says, HELD until it is released. A buyer who is
    moved to another seat has a new one, `moved_from` the old. `reason` says why the show's people cancelled it.

    `hold_expiry` moves once, by some minutes, at `extended_at`; a guest's hold goes once to an account of theirs.
    `confirmed_at` is when it became CONFIRMED, and stays when such a sale is cancelled. `ended_at` is when it was over:
    of one that lapsed that, not when it was marked. `came_back_at` is when its seat had come back, where its buyer was
    quick to take it then.
    `price` is what the seat cost when it was held, in minor units of the show's currency. `changed_xid` stamps the
    transaction of the last change, for readers who ask what is new.
    """

    __tablename__ = "reservations"
    __table_args__ = (
        ForeignKeyConstraint(["seat_id", "show_id"], ["all_seats.id", "all_seats.show_id"]),
        ForeignKeyConstraint(["house_block_id", "show_id"], ["house_blocks.id", "house_blocks.show_id"]),
        CheckConstraint("num_nonnulls(user_id, house_block_id) = 1", name="of_a_buyer_or_the_house"),
        CheckConstraint(STATUS_IS_KNOWN, name="status_is_known"),
        CheckConstraint(CHANGED_THROUGH_IS_KNOWN, name="changed_through_is_known"),
        CheckConstraint(
            "CASE status WHEN 'CONFIRMED' THEN confirmed_at IS NOT NULL WHEN 'CANCELLED' THEN true "
            "ELSE confirmed_at IS NULL END",
            name="confirmed_have_their_time",
        ),
        CheckConstraint(
            "hold_expiry > created_at AND (user_id IS NULL OR hold_expiry <= created_at + interval '20 minutes')",
            name="hold_at_most_20_minutes",
        ),
        Index(ONE_CLAIM_ON_A_SEAT, "seat_id", unique=True, postgresql_where=ACTIVE),
        Index("ix_reservations_active_of_buyer", "user_id", "show_id", postgresql_where=ACTIVE),
        Index("ix_reservations_lapsing", "hold_expiry", postgresql_where=text("status = 'HELD'")),
        Index("ix_reservations_house_block_id", "house_block_id", postgresql_where=text("house_block_id IS NOT NULL")),
        Index("ix_reservations_ended", "seat_id", "ended_at", postgresql_where=text("ended_at IS NOT NULL")),
        Index("ix_reservations_came_back", "user_id", "show_id", postgresql_where=text("came_back_at IS NOT NULL")),
        Index(None, "user_id", "id"),
        # Which of a show's are wanted, newest first, is seen without a visit to the table either.
        Index(
            None,
            "show_id",
            "id",
            postgresql_include=["status", "hold_expiry", "user_id", "seat_id", "changed_through"],
        ),
        Index(None, "show_id", "changed_xid"),
        # All that a show's figures are made of: without a visit to the table, where its rows lie among all others.
        Index(
            None,
            "show_id",
            "confirmed_at",
            postgresql_include=["created_at", "updated_at", "hold_expiry", "seat_id", "user_id", "price", "status"],
        ),
    )

    id: Mapped[Id]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    house_block_id: Mapped[int | None] = mapped_column(Integer)
    moved_from: Mapped[int | None] = mapped_column(ForeignKey("reservations.id"), unique=True)
    seat_id: Mapped[int] = mapped_column(BigInteger)
    show_id: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(server_default=text("'HELD'"))
    price: Mapped[int] = mapped_column(Integer)
    hold_expiry: Mapped[datetime]
    extended_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    came_back_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.statement_timestamp())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.statement_timestamp())
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_through: Mapped[str]
    changed_xid: Mapped[str] = mapped_column(Xid8, server_default=func.pg_current_xact_id())
    reason: Mapped[str | None]


class ReservationChange(Base):
    """One line of the append-only history: what a reservation became, when, by whom (None: time) and through what."""

    __tablename__ = "reservation_changes"
    __table_args__ = (
        CheckConstraint(STATUS_IS_KNOWN, name="status_is_known"),
        CheckConstraint(CHANGED_THROUGH_IS_KNOWN, name="changed_through_is_known"),
        Index(None, "show_id", "id"),
        Index(None, "reservation_id"),
    )

    id: Mapped[Id]
    reservation_id: Mapped[int] = mapped_column(ForeignKey("reservations.id"))
    show_id: Mapped[int] = mapped_column(Integer)
    status: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(Integer)
    changed_through: Mapped[str]
    changed_xid: Mapped[str] = mapped_column(Xid8)
    reason: Mapped[str | None]
