"""A buyer or an organizer: the same account; or a guest, who holds seats without one."""

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, CreatedAt, SmallId


class User(Base):
    """An account, or a guest; a deleted one keeps its id, since sales refer to it, and nothing of the person.

    `email` and `phone_number` are stored normalized; `password` is an Argon2id hash, or None for who signs in nowhere
    else; `token_version` rises when all sessions and tokens handed out so far must end. An admin may do with every
    show what its organizer may. Of a guest nothing is known but
    two keyed hashes, which go when the guest becomes an account: `guest_address` of the network address, so that nobody
    hoards seats, and `guest_browser` of the browser's session, so that two first clicks at once make one guest.
    `known_networks` are keyed hashes of those from which somebody with the password has signed in, the latest first.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "deleted_at IS NOT NULL OR is_guest OR (email IS NOT NULL AND phone_number IS NOT NULL)",
            name="complete_unless_deleted",
        ),
        CheckConstraint(
            "CASE WHEN is_guest AND deleted_at IS NULL "
            "THEN guest_address IS NOT NULL AND num_nonnulls(email, phone_number, password) = 0 "
            "ELSE num_nonnulls(guest_address, guest_browser) = 0 END",
            name="guests_have_an_address_and_nothing_else",
        ),
        CheckConstraint("NOT is_admin OR NOT is_guest AND deleted_at IS NULL", name="admins_are_accounts"),
        Index("ix_users_guest_address", "guest_address", postgresql_where=text("guest_address IS NOT NULL")),
        Index("ix_users_guests", "created_at", postgresql_where=text("is_guest AND deleted_at IS NULL")),
    )

    id: Mapped[SmallId]
    name: Mapped[str]
    phone_number: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    password: Mapped[str | None]
    token_version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    created_at: Mapped[CreatedAt]
    deleted_at: Mapped[datetime | None]
    is_admin: Mapped[bool] = mapped_column(server_default=text("false"))
    is_guest: Mapped[bool] = mapped_column(server_default=text("false"))
    guest_address: Mapped[str | None]
    guest_browser: Mapped[str | None] = mapped_column(unique=True)
    known_networks: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
