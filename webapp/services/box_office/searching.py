"""What somebody types to find reservations: a name, an e-mail address, a seat, or a reservation's number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.services.seat_labels import LabelUnusable, normalize_label, split_label

MOST_WORDS = 8
_NUMBER = re.compile(r"#?([0-9]{1,18})")
_MEANT_BY_LIKE = re.compile(r"([\\%_])")


@dataclass(frozen=True)
class Search:
    """The text, as each kind of thing that it may be: None where it cannot be one.

    `words` are patterns of SQL's LIKE, of which a buyer's name and e-mail address must match each.
    """

    words: list[str] | None
    reservation_id: int | None
    seat_number: str | None
    row: str | None
    number: str | None

    @classmethod
    def of(cls, typed: str | None) -> "Search":
        """What was typed, read in all ways."""
        if not typed or not typed.strip():
            return cls(None, None, None, None, None)
        numbered = _NUMBER.fullmatch(typed.strip())
        try:
            label = normalize_label(typed)
        except LabelUnusable:
            label = None
        row, number = split_label(label) if label else (None, None)
        words = ["%" + _MEANT_BY_LIKE.sub(r"\\\1", word) + "%" for word in typed.split()[:MOST_WORDS]]
        return cls(words, int(numbered[1]) if numbered else None, label, row, number)

    @property
    def values(self) -> Mapping[str, Any]:
        """The values of `FOUND`."""
        return {
            "words": self.words,
            "found_id": self.reservation_id,
            "found_seat": self.seat_number,
            "found_row": self.row,
            "found_number": self.number,
        }


# The buyers of a show are looked up in one walk along the index of all users, however many others there are.
FOUND = """
    (
        CAST(:words AS text[]) IS NULL
        OR reservations.id = CAST(:found_id AS bigint)
        OR reservations.seat_id IN (
            SELECT seats.id
            FROM all_seats AS seats
            WHERE seats.show_id = :show_id
              AND (seats.seat_number = :found_seat
                   OR upper(seats.row) = CAST(:found_row AS text) AND upper(seats.number) = CAST(:found_number AS text))
        )
        OR reservations.user_id IN (
            SELECT users.id
            FROM users
            WHERE users.id = ANY(ARRAY(
                      SELECT DISTINCT of_show.user_id
                      FROM reservations AS of_show
                      WHERE of_show.show_id = :show_id
                        AND of_show.user_id IS NOT NULL
                  ))
              AND lower(concat_ws(' ', users.name, users.email)) LIKE ALL (
                      ARRAY(SELECT lower(word) FROM unnest(CAST(:words AS text[])) AS word)
                  )
        )
    )
"""
