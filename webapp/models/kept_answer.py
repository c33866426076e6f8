"""An answer that is kept for whoever sends the same request again."""

from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt


class KeptAnswer(Base):
    """What a caller was answered to the request with this key; `body` is None where it is told only once."""

    __tablename__ = "kept_answers"
    __table_args__ = (Index(None, "created_at"),)

    caller: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    status: Mapped[int]
    headers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    body: Mapped[bytes | None]
    created_at: Mapped[CreatedAt]
