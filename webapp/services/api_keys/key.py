"""What an API key is: drawn by lot, known again by its hash, good for some things until some time."""

import re
import secrets
import string
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal, Self, get_args

Scope = Literal["reading", "holding", "administering"]
SCOPES: Sequence[Scope] = get_args(Scope)

# Known by it to who finds one in a file, and to programs that search for secrets; all is one word to a double click.
WORD = "holdfast_"
SIGNS = string.ascii_letters + string.digits
LENGTH = 43  # signs after the word: 256 bits
KEY = re.compile(rf"{WORD}[A-Za-z0-9]{{{LENGTH}}}")
# How many of those signs are kept and shown, so that one's keys can be told apart; 220 bits stay unknown.
SHOWN = 6


@dataclass(frozen=True)
class ApiKey:
    """A key that was not revoked, as its user sees it: never the key itself."""

    id: int
    name: str
    beginning: str
    scopes: Sequence[Scope]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    state: Literal["good", "expired"]

    @classmethod
    def of(cls, row: Iterable[Any]) -> Self:
        """The key that a row of `COLUMNS` tells of."""
        return cls(*row)


COLUMNS = """
    api_keys.id, api_keys.name, api_keys.beginning, api_keys.scopes, api_keys.created_at, api_keys.expires_at,
    api_keys.last_used_at,
    CASE WHEN api_keys.expires_at <= statement_timestamp() THEN 'expired' ELSE 'good' END AS state
"""


def new_key() -> str:
    """A key that nobody guesses, so that its bare hash tells nothing of it."""
    return WORD + "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def hash_of(key: str) -> bytes:
    """What is kept of a key."""
    return sha256(key.encode()).digest()


def beginning_of(key: str) -> str:
    """What is shown of a key."""
    return key[: len(WORD) + SHOWN]


def in_order(scopes: Collection[Scope]) -> list[Scope]:
    """The scopes, each once, in the order in which they are always told."""
    return [scope for scope in SCOPES if scope in scopes]
