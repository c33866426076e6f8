"""A key with which a program asks for its user."""

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt, Id


class ApiKey(Base):
    """What a program asks with in its user's name; only a hash of the key is kept, and how it begins (`beginning`), so
    that people can tell their keys apart.

    One without `expires_at` is good until it is revoked. `last_used_at` is right to a minute.
    """

    __tablename__ = "api_keys"
    __table_args__ = (
        CheckConstraint("octet_length(key_hash) = 32", name="hash_is_one"),
        CheckConstraint(
            "cardinality(scopes) > 0 AND scopes <@ ARRAY['reading','holding','administering']", name="scopes_are_known"
        ),
    )

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str]
    beginning: Mapped[str]
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
