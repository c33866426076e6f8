"""Who asks a service for something, and through what."""

from dataclasses import dataclass
from typing import Literal

Through = Literal["page", "api", "command"]


@dataclass(frozen=True)
class Asker:
    """A signed-in user, and the way the request came in, as the history records both."""

    id: int
    name: str
    email: str
    phone_number: str
    through: Through
