"""Links that carry a guest's basket to another device: signed, and worth nothing once the basket's time is over."""

from dataclasses import dataclass
from datetime import UTC, datetime

from itsdangerous import BadSignature, URLSafeSerializer

from webapp.services.refusals import NotFound

PURPOSE = "a guest's basket"


@dataclass(frozen=True)
class BasketLink:
    """Whose basket in which show; good as long as that guest has this token version, and until `ends_at`.

    That is when the time of the basket was over as the link was made, so that a link says nothing of later baskets.
    """

    guest_id: int
    token_version: int
    show_id: int
    ends_at: datetime


def token_of(link: BasketLink, *, key: str) -> str:
    """The text that stands for the link in an address; the same each time."""
    return URLSafeSerializer(key, salt=PURPOSE).dumps(
        [link.guest_id, link.token_version, link.show_id, link.ends_at.timestamp()]
    )


def read_token(token: str, *, key: str) -> BasketLink:
    """The link that a token stands for; raises `NotFound` for one that we did not sign."""
    try:
        guest_id, token_version, show_id, ends_at = URLSafeSerializer(key, salt=PURPOSE).loads(token)
    except (BadSignature, TypeError, ValueError):
        raise NotFound("This link to a basket is not complete, or not one of ours. Copy it again as a whole.") from None
    return BasketLink(guest_id, token_version, show_id, datetime.fromtimestamp(ends_at, UTC))
