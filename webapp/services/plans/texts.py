"""Texts out of a plan file: kept as the organizer wrote them, or refused with the place they stand in."""

from typing import Any

from webapp.services.plans.plan import PlanUnusable
from webapp.services.seat_labels import LabelUnusable, refuse_unreadable

LONGEST_NAME = 200
LONGEST_SECTION = 120
LONGEST_ROW = 64
LONGEST_NUMBER = 64
LONGEST_CATEGORY = 120
LONGEST_ID = 200

_TO_SPACES = str.maketrans("\t\n\v\f\r", "     ")


def is_plain(text: str, longest: int) -> bool:
    """Whether a text is kept as it is, which is quickly said of most."""
    return text.isascii() and text.isprintable() and 0 < len(text) <= longest and text[0] != " " != text[-1]


def clean_text(text: str, longest: int, where: str, **facts: Any) -> str | None:
    """Return the text with its ends trimmed and tabs and line ends made spaces; None when nothing is left.

    `where` begins a sentence ("Line 7: the zone"); PlanUnusable is raised for invisible characters and for texts
    longer than `longest` characters.
    """
    if is_plain(text, longest):
        return text
    try:
        refuse_unreadable(text)
    except LabelUnusable as refusal:
        raise PlanUnusable(f"{where} cannot be read. {refusal.sentence}", **facts) from None
    text = text.translate(_TO_SPACES).strip()
    if len(text) > longest:
        raise PlanUnusable(f"{where} is too long: it may have {longest} characters.", **facts)
    return text or None


def quoted(text: str | None) -> str:
    """Show a text inside a sentence, shortened where it is long."""
    if text is None:
        return "without a name"
    return f'"{text}"' if len(text) <= 40 else f'"{text[:39]}…"'


def spelled(text: str) -> str:
    """Show any text of a file inside a sentence, even one that is refused: what cannot be seen of it is spelled out."""
    return quoted(text if text.isprintable() else ascii(text[:60])[1:-1])
