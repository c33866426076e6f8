"""A place where shows are given."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt, SmallId


class Venue(Base):
    """A venue as its owner, an organizer, keeps it: its plans serve all their shows there."""

    __tablename__ = "venues"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    id: Mapped[SmallId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    timezone: Mapped[str]
    created_at: Mapped[CreatedAt]
