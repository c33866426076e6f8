"""What somebody types to find reservations: a name, an e-mail address, a seat, or a reservation's number."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, text

from webapp.services.seat_labels import LabelUnusable, normalize_label, split_label

MOST_WORDS = 8
# Beyond every id.
AFTER_ALL = 2**63 - 1
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


@dataclass(frozen=True)
class Found:
    """What a search means in a show: a reservation, seats, and buyers, by their ids."""

    reservation_id: int | None
    seat_ids: list[int]
    buyer_ids: list[int]


def look_up(connection: Connection, show_id: int, typed: str | None) -> Found | None:
    """What was typed means this; None where nothing was."""
    search = Search.of(typed)
    if search.words is None:
        return None
    return Found(search.reservation_id, _seats(connection, show_id, search), _buyers(connection, show_id, search))


def _seats(connection: Connection, show_id: int, search: Search) -> list[int]:
    if search.seat_number is None:
        return []
    found = connection.execute(
        text("""
            SELECT seats.id
            FROM all_seats AS seats
            WHERE seats.show_id = :show_id
              AND (seats.seat_number = :seat_number
                   OR upper(seats.row) = CAST(:row AS text) AND upper(seats.number) = CAST(:number AS text))
        """),
        {"show_id": show_id, "seat_number": search.seat_number, "row": search.row, "number": search.number},
    ).scalars()
    return list(found)


def _buyers(connection: Connection, show_id: int, search: Search) -> list[int]:
    """Those of the show's buyers whose name and address have all the words.

    Who buys there is read from the index of the show's reservations alone, in whose order they are asked for so that no
    other way seems shorter; the buyers are looked up in one walk along the index of all users, however many others
    there are.
    """
    found = connection.execute(
        text("""
            SELECT users.id
            FROM users
            WHERE users.id = ANY(ARRAY(
                      SELECT DISTINCT reservations.user_id
                      FROM reservations
                      WHERE (reservations.show_id, reservations.id) > (CAST(:show_id AS integer), 0)
                        AND (reservations.show_id, reservations.id) < (CAST(:show_id AS integer), :after_all)
                        AND reservations.user_id IS NOT NULL
                  ))
              AND lower(concat_ws(' ', users.name, users.email)) LIKE ALL (
                      ARRAY(SELECT lower(word) FROM unnest(CAST(:words AS text[])) AS word)
                  )
        """),
        {"show_id": show_id, "words": search.words, "after_all": AFTER_ALL},
    ).scalars()
    return list(found)
