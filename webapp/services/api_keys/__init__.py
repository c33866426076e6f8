"""API keys: with one, a program asks in its user's name for what the key's scopes allow."""

from webapp.services.api_keys.asking import asker
from webapp.services.api_keys.keeping import MOST_KEYS, listed, make, make_with_password, revoke, revoke_all
from webapp.services.api_keys.key import SCOPES, WORD, ApiKey, Scope
from webapp.services.api_keys.operating import OwnedKey, everybodys, revoke_anybodys

__all__ = [
    "MOST_KEYS",
    "SCOPES",
    "WORD",
    "ApiKey",
    "OwnedKey",
    "Scope",
    "asker",
    "everybodys",
    "listed",
    "make",
    "make_with_password",
    "revoke",
    "revoke_all",
    "revoke_anybodys",
]
