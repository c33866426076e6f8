"""The list of a show's reservations, as its people find what they look for in it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.scenes import PASSWORD, Scene
from tests.services.box_office.sales import buy
from webapp.services import accounts, box_office, reservations, seating, shows
from webapp.services.asker import Asker
from webapp.services.box_office import Wanted
from webapp.services.plans.plan import PlanCategory
from webapp.services.refusals import Forbidden, NotFound


def seats_found(asker: Asker, show: shows.Show, **wanted: Any) -> list[str]:
    """The seat numbers of those wanted, newest first."""
    return [one.seat_number for one in box_office.find(asker, show.id, Wanted(**wanted), limit=100)]


def test_the_people_of_a_show_read_who_holds_and_bought_what_newest_first(scene: Scene) -> None:
    organizer, ann, bob = scene.user(), scene.user("Ann"), scene.user("Bob")
    show = scene.show(organizer)
    [sold] = buy(scene, ann, show, "A1")
    held, released = scene.hold(bob, show, "A2", "A3")
    reservations.release(bob, released.id)
    buy(scene, bob, scene.show(organizer), "A1")
    found = box_office.find(organizer, show.id, limit=10)
    assert [(one.id, one.status, one.buyer_name, one.buyer_email, one.was_sold) for one in found] == [
        (released.id, "CANCELLED", "Bob", bob.email, False),
        (held.id, "HELD", "Bob", bob.email, False),
        (sold, "CONFIRMED", "Ann", ann.email, True),
    ]
    assert [one.id for one in box_office.find(organizer, show.id, limit=1)] == [released.id]
    assert [one.id for one in box_office.find(organizer, show.id, limit=9, before=held.id)] == [sold]


def test_managers_and_admins_read_it_and_strangers_do_not(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [sold] = buy(scene, buyer, show, "A1")
    for somebody in (scene.manager(show), scene.admin()):
        assert [one.id for one in box_office.find(somebody, show.id, limit=2)] == [sold]
    for stranger in (buyer, scene.show().organizer_id and scene.user()):
        for ask in (
            lambda who=stranger: box_office.find(who, show.id, limit=2),
            lambda who=stranger: list(box_office.find_all(who, show.id, Wanted())),
            lambda who=stranger: box_office.counts(who, show.id),
            lambda who=stranger: box_office.chosen(who, show.id, [sold]),
            lambda who=stranger: box_office.one(who, show.id, sold),
            lambda who=stranger: box_office.history(who, show.id, sold),
        ):
            with pytest.raises(Forbidden):
                ask()
    scene.unpublish(show)
    with pytest.raises(NotFound):
        box_office.find(buyer, show.id, limit=2)


def test_a_name_an_address_or_parts_of_them_find_a_buyer_in_whatever_case(scene: Scene) -> None:
    organizer, ann, bob = scene.user(), scene.user("Änn Öberg-Smith"), scene.user("Bob O'Neill")
    show = scene.show(organizer)
    buy(scene, ann, show, "A1")
    scene.hold(bob, show, "A2")
    for typed in ("änn", "ÖBERG", "smith", "smith änn", f"{ann.email}", str(ann.email).upper(), "  Änn   smith "):
        assert seats_found(organizer, show, search=typed) == ["A1"], typed
    for typed in ("o'neill", "bob"):
        assert seats_found(organizer, show, search=typed) == ["A2"], typed
    assert seats_found(organizer, show, search="example.com") == ["A2", "A1"]
    for typed in ("bob smith", "nobody", "%", "_nn", "\\", "A1 A2", "x" * 300, "\u202e"):
        assert seats_found(organizer, show, search=typed) == [], typed


def test_a_seat_is_found_as_people_write_it_whoever_had_it(scene: Scene) -> None:
    organizer, ann = scene.user(), scene.user("Ann")
    show = scene.show(organizer, seats="A1-A12")
    box = [
        seating.labelled_seat(f"BOX-{row}-7", category="Boxes", section="Box", row=row, number="7")
        for row in ("p", "Q")
    ]
    seating.add_seats(organizer, show.id, box, [PlanCategory(name="Boxes", price=9)])
    [given_back] = scene.hold(scene.user(), show, "A1")
    scene.lapse(given_back)
    buy(scene, ann, show, "A1", "A12", "BOX-P-7", "BOX-Q-7")
    assert seats_found(organizer, show, search=" a1 ") == ["A1", "A1"]
    assert seats_found(organizer, show, search="box-p-7") == ["BOX-P-7"]
    assert seats_found(organizer, show, search="p7") == ["BOX-P-7"]
    assert seats_found(organizer, show, search="A2") == []


def test_a_number_finds_the_reservation_that_has_it(scene: Scene) -> None:
    organizer, other = scene.user(), scene.user()
    show, elsewhere = scene.show(organizer), scene.show(other)
    [first] = scene.hold(scene.user("Ann"), show, "A1")
    [theirs] = scene.hold(scene.user("Bob"), elsewhere, "A1")
    for typed in (str(first.id), f"#{first.id}", f" {first.id} "):
        assert first.id in [one.id for one in box_office.find(organizer, show.id, Wanted(search=typed), limit=9)]
    assert theirs.id not in [
        one.id for one in box_office.find(organizer, show.id, Wanted(search=f"#{theirs.id}"), limit=9)
    ]
    assert seats_found(organizer, show, search="9" * 18) == []
    assert seats_found(organizer, show, search="9" * 40) == []


@pytest.mark.parametrize(
    ("wanted", "seats"),
    [
        ({}, ["B1", "A5", "A4", "A3", "A2", "A1"]),
        ({"status": "HELD"}, ["A2"]),
        ({"status": "CONFIRMED"}, ["B1", "A1"]),
        ({"status": "CANCELLED"}, ["A5", "A3"]),
        ({"status": "EXPIRED"}, ["A4"]),
        ({"category": "Boxes"}, ["B1"]),
        ({"category": "Stalls", "status": "CONFIRMED"}, ["A1"]),
        ({"category": "Nowhere"}, []),
        ({"section": "Box"}, ["B1"]),
        ({"section": "box"}, []),
        ({"section": "Box", "category": "Stalls"}, []),
        ({"through": "page"}, ["B1", "A5"]),
        ({"through": "api"}, ["A3", "A2", "A1"]),
        ({"through": "clock"}, ["A4"]),
        ({"through": "page", "search": "ann"}, ["A5"]),
        ({"accessible": "wheelchair"}, ["B1"]),
        ({"accessible": "step_free"}, ["B1"]),
        ({"accessible": "companion"}, []),
        ({"price_at_most": 9}, ["B1"]),
        ({"price_at_least": 10, "status": "CONFIRMED"}, ["A1"]),
        ({"created_before": datetime(2020, 1, 1, tzinfo=UTC)}, []),
        ({"created_from": datetime(2020, 1, 1, tzinfo=UTC), "section": "Box"}, ["B1"]),
    ],
)
def test_each_filter_leaves_what_is_so_and_all_of_them_what_is_all_of_it(
    scene: Scene, wanted: dict[str, Any], seats: list[str]
) -> None:
    organizer, ann, bob = scene.user(through="page"), scene.user("Ann"), scene.user("Bob", through="page")
    show = scene.show(organizer)
    box = seating.labelled_seat("B1", category="Boxes", section="Box", accessibility="wheelchair", step_free=True)
    seating.add_seats(organizer, show.id, [box], [PlanCategory(name="Boxes", price=9)])
    buy(scene, ann, show, "A1")
    _held, released, lapsed = scene.hold(ann, show, "A2", "A3", "A4")
    reservations.release(ann, released.id)
    scene.lapse(lapsed)
    [undone] = buy(scene, ann, show, "A5")
    box_office.cancel(organizer, show.id, undone, reason="ill")
    buy(scene, bob, show, "B1")
    assert seats_found(organizer, show, **wanted) == seats


def test_the_counts_are_of_all_that_is_otherwise_wanted_whatever_the_status(scene: Scene) -> None:
    organizer, ann, bob = scene.user(), scene.user("Ann"), scene.user("Bob")
    show = scene.show(organizer)
    buy(scene, ann, show, "A1", "A2")
    _held, lapsed = scene.hold(bob, show, "A3", "A4")
    scene.lapse(lapsed)
    buy(scene, bob, scene.show(organizer), "A1")
    everything = {"HELD": 1, "CONFIRMED": 2, "CANCELLED": 0, "EXPIRED": 1}
    assert box_office.counts(organizer, show.id) == everything
    assert box_office.counts(organizer, show.id, Wanted(status="HELD")) == everything
    assert box_office.counts(organizer, show.id, Wanted(search="bob")) == everything | {"CONFIRMED": 0}
    assert box_office.counts(organizer, show.id, Wanted(section="Nowhere")) == dict.fromkeys(everything, 0)


def test_seats_that_the_house_keeps_are_no_reservations_of_buyers(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    with scene.connected() as connection:
        connection.execute(
            """
            WITH block AS (
                INSERT INTO house_blocks (show_id, reason, created_by) VALUES (%s, 'press', %s) RETURNING id
            )
            INSERT INTO reservations
                (house_block_id, seat_id, show_id, price, hold_expiry, changed_by, changed_through)
            SELECT block.id, seats.id, seats.show_id, 0, '9999-01-01T00:00:00Z', %s, 'page'
            FROM block, seats
            WHERE seats.show_id = %s AND seat_number = 'A1'
            """,
            (show.id, organizer.id, organizer.id, show.id),
        )
    [kept] = scene.rows("SELECT id FROM reservations")
    assert box_office.find(organizer, show.id, limit=9) == []
    assert set(box_office.counts(organizer, show.id).values()) == {0}
    for ask in (box_office.one, box_office.history):
        with pytest.raises(NotFound):
            ask(organizer, show.id, kept["id"])
    for ask_for_several in (box_office.chosen, lambda *more: box_office.cancel_several(*more, reason="no")):
        with pytest.raises(NotFound):
            ask_for_several(organizer, show.id, [kept["id"]])


def test_all_of_a_long_list_is_read_little_by_little(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    held = scene.hold(buyer, show, "A1", "A2", "A3", "A4", "A5")
    monkeypatch.setattr("webapp.services.box_office.listing.AT_A_TIME", 2)
    found = [one.id for one in box_office.find_all(organizer, show.id, Wanted(search=str(buyer.email)))]
    assert found == [one.id for one in reversed(held)]


def test_those_that_were_chosen_are_all_of_the_show_or_none_is_read(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show, other = scene.show(organizer), scene.show(organizer)
    first, second = scene.hold(buyer, show, "A1", "A2")
    [elsewhere] = scene.hold(buyer, other, "A1")
    assert [one.id for one in box_office.chosen(organizer, show.id, [first.id, second.id])] == [second.id, first.id]
    with pytest.raises(NotFound, match=f"There is no reservation {elsewhere.id} in this show."):
        box_office.chosen(organizer, show.id, [first.id, elsewhere.id])


def test_a_sale_to_a_deleted_account_is_kept_without_the_person(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user("Ann")
    show = scene.show(organizer)
    [sold] = buy(scene, buyer, show, "A1")
    accounts.delete_account(buyer, password=PASSWORD)
    found = box_office.one(organizer, show.id, sold)
    assert (found.status, found.buyer_email, found.buyer_is_gone) == ("CONFIRMED", None, True)
    assert found.buyer_name is None
    assert seats_found(organizer, show, search="Ann") == []


def test_a_guest_is_told_from_an_account(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    scene.hold(scene.guest(), show, "A1")
    scene.hold(scene.user("Ann"), show, "A2")
    found = box_office.find(organizer, show.id, limit=9)
    assert [(one.buyer_is_guest, one.buyer_is_gone) for one in found] == [(False, False), (True, False)]


def test_a_page_with_its_counts_is_what_both_give_apart(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    buy(scene, scene.user("Ann"), show, "A1", "A2", "A3")
    scene.hold(scene.user("Anna"), show, "A4")
    buy(scene, scene.user("Bob"), show, "A5")
    for wanted in (Wanted(), Wanted(search="ann"), Wanted(search="ann", status="CONFIRMED"), Wanted(search="a5")):
        both = box_office.page_with_counts(organizer, show.id, wanted, limit=2)
        assert both.reservations == box_office.find(organizer, show.id, wanted, limit=2)
        assert both.counts == box_office.counts(organizer, show.id, wanted)
    found = box_office.page_with_counts(organizer, show.id, Wanted(search="ann"), limit=2)
    assert [one.seat_number for one in found.reservations] == ["A4", "A3"]
    assert found.counts == {"HELD": 1, "CONFIRMED": 3, "CANCELLED": 0, "EXPIRED": 0}
    with pytest.raises(Forbidden):
        box_office.page_with_counts(scene.user(), show.id, Wanted(), limit=2)
