"""A venue's seating plans, kept in versions, and the plans that are being made."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt, SmallId


class Plan(Base):
    """One way in which a venue is seated."""

    __tablename__ = "plans"
    __table_args__ = (UniqueConstraint("venue_id", "name"),)

    id: Mapped[SmallId]
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id"))
    name: Mapped[str]
    created_at: Mapped[CreatedAt]


class PlanVersion(Base):
    """A plan as it was saved once; it never changes.

    `document` is the plan as `webapp/services/plans` writes it; `source` the file it was read from, so that it can be
    written back without loss, and `sketch` what it was built from, where it was.
    """

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[SmallId]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    number: Mapped[int] = mapped_column(Integer)
    seats: Mapped[int] = mapped_column(Integer)
    document: Mapped[str]
    source: Mapped[bytes | None]
    source_name: Mapped[str | None]
    sketch: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[CreatedAt]


class PlanDraft(Base):
    """A plan that nobody has saved yet, as it is in the `state` of this number; it may be for a venue, plan or show."""

    __tablename__ = "plan_drafts"
    __table_args__ = (Index(None, "owner_id", "id"),)

    id: Mapped[SmallId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    show_id: Mapped[int | None] = mapped_column(ForeignKey("shows.id", ondelete="SET NULL"), index=True)
    name: Mapped[str]
    state: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PlanDraftState(Base):
    """A draft as something that was done (`did`) left it: a file as it was read, or a sketch.

    A file that is still to be read is its `source` alone, and one that cannot be says why in its `refusal`.
    """

    __tablename__ = "plan_draft_states"
    __table_args__ = (
        CheckConstraint(
            "num_nonnulls(document, sketch) = 1 OR num_nonnulls(document, sketch) = 0 AND source IS NOT NULL",
            name="read_drawn_or_to_be_read",
        ),
    )

    draft_id: Mapped[int] = mapped_column(ForeignKey("plan_drafts.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    did: Mapped[str]
    document: Mapped[str | None]
    source: Mapped[bytes | None]
    source_name: Mapped[str | None]
    sketch: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    refusal: Mapped[str | None]
