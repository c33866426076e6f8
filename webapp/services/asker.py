"""Who asks a service for something, and through what."""

from dataclasses import dataclass
from typing import Literal

Through = Literal["page", "api", "command"]


@dataclass(frozen=True)
class Asker:
    """A user, and the way the request came in, as the history records both.

    A guest (`is_guest`) has no account as yet, so neither e-mail nor phone number, and acts in one browser only.
    """

    id: int
    name: str
    email: str | None
    phone_number: str | None
    through: Through
    is_guest: bool = False
