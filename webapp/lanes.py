"""What kind of thing a request does: by it the limits are kept apart, and API keys may do some and not others."""

from collections.abc import Mapping
from enum import StrEnum


class Lane(StrEnum):
    """Reading changes nothing, holding is what buyers do with seats, and all other changes are administering."""

    READING = "reading"
    HOLDING = "holding"
    SIGNING_IN = "signing-in"
    ADMINISTERING = "administering"


SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# By blueprint, or by endpoint where the others of its blueprint do something else.
CHANGING: Mapping[str, Lane] = {
    "shows.hold": Lane.HOLDING,
    "offers": Lane.HOLDING,
    "baskets": Lane.HOLDING,
    "basket_links": Lane.HOLDING,
    "reservations": Lane.HOLDING,
    "users": Lane.SIGNING_IN,
    "accounts": Lane.SIGNING_IN,
    "api_keys.make": Lane.SIGNING_IN,
    "account_keys.make": Lane.SIGNING_IN,
}


def lane_of(endpoint: str, method: str) -> Lane:
    """The lane of requests with this method to this endpoint, under `/v1` or not."""
    if method in SAFE_METHODS:
        return Lane.READING
    endpoint = endpoint.removeprefix("v1.")
    return CHANGING.get(endpoint) or CHANGING.get(endpoint.partition(".")[0]) or Lane.ADMINISTERING
