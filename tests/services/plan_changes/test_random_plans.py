"""Whatever the plans: after the change a show has the seats of the new one, and who had a seat has it still."""

from random import Random

import pytest

from tests.scenes import Scene
from tests.services.plan_changes.plans import STAGE, confirm, give, looked_at, plan_of, seat
from webapp.services import plan_changes
from webapp.services.database.statements import autocommitted
from webapp.services.plan_changes.present import present
from webapp.services.plans.plan import Plan, PlanSeat
from webapp.services.refusals import SeatsStillTaken
from webapp.services.seating.categories import category_of

COLUMNS = ("seat_number", "section", "row", "number", "x", "y", "plan_seat_id", "accessibility", "step_free")


def any_plan(chance: Random) -> Plan:
    """A plan of some seats in any order, with ids that repeat, or are missing, now and then."""
    numbers = chance.sample([f"{row}{number}" for row in "ABC" for number in range(1, 8)], chance.randint(1, 14))
    return plan_of(*(any_seat(chance, number) for number in numbers), areas=chance.choice([[], [STAGE]]))


def any_seat(chance: Random, number: str) -> PlanSeat:
    accessibility = chance.choice([None, None, "wheelchair", "companion"])
    return seat(
        number,
        section=chance.choice(["Stalls", "Balcony", None]),
        category=chance.choice(["Gold", "Silver", "Bronze", None]),
        plan_seat_id=chance.choice([None, *"pqrstuvwxyz"]),
        x=chance.choice([None, 1.0, 2.5]),
        y=chance.choice([None, 0.0]),
        accessibility=accessibility,
        step_free=accessibility is not None or chance.random() < 0.2,
        neighbour_order=None,
    )


@pytest.mark.parametrize("number", range(12))
def test_a_show_has_the_seats_of_the_plan_it_was_given_last(scene: Scene, number: int) -> None:
    chance, olga = Random(number), scene.user("Olga")
    show, buyer = scene.show(olga, seats="", seat_limit=99), scene.user("Bruno")
    bought: dict[int, str] = {}
    for _ in range(4):
        wanted = any_plan(chance)
        found = looked_at(olga, show, wanted)
        if found.in_the_way:
            with pytest.raises(SeatsStillTaken):
                confirm(olga, found)
        else:
            confirm(olga, found)
            with autocommitted() as connection:
                now = present(connection, show.id)
            assert [seen(one, one.category) for one in now.seats] == [
                seen(one, category_of(one)) for one in wanted.seats
            ]
            assert plan_changes.preview(olga, show.id, found.choice.version_id).difference.is_nothing
        assert still_had(scene, bought)
        if chosen := some(scene, chance, show.id):
            bought |= {one.id: one.status for one in scene.hold(buyer, show, *chosen)}


def seen(one: object, category: str) -> list[object]:
    """All that a plan says of a seat."""
    return [*(getattr(one, column) for column in COLUMNS), category]


def some(scene: Scene, chance: Random, show_id: int) -> list[str]:
    """Some free seats of the show."""
    rows = scene.rows(
        """
        SELECT seat_number
        FROM seats
        WHERE show_id = %s AND NOT EXISTS (SELECT FROM reservations WHERE seat_id = seats.id AND status = 'HELD')
        ORDER BY seat_number
        """,
        show_id,
    )
    return [row["seat_number"] for row in rows if chance.random() < 0.15][:3]


def still_had(scene: Scene, bought: dict[int, str]) -> bool:
    """Whether each of the reservations is what it was, on a seat that is in the plan."""
    rows = scene.rows(
        "SELECT held.id, status FROM reservations AS held JOIN seats ON seats.id = seat_id WHERE held.id = ANY(%s)",
        list(bought),
    )
    return {row["id"]: row["status"] for row in rows} == bought


def test_what_is_given_by_way_of_another_plan_is_the_same(scene: Scene) -> None:
    chance, olga = Random(99), scene.user("Olga")
    one, other = any_plan(chance), any_plan(chance)
    straight, around = scene.show(olga, seats=""), scene.show(olga, seats="")
    give(olga, straight, one)
    for plan in (one, other, one):
        give(olga, around, plan)
    with autocommitted() as connection:
        seats = [
            [seen(seat, seat.category) for seat in present(connection, show.id).seats] for show in (straight, around)
        ]
    assert seats[0] == seats[1]
