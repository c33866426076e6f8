"""A show gets the seats of another plan after sales began: all of the difference or nothing, and no sale is lost."""

from dataclasses import replace

import pytest

from tests.scenes import Scene
from tests.services.plan_changes.plans import STAGE, confirm, give, keep, looked_at, plan_of, seat
from webapp.services import acts, plan_changes, reservations, seat_maps, seating, shows
from webapp.services.asker import Asker
from webapp.services.plans.plan import PlanSeat
from webapp.services.refusals import (
    ChangedMeanwhile,
    Forbidden,
    Invalid,
    NotFound,
    NotOnSale,
    SeatNumberInUse,
    SeatsStillTaken,
)
from webapp.services.shows import Show


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga Organizer")


@pytest.fixture
def show(scene: Scene, olga: Asker) -> Show:
    return scene.show(olga, seats="")


def numbers(show: Show) -> list[str]:
    """The seat numbers as the map has them, row by row."""
    return [one.seat_number for one in seat_maps.chart_of(show.id, -1).seats.values()]


def prices(show: Show) -> dict[str, int]:
    """The categories of the show with their prices."""
    return {one.name: one.price for one in seat_maps.categories_of(show.id)}


def test_a_show_gets_its_seats_its_stage_and_the_venue_from_a_version(scene: Scene, olga: Asker, show: Show) -> None:
    found = looked_at(olga, show, plan_of("A1", "A2", areas=[STAGE]))
    confirm(olga, found, {"Gold": 4500})
    assert (numbers(show), prices(show)) == (["A1", "A2"], {"Gold": 4500})
    now = shows.one(show.id)
    assert (now.plan_version_id, now.venue_id) == (found.choice.version_id, found.choice.venue_id)
    assert [area.label for area in seat_maps.chart_of(show.id, -1).areas] == ["Stage"]


def test_seats_come_go_and_change_and_keep_who_they_are(scene: Scene, olga: Asker, show: Show) -> None:
    give(olga, show, plan_of("A1", "A2", "A3"))
    ids = {one.seat_number: one.id for one in seating.seats_of(show.id)}
    give(olga, show, plan_of(seat("A2", row="AA", category="Silver"), "A3", "A4"))
    after = {one.seat_number: one for one in seating.seats_of(show.id)}
    assert after.keys() == {"A2", "A3", "A4"}
    assert (after["A2"].id, after["A3"].id) == (ids["A2"], ids["A3"])
    assert (after["A2"].row, after["A2"].category) == ("AA", "Silver")


def test_numbers_are_exchanged(olga: Asker, show: Show) -> None:
    give(olga, show, plan_of(*(seat(f"A{n}", plan_seat_id=f"{n}") for n in (1, 2, 3))))
    give(olga, show, plan_of(*(seat(f"A{n % 3 + 1}", plan_seat_id=f"{n}") for n in (1, 2, 3))))
    assert [one.seat_number for one in seating.seats_of(show.id)] == ["A2", "A3", "A1"]


def test_seats_that_come_stand_where_the_plan_has_them(olga: Asker, show: Show) -> None:
    give(olga, show, plan_of(seat("B1", row="B"), seat("C1", row="C")))
    give(olga, show, plan_of(seat("A1", row="A"), seat("B1", row="B"), seat("BB1", row="BB"), seat("C1", row="C")))
    assert numbers(show) == ["A1", "B1", "BB1", "C1"]
    give(olga, show, plan_of(seat("C1", row="C"), seat("B1", row="B")))
    assert numbers(show) == ["C1", "B1"]


def test_a_show_keeps_its_own_prices_and_is_asked_for_new_ones_only(olga: Asker, show: Show) -> None:
    confirm(olga, looked_at(olga, show, plan_of("A1")), {"Gold": 4500})
    found = looked_at(olga, show, plan_of("A1", seat("B1", category="Silver")))
    assert dict(found.difference.new_categories) == {"Silver": None}
    with pytest.raises(Invalid) as missing:
        confirm(olga, found, {"Gold": 1})
    assert [error["pointer"] for error in missing.value.facts["errors"]] == ["#/prices/Silver"]
    confirm(olga, found, {"Gold": 1, "Silver": 2000})
    assert prices(show) == {"Gold": 4500, "Silver": 2000}


def test_a_category_that_no_seat_is_in_any_more_is_offered_no_more(scene: Scene, olga: Asker, show: Show) -> None:
    give(olga, show, plan_of("A1", seat("B1", category="Silver")))
    give(olga, show, plan_of("A1"))
    assert list(prices(show)) == ["Gold"]
    give(olga, show, plan_of("A1", seat("B1", category="Silver")))
    buyer = scene.user()
    reservations.release(buyer, scene.hold(buyer, show, "B1")[0].id)
    give(olga, show, plan_of("A1"))
    assert list(prices(show)) == ["Gold"]
    assert [one.name for one in seat_maps.chart_of(show.id, -1).categories] == ["Gold"]
    assert shows.one(show.id).price_to == 1000


def test_a_seat_that_was_held_once_stays_in_its_buyers_history(scene: Scene, olga: Asker, show: Show) -> None:
    give(olga, show, plan_of("A1", "A2"))
    buyer = scene.user()
    [held] = scene.hold(buyer, show, "A2")
    reservations.release(buyer, held.id)
    give(olga, show, plan_of("A1"))
    assert numbers(show) == ["A1"]
    assert reservations.one(buyer, held.id).seat_number == "A2"
    give(olga, show, plan_of("A1", "A2"))
    assert scene.hold(scene.user(), show, "A2")[0].seat_id != held.seat_id


@pytest.mark.parametrize("how", ["sold", "held", "house"])
def test_nothing_is_changed_as_long_as_somebody_has_a_seat_that_the_plan_lacks(
    scene: Scene, olga: Asker, show: Show, how: str
) -> None:
    give(olga, show, plan_of("A1", "A2", "A3"))
    taken(scene, olga, show, how)
    found = looked_at(olga, show, plan_of("A1", seat("A3", row="AA"), "A4"))
    assert [(one.seat_number, holder.how) for one, holder in found.in_the_way] == [("A2", how)]
    with pytest.raises(SeatsStillTaken) as still:
        confirm(olga, found)
    [told] = still.value.facts["seats"]
    assert (told["seat_number"], told["reason"], still.value.facts["count"]) == ("A2", how, 1)
    assert numbers(show) == ["A1", "A2", "A3"]
    assert {one.row for one in seating.seats_of(show.id)} == {"A"}


def taken(scene: Scene, olga: Asker, show: Show, how: str) -> None:
    """Let A2 be sold, held, or kept by the house."""
    if how == "house":
        with scene.connected() as connection:
            connection.execute(
                """
                WITH made AS (
                    INSERT INTO house_blocks (show_id, reason, created_by)
                    VALUES (%(show)s, 'Press', %(by)s)
                    RETURNING id
                )
                INSERT INTO reservations
                    (house_block_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
                SELECT made.id, seats.id, seats.show_id, 0, 'infinity', %(by)s, 'api'
                FROM made, seats
                WHERE seats.show_id = %(show)s AND seats.seat_number = 'A2'
                """,
                {"show": show.id, "by": olga.id},
            )
        return
    buyer = scene.user("Bruno")
    [held] = scene.hold(buyer, show, "A2")
    if how == "sold":
        reservations.confirm(buyer, held.id)


def test_a_sold_seat_that_stays_is_still_its_buyers_however_it_changes(scene: Scene, olga: Asker, show: Show) -> None:
    give(olga, show, plan_of(seat("A1", plan_seat_id="one"), "A2"))
    buyer = scene.user("Bruno")
    [held] = scene.hold(buyer, show, "A1")
    reservations.confirm(buyer, held.id)
    changed = seat("B7", plan_seat_id="one", category="Silver", x=3.0, y=4.0)
    found = give(olga, show, plan_of(changed, "A2"))
    assert [(one.after.seat.seat_number, holder.name) for one, holder in found.touched] == [("B7", "Bruno")]
    bought = reservations.one(buyer, held.id)
    assert (bought.status, bought.seat_number, bought.seat_id, bought.price) == ("CONFIRMED", "B7", held.seat_id, 1000)


def test_nothing_is_done_when_the_show_was_changed_since_the_difference_was_looked_at(
    scene: Scene, olga: Asker, show: Show
) -> None:
    give(olga, show, plan_of("A1"))
    found = looked_at(olga, show, plan_of("A2"))
    seating.add_seats(olga, show.id, [seating.labelled_seat("B1", category="Gold")])
    with pytest.raises(ChangedMeanwhile) as changed:
        confirm(olga, found)
    assert changed.value.facts["plan_version"] > found.present.plan_version
    assert numbers(show) == ["A1", "B1"]


def test_the_same_difference_is_not_done_twice(olga: Asker, show: Show) -> None:
    found = looked_at(olga, show, plan_of("A1"))
    confirm(olga, found)
    with pytest.raises(ChangedMeanwhile):
        confirm(olga, found)


def test_a_cancelled_show_keeps_its_plan(olga: Asker, show: Show) -> None:
    give(olga, show, plan_of("A1"))
    shows.cancel(olga, show.id)
    with pytest.raises(NotOnSale):
        give(olga, show, plan_of("A2"))
    assert numbers(show) == ["A1"]


def test_what_was_done_is_on_record(scene: Scene, olga: Asker, show: Show) -> None:
    give(olga, show, plan_of("A1", "A2"))
    scene.hold(scene.user(), show, "A1")
    give(olga, show, plan_of(seat("A1", row="AA"), "A3"))
    [recorded, *_] = [one for one in acts.of_show(show.id, limit=9) if one.act == "change plan"]
    assert recorded.details["counts"] == {
        "added": 1,
        "removed": 1,
        "category": 0,
        "renumbered": 1,
        "moved": 0,
        "accessibility": 0,
    }
    assert (recorded.details["plan"], recorded.details["version"], recorded.details["reservations"]) == (
        "Concert",
        2,
        1,
    )


def test_whoever_runs_the_show_has_the_plans_of_its_organizer_and_their_own(
    scene: Scene, olga: Asker, show: Show
) -> None:
    hers = keep(olga, plan_of("A1"))
    mona, ada, rita = scene.manager(show), scene.admin(), scene.user("Rita")
    own, ritas = keep(mona, plan_of("B1")), keep(rita, plan_of("C1"))
    assert {one.version_id for one in plan_changes.choices(olga, show.id)} == {hers}
    assert {one.version_id for one in plan_changes.choices(mona, show.id)} == {hers, own}
    with pytest.raises(NotFound):
        plan_changes.preview(mona, show.id, ritas)
    assert plan_changes.preview(ada, show.id, ritas).difference.counts["added"] == 1
    for ask in (plan_changes.choices, lambda who, show_id: plan_changes.preview(who, show_id, ritas)):
        with pytest.raises(Forbidden):
            ask(rita, show.id)
    confirm(mona, plan_changes.preview(mona, show.id, hers))
    assert numbers(show) == ["A1"]


def test_a_plan_that_says_one_number_twice_changes_nothing(olga: Asker, show: Show) -> None:
    give(olga, show, plan_of("A1"))
    twice: list[PlanSeat] = [seat("A2"), replace(seat("A2"), row="Z")]
    with pytest.raises(SeatNumberInUse):
        give(olga, show, plan_of(*twice))
    assert numbers(show) == ["A1"]
