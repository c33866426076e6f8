"""Access tokens: JWTs signed with HS256 and nothing else, good for one site's API."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from time import time

import jwt

from webapp.services.refusals import NotSignedIn

ALGORITHM = "HS256"
ISSUER = "holdfast"
AUDIENCE = "holdfast-v1"
MOST_REMEMBERED = 10_000


def issue(user_id: int, token_version: int, *, key: str, life: timedelta) -> str:
    """A token that says who asks until `life` is over, or until the user's `token_version` rises."""
    now = datetime.now(UTC)
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(user_id),
        "ver": token_version,
        "iat": now,
        "exp": now + life,
    }
    return jwt.encode(claims, key, ALGORITHM)


def ended() -> NotSignedIn:
    """The refusal for a token that was good once, until its user ended all of them."""
    return NotSignedIn("This access token is no longer good. Get a new one with POST /v1/login.")


def read(token: str, *, key: str) -> tuple[int, int]:
    """The user id and token version that a good token names; raises `NotSignedIn` for any other."""
    user_id, token_version, expires_at = _verified(token, key)
    if expires_at <= time():
        raise _expired()
    return user_id, token_version


@lru_cache(MOST_REMEMBERED)
def _verified(token: str, key: str) -> tuple[int, int, float]:
    """What a token says that we signed, and until when: the only thing about it that changes with time.

    Whoever holds a seat asks more than once with their token, and to verify it costs as much as to answer.
    """
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            # It may have been issued by another machine, whose clock is ahead, or before the clock was set back.
            options={"require": ["iss", "aud", "sub", "iat", "exp"], "verify_iat": False},
        )
        user_id, token_version, expires_at = int(claims["sub"]), claims["ver"], float(claims["exp"])
    except jwt.ExpiredSignatureError:
        raise _expired() from None
    except (jwt.InvalidTokenError, KeyError, ValueError):
        raise NotSignedIn("This is not an access token of ours. Get one with POST /v1/login.") from None
    if not isinstance(token_version, int):
        raise NotSignedIn("This is not an access token of ours. Get one with POST /v1/login.")
    return user_id, token_version, expires_at


def _expired() -> NotSignedIn:
    return NotSignedIn("This access token has expired. Get a new one with POST /v1/login.")
