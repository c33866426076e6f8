"""A picture that a show is announced with."""

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt, SmallId


class Picture(Base):
    """A picture, as it is sent; it never changes. `width` and `height` in pixels."""

    __tablename__ = "pictures"

    id: Mapped[SmallId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    media_type: Mapped[str]
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    data: Mapped[bytes]
    created_at: Mapped[CreatedAt]
