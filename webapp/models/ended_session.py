"""A browser's session that is over, though its cookie may still be about."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base


class EndedSession(Base):
    """The id that a session had in its signed cookie; kept for as long as a copy of that could be good."""

    __tablename__ = "ended_sessions"
    __table_args__ = (Index(None, "ended_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(server_default=text("statement_timestamp()"))
