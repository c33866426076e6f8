"""Access tokens: JWTs signed with HS256 and nothing else, good for one site's API."""

from datetime import UTC, datetime, timedelta

import jwt

from webapp.services.refusals import NotSignedIn

ALGORITHM = "HS256"
ISSUER = "holdfast"
AUDIENCE = "holdfast-v1"


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
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            options={"require": ["iss", "aud", "sub", "iat", "exp"]},
        )
        user_id, token_version = int(claims["sub"]), claims["ver"]
    except jwt.ExpiredSignatureError:
        raise NotSignedIn("This access token has expired. Get a new one with POST /v1/login.") from None
    except (jwt.InvalidTokenError, KeyError, ValueError):
        raise NotSignedIn("This is not an access token of ours. Get one with POST /v1/login.") from None
    if not isinstance(token_version, int):
        raise NotSignedIn("This is not an access token of ours. Get one with POST /v1/login.")
    return user_id, token_version
