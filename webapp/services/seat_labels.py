"""Seat numbers as people write them: made one and the same, spread out from ranges, and taken apart again.

Python and PostgreSQL disagree on `upper()` (of ß, for one), so labels are normalized here only, and stored that way.
"""

import re
import unicodedata
from collections.abc import Set
from contextlib import suppress
from typing import ClassVar

from webapp.services.refusals import Refusal

LONGEST_LABEL = 64
MOST_SEATS_AT_ONCE = 10_000

_LONGEST_INPUT = 4 * LONGEST_LABEL
_HARMLESS_CONTROLS = frozenset("\t\n\v\f\r")
# Characters that show nothing although Unicode does not file them under Cf (its "default ignorable" ones, and the
# empty Braille cell): two seats must not differ by something nobody can see.
_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
_UNFIT = {
    "Cc": "a control character",
    "Cf": "an invisible formatting character",
    "Cs": "half of a character",
    "Co": "a private character",
    "Cn": "no character at all",
    "Zl": "a line separator",
    "Zp": "a paragraph separator",
}

_DASHES = re.compile(" ?[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d] ?")
_SEPARATORS = re.compile(r"[,;\r\n]")
_RANGE = re.compile(r"(?P<row>(?:.*[^0-9])?)(?P<first>[0-9]+)-(?P=row)?(?P<last>[0-9]+)")
_ACROSS_ROWS = re.compile(r"([^-]*[^-0-9])[0-9]+-([^-]*[^-0-9])[0-9]+")
_ROWS_AND_SEATS = re.compile(r"([A-Za-z])-([A-Za-z]) ([0-9]{1,9})-([0-9]{1,9})")
_ROW_AND_NUMBER = re.compile(r"((?:.*?[^0-9#])?)([0-9]+(?:#[0-9]+)?)")


class LabelUnusable(Refusal):
    """A seat number, or a list of them, that cannot be read one way only."""

    title: ClassVar[str] = "This seat number cannot be used"


def normalize_label(text: str) -> str:
    """Return the one spelling of a seat number: NFKC, without white space, in capitals; the same when done again.

    Raises LabelUnusable for what is empty, longer than 64 characters, or holds an invisible character.
    """
    if text.isascii() and text.isprintable() and " " not in text and 0 < len(text) <= LONGEST_LABEL:
        return text.upper()
    refuse_unreadable(text)
    label = "".join(text.split())
    if len(label) > _LONGEST_INPUT:  # before NFKC, which takes quadratic time on a long run of combining marks
        raise LabelUnusable(_too_long(label), label=_shown(label))
    label = _settled(label)
    if not label:
        raise LabelUnusable("A seat number cannot be empty.", label="")
    if len(label) > LONGEST_LABEL:
        raise LabelUnusable(_too_long(label), label=_shown(label))
    if unicodedata.category(label[0]).startswith("M"):
        raise LabelUnusable(
            f"A seat number cannot begin with {codepoint(label[0])}, a mark that belongs to the character before it.",
            label=_shown(label),
        )
    return label


def _settled(label: str) -> str:
    # Capitals can need composing again (ΐ), and composing can set white space free (¨): repeat until nothing moves,
    # so that a second normalization finds nothing to do.
    for _ in range(8):
        again = "".join(unicodedata.normalize("NFKC", label).split()).upper()
        if again == label:
            refuse_unreadable(label)
            return label
        label = again
    raise LabelUnusable(
        f'"{_shown(label)}" has no one spelling in capitals. Write it another way.', label=_shown(label)
    )


def refuse_unreadable(text: str) -> None:
    """Raise LabelUnusable for the first character that people cannot see or that turns text around.

    Ordinary white space (space, tab, line end, no-break space …) passes.
    """
    if text.isascii() and text.isprintable():
        return
    for character in text:
        reason = _unfit(character)
        if reason:
            raise LabelUnusable(
                f"The character {codepoint(character)} cannot be used: it is {reason}. Remove it.",
                codepoint=f"U+{ord(character):04X}",
            )


def _unfit(character: str) -> str | None:
    if character in _HARMLESS_CONTROLS:
        return None
    if character in _INVISIBLE:
        return "an invisible character"
    return _UNFIT.get(unicodedata.category(character))


def codepoint(character: str) -> str:
    """Name a character that may not be shown, as `U+200B ZERO WIDTH SPACE`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def labels_as_typed(text: str) -> list[str]:
    """What an organizer typed, piece by piece and normalized, as if it had no range; unreadable pieces are left out."""
    labels = []
    for piece in _SEPARATORS.split(text):
        with suppress(LabelUnusable):
            labels.append(normalize_label(piece))
    return labels


def expand_labels(text: str, known: Set[str] = frozenset()) -> list[str]:
    """Spread out what an organizer typed: normalized labels in the order written, repeated ones kept.

    Labels and ranges are parted by commas, semicolons or new lines. `A1-A20` and `A1-20` are twenty seats of row A;
    `A-F 1-20` is seats 1 to 20 in each of the rows A to F; what only looks like `BOX-1` is a label, and so is what
    looks like a range but is one of the `known` labels.
    Raises LabelUnusable where a piece can be meant two ways, counts down, or there are more than 10,000 seats.
    """
    labels: list[str] = []
    for piece in _SEPARATORS.split(text):
        if not piece.strip():
            continue
        labels += _expand_piece(piece, known, room=MOST_SEATS_AT_ONCE - len(labels))
        if len(labels) > MOST_SEATS_AT_ONCE:
            raise LabelUnusable(_TOO_MANY)
    if not labels:
        raise LabelUnusable("Write at least one seat number, such as A1 or A1-A20.")
    return labels


_TOO_MANY = f"These are more than {MOST_SEATS_AT_ONCE:,} seats. Add at most that many at a time."


def _expand_piece(piece: str, known: Set[str], room: int) -> list[str]:
    refuse_unreadable(piece)
    if known and (itself := normalize_label(piece)) in known:
        return [itself]
    spaced = _DASHES.sub("-", " ".join(piece.split()))
    rows = _ROWS_AND_SEATS.fullmatch(spaced)
    if rows:
        return _rows_of_seats(spaced, rows, room)
    _refuse_labels_in_one_piece(spaced)
    label = normalize_label(spaced)
    across = _ACROSS_ROWS.fullmatch(label)
    if across and across[1] != across[2]:
        raise LabelUnusable(
            f'"{_shown(label)}" goes from row {_shown(across[1])} to row {_shown(across[2])}. '
            "Write one range for each row, as in A1-A20, B1-B20.",
            label=_shown(label),
        )
    span = _RANGE.fullmatch(label)
    return _seats(label, span["row"], span["first"], span["last"], room) if span else [normalize_label(piece)]


def _refuse_labels_in_one_piece(piece: str) -> None:
    # "A1 A2" would silently become the one seat A1A2.
    if sum(word[-1].isdigit() for word in piece.split()) > 1:
        raise LabelUnusable(
            f'"{_shown(piece)}" could be one seat or several. '
            "Part seats with commas, as in A1, A2, or write one seat without spaces.",
            label=_shown(piece),
        )


def _rows_of_seats(piece: str, parts: re.Match[str], room: int) -> list[str]:
    top, bottom, first, last = parts.groups()
    rows = [chr(code) for code in range(ord(top.upper()), ord(bottom.upper()) + 1)]
    if not rows:
        raise LabelUnusable(f'"{piece}" counts its rows down. Write the first row first, as in A-F 1-20.', label=piece)
    labels: list[str] = []
    for row in rows:
        labels += _seats(piece, row, first, last, room - len(labels))
    return labels


def _seats(label: str, row: str, first: str, last: str, room: int) -> list[str]:
    if int(first) > int(last):
        raise LabelUnusable(
            f'"{_shown(label)}" counts down. Write the lower number first: {_shown(f"{row}{last}-{row}{first}")}.',
            label=_shown(label),
        )
    if "0" in (first[0], last[0]) and len(first) != len(last):
        raise LabelUnusable(
            f'"{_shown(label)}" begins and ends with numbers of different lengths. Write both alike, as in A01-A20.',
            label=_shown(label),
        )
    if int(last) - int(first) >= room:
        raise LabelUnusable(_TOO_MANY)
    return [normalize_label(f"{row}{number:0{len(first)}}") for number in range(int(first), int(last) + 1)]


def split_label(label: str) -> tuple[str | None, str | None]:
    """Take a normalized label apart into row and number: A12 is row A, number 12; 12 is number 12 of no row.

    What does not end in ASCII digits (BOX, 12A) is neither: (None, None). A dash before the number belongs to
    neither: STALLS-A-12 is row STALLS-A, number 12. The `#2` of a repeated seat stays with its number.
    """
    parts = _ROW_AND_NUMBER.fullmatch(label)
    if parts is None:
        return None, None
    return parts[1].rstrip("-") or None, parts[2]


def _too_long(label: str) -> str:
    return f'"{_shown(label)}" is too long for a seat number: it may have {LONGEST_LABEL} characters.'


def _shown(label: str) -> str:
    return label if len(label) <= 40 else label[:39] + "…"
