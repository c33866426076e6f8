"""A sold-out house whose holds lapse at moments of chance, one by one or in whole baskets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from bench.fairness.clock import Clock
from tests.scenes import Scene
from webapp.services import seating
from webapp.services.shows import Show


@dataclass(frozen=True)
class House:
    """A show with its seats, and those that come back: by the second at which they do. `taken_until` is the second at
    which each seat is free at the latest."""

    show: Show
    clock: Clock
    seats: Sequence[int]
    coming_back: Mapping[float, Sequence[int]]
    taken_until: dict[int, float]


def sold_out(
    scene: Scene, clock: Clock, chance: Random, *, seats: int, basket: int, seconds: float, seat_limit: int
) -> House:
    """A show in which holds of so many seats lapse within as many seconds, in baskets; two others are still free."""
    show = scene.show(seats=f"A1-A{seats + 2}", seat_limit=seat_limit)
    ids = [seat.id for seat in seating.seats_of(show.id)]
    chance.shuffle(ids)
    moments = [round(chance.uniform(0, seconds), 3) for _ in range(0, seats, basket)]
    coming_back = {moment: ids[place * basket :][:basket] for place, moment in enumerate(moments)}
    former = scene.user("Somebody who leaves")
    with scene.history() as connection:
        for moment, some in coming_back.items():
            connection.execute(
                """
                INSERT INTO reservations
                    (user_id, seat_id, show_id, price, created_at, hold_expiry, changed_by, changed_through)
                SELECT %(user_id)s, unnest(%(seats)s::bigint[]), %(show_id)s, 0,
                       %(moment)s - interval '10 minutes', %(moment)s, %(user_id)s, 'page'
                """,
                {"user_id": former.id, "seats": list(some), "show_id": show.id, "moment": clock.at(moment)},
            )
    taken_until = dict.fromkeys(ids, 0.0) | {seat: moment for moment, some in coming_back.items() for seat in some}
    return House(show, clock, ids, coming_back, taken_until)
