"""The history of one reservation, read from the append-only ledger that is written with every change of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.reservations.reading import not_found

# What happened, and who did it: its buyer (then perhaps still a guest), the people of its show, or time.
What = Literal[
    "held", "extended", "taken over", "confirmed", "released", "expired", "cancelled", "moved away", "moved here"
]
Who = Literal["buyer", "staff", "clock"]


@dataclass(frozen=True)
class Elsewhere:
    """Another reservation of the same buyer, which this one was moved to or from."""

    reservation_id: int
    seat_number: str
    section: str | None
    row: str | None
    number: str | None


@dataclass(frozen=True)
class Line:
    """What a reservation became, when, by whom and through what (page, api, command, clock).

    `name` is that of whoever did it, None for time and for an account that is gone. `elsewhere` is where its buyer was
    moved to or from with it.
    """

    what: What
    status: str
    changed_at: datetime
    who: Who
    user_id: int | None
    name: str | None
    through: str
    reason: str | None
    elsewhere: Elsewhere | None = None


def history(asker: Asker, reservation_id: int) -> Sequence[Line]:
    """The history of the asker's own reservation, oldest line first, in which nobody else has a name.

    Raises `NotFound`, also for somebody else's.
    """
    with autocommitted() as connection:
        own = connection.execute(
            text("SELECT EXISTS (SELECT FROM reservations WHERE id = :id AND user_id = :user_id)"),
            {"id": reservation_id, "user_id": asker.id},
        ).scalar_one()
        if not own:
            raise not_found(reservation_id)
        lines = lines_of(connection, reservation_id)
    return [line if line.who == "buyer" else replace(line, user_id=None, name=None) for line in lines]


def lines_of(connection: Connection, reservation_id: int) -> Sequence[Line]:
    """The lines of the ledger about the reservation, oldest first; who asks is settled."""
    rows = connection.execute(
        text("""
            SELECT changes.status, changes.changed_at, changes.changed_by, changes.changed_through, changes.reason,
                   users.name, users.deleted_at IS NOT NULL AS is_gone,
                   changes.changed_by = reservations.user_id OR coalesce(users.is_guest, false) AS is_buyer
            FROM reservation_changes AS changes
            JOIN reservations ON reservations.id = changes.reservation_id
            LEFT JOIN users ON users.id = changes.changed_by
            WHERE changes.reservation_id = :id
            ORDER BY changes.id
        """),
        {"id": reservation_id},
    ).all()
    moved_from, moved_to = _moves(connection, reservation_id)
    lines: list[Line] = []
    for index, row in enumerate(rows):
        former = rows[index - 1] if index else None
        what = _what(row, former, is_moved_here=moved_from is not None, is_moved_away=moved_to is not None)
        lines.append(
            Line(
                what=what,
                status=row.status,
                changed_at=row.changed_at,
                who="clock" if row.changed_by is None else "buyer" if row.is_buyer else "staff",
                user_id=row.changed_by,
                name=None if row.is_gone else row.name,
                through=row.changed_through,
                reason=row.reason,
                elsewhere=moved_from if what == "moved here" else moved_to if what == "moved away" else None,
            )
        )
    return lines


def _moves(connection: Connection, reservation_id: int) -> tuple[Elsewhere | None, Elsewhere | None]:
    """The reservations that its buyer was moved from to this one, and to from it."""
    rows = connection.execute(
        text("""
            SELECT others.id, others.moved_from IS NOT DISTINCT FROM this.id AS is_later,
                   seats.seat_number, seats.section, seats.row, seats.number
            FROM reservations AS this
            JOIN LATERAL (
                SELECT id, moved_from, seat_id FROM reservations WHERE reservations.id = this.moved_from
                UNION ALL
                SELECT id, moved_from, seat_id FROM reservations WHERE reservations.moved_from = this.id
            ) AS others ON true
            JOIN all_seats AS seats ON seats.id = others.seat_id
            WHERE this.id = :id
        """),
        {"id": reservation_id},
    ).all()
    found = {row.is_later: Elsewhere(row.id, row.seat_number, row.section, row.row, row.number) for row in rows}
    return found.get(False), found.get(True)


def _what(row: Row[Any], former: Row[Any] | None, *, is_moved_here: bool, is_moved_away: bool) -> What:
    match row.status:
        case "HELD" if former is None:
            return "moved here" if is_moved_here else "held"
        case "HELD":
            return "extended" if former and former.changed_by == row.changed_by else "taken over"
        case "CONFIRMED":
            return "confirmed"
        case "EXPIRED":
            return "expired"
    if former is not None and former.status == "CONFIRMED":
        return "moved away" if is_moved_away else "cancelled"
    return "released"
