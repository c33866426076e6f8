"""A price class of a show."""

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, SmallId


class Category(Base):
    """A price class; `price` in minor units of the show's currency."""

    __tablename__ = "categories"
    __table_args__ = (
        UniqueConstraint("show_id", "name"),
        # What a seat's foreign key refers to, so that a seat cannot take another show's category.
        UniqueConstraint("id", "show_id"),
        CheckConstraint("price >= 0", name="price_not_negative"),
    )

    id: Mapped[SmallId]
    show_id: Mapped[int] = mapped_column(ForeignKey("shows.id"))
    name: Mapped[str]
    price: Mapped[int] = mapped_column(Integer)
