"""What was sold is cancelled by the people of the show, with a reason; the seat is free with it."""

import pytest

from tests.scenes import Scene
from tests.services.box_office.sales import buy, seat
from webapp.services import acts, box_office, reservations
from webapp.services.refusals import Forbidden, NotFound, NotSold


def test_a_cancelled_sale_frees_its_seat_and_its_buyer_reads_why(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user("Bruno")
    show = scene.show(organizer, seat_limit=1)
    [sold] = buy(scene, buyer, show, "A1")
    cancelled = box_office.cancel(organizer, show.id, sold, reason="The row is closed")
    assert (cancelled.status, cancelled.reason, cancelled.was_sold) == ("CANCELLED", "The row is closed", True)
    read = reservations.one(buyer, sold)
    assert (read.status, read.reason, read.moved_to) == ("CANCELLED", "The row is closed", None)
    assert scene.hold(buyer, show, "A1"), "free, and the limit is not used up"


def test_cancelling_again_changes_nothing_and_the_first_reason_stays(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [sold] = buy(scene, buyer, show, "A1")
    first = box_office.cancel(organizer, show.id, sold, reason="ill")
    lines = scene.rows("SELECT id FROM reservation_changes")
    assert box_office.cancel(organizer, show.id, sold, reason="another") == first
    assert scene.rows("SELECT id FROM reservation_changes") == lines
    assert [act.act for act in acts.of_show(show.id, limit=2)] == ["cancel reservation", "add seats"]


def test_only_what_is_sold_is_cancelled(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    held, released, lapsed = scene.hold(buyer, show, "A1", "A2", "A3")
    reservations.release(buyer, released.id)
    scene.lapse(lapsed)
    [old] = buy(scene, buyer, show, "A4")
    box_office.move(organizer, show.id, old, seat(show, "A5"))
    before = scene.statuses(show)
    for reservation_id in (held.id, released.id, lapsed.id, old):
        with pytest.raises(NotSold):
            box_office.cancel(organizer, show.id, reservation_id, reason="ill")
    assert scene.statuses(show) == before


def test_of_several_all_are_cancelled_or_none(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show, other = scene.show(organizer), scene.show(organizer)
    sold = buy(scene, buyer, show, "A3", "A1", "A2")
    [held] = scene.hold(buyer, show, "A4")
    [elsewhere] = buy(scene, buyer, other, "A1")
    before = scene.statuses(show)
    with pytest.raises(NotSold) as refused:
        box_office.cancel_several(organizer, show.id, [*sold, held.id], reason="ill")
    assert [fact["seat_number"] for fact in refused.value.facts["reservations"]] == ["A4"]
    with pytest.raises(NotFound, match=f"There is no reservation {elsewhere} in this show."):
        box_office.cancel_several(organizer, show.id, [*sold, elsewhere], reason="ill")
    assert scene.statuses(show) == before
    cancelled = box_office.cancel_several(organizer, show.id, sold, reason="ill")
    assert [(one.seat_number, one.status) for one in cancelled] == [(f"A{n}", "CANCELLED") for n in (1, 2, 3)]
    assert box_office.cancel_several(organizer, show.id, sold, reason="again") == cancelled
    [act] = acts.of_show(show.id, limit=1)
    assert (act.act, act.details["count"], act.details["seat_numbers"]) == (
        "cancel reservations",
        3,
        ["A1", "A2", "A3"],
    )


def test_strangers_cancel_nothing(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [sold] = buy(scene, buyer, show, "A1")
    for stranger in (buyer, scene.user()):
        with pytest.raises(Forbidden):
            box_office.cancel(stranger, show.id, sold, reason="ill")
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
