"""Who asks a service for something, and through what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Through = Literal["page", "api", "command"]


@dataclass(frozen=True)
class Bearer:
    """Somebody with an access token of ours, of which nobody has asked yet whether it was ended since.

    Only verbs that ask so in their own statement take one, which spares the statement before it.
    """

    id: int
    token_version: int
    through: Through = "api"


@dataclass(frozen=True)
class Asker:
    """A user, and the way the request came in, as the history records both.

    A guest (`is_guest`) has no account as yet, so neither e-mail nor phone number, and acts in one browser only.
    `is_admin` is for what is shown; what an admin may is asked of the database when it is done. A program may ask with
    an API key of the user's (`api_key_id`), and then does what its `scopes` allow, else with all that the user may.
    """

    id: int
    name: str
    email: str | None
    phone_number: str | None
    through: Through
    is_guest: bool = False
    is_admin: bool = field(default=False, compare=False)
    api_key_id: int | None = field(default=None, compare=False)
    scopes: Sequence[str] = field(default=(), compare=False)
