"""A buyer is moved to another seat by the people of the show."""

from typing import Any

import pytest

from tests.scenes import PASSWORD, Scene
from tests.services.box_office.sales import buy, never_twice_sold, seat
from webapp.services import accounts, acts, box_office, reservations, seating, shows
from webapp.services.plans.plan import PlanCategory
from webapp.services.refusals import BuyerGone, Forbidden, Invalid, NotFound, NotOnSale, NotSold, SeatTaken
from webapp.services.reservations import SeatChoice


def test_a_moved_buyer_has_the_new_seat_at_the_price_they_paid_and_the_old_one_is_free(scene: Scene) -> None:
    organizer, buyer = scene.user(through="page"), scene.user("Bruno")
    show = scene.show(organizer, price=4500)
    box = seating.labelled_seat("B1", category="Boxes")
    seating.add_seats(organizer, show.id, [box], [PlanCategory(name="Boxes", price=9900)])
    [old] = buy(scene, buyer, show, "A1")
    considered = box_office.consider(organizer, show.id, old, seat(show, "B1"))
    assert (considered.target.category, considered.target.price, considered.difference) == ("Boxes", 9900, 5400)
    moved = box_office.move(organizer, show.id, old, seat(show, "B1"), reason="A pillar")
    assert scene.statuses(show) == {"A1": ["CANCELLED"], "B1": ["CONFIRMED"]}
    assert (moved.user_id, moved.seat_number, moved.status, moved.price) == (buyer.id, "B1", "CONFIRMED", 4500)
    assert (moved.moved_from, moved.category, moved.category_price) == (old, "Boxes", 9900)
    former = box_office.one(organizer, show.id, old)
    assert (former.status, former.moved_to, former.reason) == ("CANCELLED", moved.id, "A pillar")
    assert scene.hold(scene.user(), show, "A1")
    assert [one.seat_number for one in reservations.of_buyer(buyer, reservations.Wanted(status="CONFIRMED"))] == ["B1"]


def test_without_a_reason_of_its_own_a_move_is_the_reason(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, buyer, show, "A1")
    box_office.move(organizer, show.id, old, seat(show, "A2"))
    assert reservations.one(buyer, old).reason == "Moved to seat A2"


def test_the_same_move_again_gives_what_it_made_as_it_is_now(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, buyer, show, "A1")
    by_id = SeatChoice(show_id=show.id, seat_ids=(scene.hold(buyer, show, "A3")[0].seat_id,))
    assert box_office.move(organizer, show.id, old, seat(show, "A1")).id == old, "there they sit"
    moved = box_office.move(organizer, show.id, old, seat(show, "A2"))
    assert box_office.move(organizer, show.id, old, seat(show, "A2")) == moved
    box_office.cancel(organizer, show.id, moved.id, reason="ill")
    assert box_office.move(organizer, show.id, old, seat(show, "A2")).status == "CANCELLED"
    assert scene.statuses(show) == {"A1": ["CANCELLED"], "A2": ["CANCELLED"], "A3": ["HELD"]}
    with pytest.raises(NotSold, match="they were moved to another seat") as refused:
        box_office.move(organizer, show.id, old, by_id)
    assert refused.value.facts["reservations"][0]["moved_to"] == moved.id
    assert [act.act for act in acts.of_show(show.id, limit=2)] == ["cancel reservation", "move reservation"]


def test_a_buyer_is_moved_on_and_back_again(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seat_limit=1)
    [first] = buy(scene, buyer, show, "A1")
    second = box_office.move(organizer, show.id, first, seat(show, "A2"))
    third = box_office.move(organizer, show.id, second.id, seat(show, "A1"))
    assert scene.statuses(show) == {"A1": ["CANCELLED", "CONFIRMED"], "A2": ["CANCELLED"]}
    assert [one.id for one in reservations.of_buyer(buyer, reservations.Wanted(status="CONFIRMED"))] == [third.id]


@pytest.mark.parametrize("how", ["held", "sold", "house"])
def test_a_seat_that_is_taken_is_refused_with_the_nearest_free_one_and_nothing_changes(scene: Scene, how: str) -> None:
    organizer, buyer, other = scene.user(), scene.user(), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, buyer, show, "A1")
    if how == "house":
        keep(scene, show, organizer.id)
    elif how == "held":
        scene.hold(other, show, "A5")
    else:
        buy(scene, other, show, "A5")
    for attempt in (box_office.consider, box_office.move):
        with pytest.raises(SeatTaken) as refused:
            attempt(organizer, show.id, old, seat(show, "A5"))
        assert refused.value.facts["seats"][0]["reason"] == how
        assert "A5" in refused.value.sentence
        assert {offer.seats[0].seat_number for offer in refused.value.offers} >= {"A4", "A6"}
    assert scene.statuses(show)["A1"] == ["CONFIRMED"]
    assert len(scene.statuses(show)["A5"]) == 1


def keep(scene: Scene, show: shows.Show, user_id: int) -> None:
    """Keep seat A5 for the house."""
    scene.rows(
        """
        WITH block AS (INSERT INTO house_blocks (show_id, reason, created_by) VALUES (%s, 'press', %s) RETURNING id)
        INSERT INTO reservations (house_block_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
        SELECT block.id, seats.id, seats.show_id, 0, '9999-01-01T00:00:00Z', %s, 'page'
        FROM block, seats
        WHERE seats.show_id = %s AND seat_number = 'A5'
        RETURNING id
        """,
        show.id,
        user_id,
        user_id,
        show.id,
    )


def test_a_lapsed_hold_is_no_obstacle(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, buyer, show, "A2")
    scene.lapse(*scene.hold(buyer, show, "A1"))
    box_office.move(organizer, show.id, old, seat(show, "A1"))
    assert scene.statuses(show) == {"A2": ["CANCELLED"], "A1": ["EXPIRED", "CONFIRMED"]}


def test_only_what_is_sold_is_moved(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    held, released, lapsed = scene.hold(buyer, show, "A1", "A2", "A3")
    reservations.release(buyer, released.id)
    scene.lapse(lapsed)
    [undone] = buy(scene, buyer, show, "A4")
    box_office.cancel(organizer, show.id, undone, reason="ill")
    before = scene.statuses(show)
    for reservation_id, words in (
        (held.id, "Seat A1 is held, not sold"),
        (released.id, "Seat A2 was given back before it was sold"),
        (lapsed.id, "Seat A3 was held until its time was over"),
        (undone, "Seat A4 is not this buyer's any more: the sale was cancelled"),
    ):
        for attempt in (box_office.consider, box_office.move):
            with pytest.raises(NotSold, match=words):
                attempt(organizer, show.id, reservation_id, seat(show, "A9"))
    assert scene.statuses(show) == before


def test_a_seat_that_is_not_there_is_pointed_at(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show, other = scene.show(organizer), scene.show(organizer, seats="Z1")
    [old] = buy(scene, buyer, show, "A1")
    [elsewhere] = scene.rows("SELECT id FROM seats WHERE show_id = %s", other.id)
    for choice, field in (
        (seat(show, "Z1"), "#/seat_number"),
        (SeatChoice(show_id=show.id, seat_ids=(elsewhere["id"],)), "#/seat_id"),
    ):
        with pytest.raises(Invalid, match="There is no seat") as refused:
            box_office.move(organizer, show.id, old, choice)
        assert [error["pointer"] for error in refused.value.facts["errors"]] == [field]
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}


def test_strangers_move_nobody_and_a_sale_of_another_show_is_not_there(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show, other = scene.show(organizer), scene.show(organizer)
    [old] = buy(scene, buyer, show, "A1")
    for stranger in (buyer, scene.user()):
        for attempt in (box_office.consider, box_office.move):
            with pytest.raises(Forbidden):
                attempt(stranger, show.id, old, seat(show, "A2"))
    with pytest.raises(NotFound):
        box_office.move(organizer, other.id, old, seat(other, "A2"))
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_a_manager_and_an_admin_move_buyers_too(scene: Scene, role: str) -> None:
    show, buyer = scene.show(), scene.user()
    [old] = buy(scene, buyer, show, "A1")
    mover = scene.manager(show) if role == "manager" else scene.admin()
    box_office.move(mover, show.id, old, seat(show, "A2"))
    [act] = acts.of_show(show.id, limit=1)
    assert (act.act, act.user_id, act.as_admin) == ("move reservation", mover.id, role == "admin")
    assert act.details["to_seat_number"] == "A2"


def test_of_a_cancelled_show_nobody_is_moved_and_of_one_that_has_begun_they_are(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    for end, expected in ((shows.cancel, NotOnSale), (None, None)):
        show = scene.show(organizer)
        [old] = buy(scene, buyer, show, "A1")
        if end:
            end(organizer, show.id)
            with pytest.raises(expected):  # type: ignore[arg-type]
                box_office.move(organizer, show.id, old, seat(show, "A2"))
        else:
            scene.begin(show)
            assert box_office.move(organizer, show.id, old, seat(show, "A2")).status == "CONFIRMED"


def test_who_deleted_their_account_is_not_moved(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, buyer, show, "A1")
    accounts.delete_account(buyer, password=PASSWORD)
    for attempt in (box_office.consider, box_office.move):
        with pytest.raises(BuyerGone):
            attempt(organizer, show.id, old, seat(show, "A2"))
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    assert box_office.cancel(organizer, show.id, old, reason="gone").status == "CANCELLED"


def test_a_move_that_comes_to_nothing_leaves_no_line_and_no_act(scene: Scene) -> None:
    organizer, buyer, other = scene.user(), scene.user(), scene.user()
    show = scene.show(organizer)
    [old] = buy(scene, buyer, show, "A1")
    scene.hold(other, show, "A2")
    lines: list[Any] = scene.rows("SELECT id FROM reservation_changes")
    written = acts.of_show(show.id, limit=9)
    with pytest.raises(SeatTaken):
        box_office.move(organizer, show.id, old, seat(show, "A2"))
    assert scene.rows("SELECT id FROM reservation_changes") == lines
    assert acts.of_show(show.id, limit=9) == written
    assert never_twice_sold(scene)
