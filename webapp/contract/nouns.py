"""What the calls of v1 are about: the last of these words in a path tells."""

from collections.abc import Mapping

NOUNS: Mapping[str, str] = {
    "login": "Users",
    "users": "Users",
    "keys": "API keys",
    "shows": "Shows",
    "seats": "Seats",
    "availability": "Seats",
    "holds": "Holds",
    "best-available": "Holds",
    "hold": "Holds",
    "basket": "Basket",
    "reservations": "Reservations",
    "dashboard": "Figures",
    "house-seats": "House seats",
    "managers": "People",
    "invitations": "People",
    "acts": "People",
    "venues": "Plans",
    "plans": "Plans",
    "plan": "Plans",
    "status": "Status",
    "openapi.json": "This document",
}
DESCRIPTIONS: Mapping[str, str] = {
    "Users": "Accounts, and the access token that everything else is asked with.",
    "API keys": "Keys with which programs ask in one's name, for what their scopes allow.",
    "Shows": "Shows: listed, made, changed, published, copied and cancelled.",
    "Seats": "The seats of a show, and how each stands.",
    "Holds": "A seat that is held is its buyer's for some minutes.",
    "Basket": "All that one holds in a show, together with what one has bought of it.",
    "Reservations": "One's own reservations; and, below a show, those of its buyers, for those who run it.",
    "Figures": "How a show sells.",
    "House seats": "Seats that the house keeps.",
    "People": "Who runs a show, and what they did.",
    "Plans": "Venues, their plans in all versions, and the plan that a show has its seats from.",
    "Status": "Whether what is promised holds right now.",
    "This document": "The contract itself.",
}


def noun_of(path: str) -> str:
    """What a call at this path is about."""
    return [NOUNS[word] for word in path.split("/") if word in NOUNS][-1]
