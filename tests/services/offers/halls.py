"""Halls as a test draws them: a row is its name and its seats, from left to right.

`.` is a free seat, `x` one that somebody has, `w` a place for a wheelchair, `c` the seat of its companion, `_` a gap.
Seats are labelled by where they stand, gaps counted: the third character of row A is A3. So are they numbered, if
nothing else is said.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.scenes import Scene
from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.offers import Offer
from webapp.services.shows import Show

Point = tuple[float, float]

ACCESSIBILITY = {"w": "wheelchair", "c": "companion"}


def hall(
    scene: Scene,
    rows: Mapping[str, str],
    *,
    sections: Mapping[str, str] | None = None,
    prices: Mapping[str, int] | None = None,
    stepped: Sequence[str] = (),
    numbered: Mapping[str, str] | None = None,
    at: Callable[[int, int], Point] = lambda place, down: (place, down),
    taken_by: Asker | None = None,
    **details: Any,
) -> Show:
    """A show in a hall drawn so, the first row nearest to the stage.

    `sections` and `prices` are of rows by their names (else no section, and 45.00 EUR each); a price class is named
    by its price. Rows in `stepped` are reached by steps. `numbered` are the numbers of the seats of a row, from left to
    right; `at` tells where a seat stands, by its place from 1 on and by how many rows are before it.
    """
    show = scene.show(seats="", **details)
    prices, sections, numbered = prices or {}, sections or {}, numbered or {}
    with scene.history() as connection:
        for price in sorted({prices.get(row, 4500) for row in rows}):
            connection.execute(
                "INSERT INTO categories (show_id, name, price) VALUES (%s, %s, %s)",
                (show.id, f"Class {price // 100}", price),
            )
        for down, (row, drawn) in enumerate(rows.items()):
            own_numbers = numbered[row].split() if row in numbered else [str(place + 1) for place in range(len(drawn))]
            for place, (sort, number) in enumerate(zip(drawn, own_numbers, strict=True), start=1):
                if sort == "_":
                    continue
                x, y = at(place, down)
                connection.execute(
                    """
                    INSERT INTO seats (show_id, seat_number, section, row, number, neighbour_order, x, y, category_id,
                                       accessibility, step_free)
                    SELECT %(show)s, %(label)s, %(section)s, %(row)s, %(number)s, %(place)s, %(x)s, %(y)s, id,
                           %(accessibility)s, %(step_free)s
                    FROM categories
                    WHERE show_id = %(show)s AND price = %(price)s
                    """,
                    {
                        "show": show.id,
                        "label": f"{row}{place}",
                        "section": sections.get(row),
                        "row": row,
                        "number": number,
                        "place": place,
                        "x": x,
                        "y": y,
                        "accessibility": ACCESSIBILITY.get(sort),
                        "step_free": row not in stepped,
                        "price": prices.get(row, 4500),
                    },
                )
        connection.execute("UPDATE shows SET plan_version = plan_version + 1 WHERE id = %s", (show.id,))
    taken = [f"{row}{at}" for row, drawn in rows.items() for at, sort in enumerate(drawn, start=1) if sort == "x"]
    take(scene, show, *taken, buyer=taken_by)
    return shows.one(show.id)


def take(scene: Scene, show: Show, *numbers: str, buyer: Asker | None = None) -> None:
    """Let somebody have bought these seats."""
    stranger = buyer or scene.user("Somebody else")
    with scene.history() as connection:
        connection.execute(
            """
            INSERT INTO reservations
                (user_id, seat_id, show_id, status, price, hold_expiry, confirmed_at, changed_by, changed_through)
            SELECT %s, id, show_id, 'CONFIRMED', 0, now() + interval '10 minutes', now(), %s, 'api'
            FROM seats
            WHERE show_id = %s AND seat_number = ANY(%s)
            """,
            (stranger.id, stranger.id, show.id, list(numbers)),
        )


def placed(scene: Scene, show: Show, number: str, neighbour_order: int | None, price: int | None = None) -> Show:
    """The show, one seat of which has this place among its neighbours, and the category with this price."""
    with scene.history() as connection:
        connection.execute(
            """
            UPDATE seats
            SET neighbour_order = %(order)s,
                category_id = coalesce((SELECT id FROM categories WHERE show_id = %(show)s AND price = %(price)s),
                                       category_id)
            WHERE show_id = %(show)s AND seat_number = %(number)s
            """,
            {"show": show.id, "number": number, "order": neighbour_order, "price": price},
        )
        connection.execute("UPDATE shows SET plan_version = plan_version + 1 WHERE id = %s", (show.id,))
    return show


def minding(scene: Scene, show: Show, rule: str = "enforce") -> Show:
    """The show, which from now on minds lonely seats so."""
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET lonely_seats = %s WHERE id = %s", (rule, show.id))
    return show


def numbers(offers: Sequence[Offer]) -> list[list[str]]:
    """The seat numbers of each offer."""
    return [[seat.seat_number for seat in offer.seats] for offer in offers]


def said(offers: Sequence[Offer]) -> list[str]:
    """The words of each offer."""
    return [offer.words for offer in offers]


def id_of(scene: Scene, show: Show, number: str) -> int:
    """The id of the seat with this number."""
    [row] = scene.rows("SELECT id FROM seats WHERE show_id = %s AND seat_number = %s", show.id, number)
    return int(row["id"])
