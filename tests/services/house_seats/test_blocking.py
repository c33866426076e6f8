"""Seats that the house keeps: all that were asked for or none, on every date, and nobody else gets them."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.scenes import Scene
from tests.services.house_seats.cast import FOR_GOOD, barred, block, choice_of, planned, series
from tests.services.reading import how_they_stand
from webapp.services import acts, baskets, house_seats, offers, reservations, seat_maps, shows
from webapp.services.house_seats import SeatsNotFree, Until
from webapp.services.refusals import Forbidden, Invalid, NotFound, NotOnSale, SeatTaken

NOWHERE = {"A1": ["HELD"], "A2": ["HELD"]}


def test_blocked_seats_are_kept_for_a_reason_and_nobody_holds_them(scene: Scene) -> None:
    organizer, buyer = scene.user("Olga"), scene.user()
    show = scene.show(organizer)
    [made] = block(organizer, show, "A1", "A2")
    assert [seat.seat_number for seat in made.seats] == ["A1", "A2"]
    assert (made.reason, made.release_at, made.created_by_name) == ("Press", None, "Olga")
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}
    with pytest.raises(SeatTaken):
        scene.hold(buyer, show, "A1")
    assert shows.one(show.id).blocked == 2
    assert shows.one(show.id).available == 8


def test_blocking_is_on_record_with_who_did_it(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    block(organizer, show, "A1", "A2")
    [act, *_] = acts.of_show(show.id, limit=5)
    assert (act.user_name, act.act, act.through) == ("Olga", "block seats", "api")
    assert act.details == {"seats": 2, "first": ["A1", "A2"], "reason": "Press", "release_at": None}
    history = scene.rows("SELECT status, changed_by FROM reservation_changes WHERE show_id = %s", show.id)
    assert history == [{"status": "HELD", "changed_by": organizer.id}] * 2


def test_a_buyer_reads_that_a_blocked_seat_is_not_for_sale_and_of_no_end_that_is_none(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    block(organizer, show, "A1", "A2")
    scene.hold(scene.user(), show, "A3")
    with pytest.raises(SeatTaken, match=r"^Seat A1 is not for sale\.$") as one:
        scene.hold(buyer, show, "A1")
    [fact] = one.value.facts["seats"]
    assert (fact["reason"], "held_until" in fact) == ("house", False)
    with pytest.raises(SeatTaken, match=r"^Seats A1, A2 are not for sale\. Nothing was held\.$"):
        scene.hold(buyer, show, "A1", "A2")
    with pytest.raises(SeatTaken, match="seats A1, A3 are taken"):
        scene.hold(buyer, show, "A1", "A3")
    found = how_they_stand(seat_maps.availability(show.id))
    stands = {seat.seat_number: (seat.status, seat.hold_expiry) for seat in found}
    assert stands["A1"] == ("HELD", None)


def test_a_seat_blocked_until_a_time_is_told_with_it_and_free_from_then_on(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    until = datetime.now(UTC) + timedelta(hours=2)
    [made] = block(organizer, show, "A1", at=until)
    assert made.release_at == until
    assert how_they_stand(seat_maps.availability(show.id))[0].hold_expiry == until
    with scene.history() as connection:
        connection.execute(
            "UPDATE reservations SET created_at = now() - interval '1 day', hold_expiry = now() WHERE show_id = %s",
            (show.id,),
        )
    assert house_seats.blocks_of(show.id) == []
    scene.hold(buyer, show, "A1")
    assert scene.statuses(show) == {"A1": ["EXPIRED", "HELD"]}


def test_seats_are_blocked_on_several_dates_at_once_each_until_hours_before_it_begins(scene: Scene) -> None:
    organizer = scene.user()
    first, second, third = series(scene, organizer, 3)
    made = block(organizer, second, "A1", others=[third, first], hours_before=2)
    assert [one.show_id for one in made] == [first.id, second.id, third.id]
    assert [one.release_at for one in made] == [show.starts_at - timedelta(hours=2) for show in (first, second, third)]
    for show in (first, second, third):
        assert scene.statuses(show) == {"A1": ["HELD"]}
        assert acts.of_show(show.id, limit=1)[0].act == "block seats"


def test_what_is_taken_on_one_date_is_named_and_nothing_is_blocked_on_any(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user("Bruno")
    first, second = series(scene, organizer, 2)
    [sold, _] = scene.hold(buyer, second, "A1", "A2")
    reservations.confirm(buyer, sold.id)
    block(organizer, second, "A3", reason="Director")
    with pytest.raises(SeatsNotFree) as refused:
        block(organizer, first, "A1", "A2", "A3", "A4", "Z9", others=[second])
    assert refused.value.sentence == (
        f"Nothing was blocked. On {house_seats.dates_of(organizer, first.id)[0].name}: seat Z9 does not exist. "
        f"On {house_seats.dates_of(organizer, second.id)[0].name}: seat Z9 does not exist, seat A2 is held by a buyer, "
        "seat A1 is sold, seat A3 is blocked already."
    )
    assert [(date["show_id"], date["obstacles"]) for date in refused.value.facts["dates"]] == [
        (first.id, 1),
        (second.id, 4),
    ]
    assert scene.statuses(first) == {}
    assert len(house_seats.blocks_of(second.id)) == 1


def test_a_preview_tells_what_would_be_blocked_and_who_is_in_the_way_and_does_nothing(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user("Bruno")
    first, second = series(scene, organizer, 2)
    scene.hold(buyer, second, "A1")
    block(organizer, second, "A2", reason="Director")
    choice = choice_of(first, "A3", "A2", "A1", "Z9", others=[second])
    own, other = house_seats.preview_block(organizer, choice, until=Until(hours_before=1))
    assert planned(own) == ["A1", "A2", "A3"]
    assert barred(own) == {"Z9": ("missing", None)}
    assert planned(other) == ["A3"]
    assert barred(other) == {"A1": ("held", "Bruno"), "A2": ("blocked", "Director"), "Z9": ("missing", None)}
    assert own.release_at == first.starts_at - timedelta(hours=1)
    assert scene.statuses(first) == {}


@pytest.mark.parametrize(
    "until", [Until(at=datetime.now(UTC)), Until(hours_before=24 * 31)], ids=["a time", "hours before"]
)
def test_a_release_time_that_is_over_is_refused(scene: Scene, until: Until) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    choice = choice_of(show, "A1")
    for act in (
        lambda: house_seats.preview_block(organizer, choice, until=until),
        lambda: house_seats.block(organizer, choice, reason="Press", until=until),
    ):
        with pytest.raises(Invalid, match="must be later than now"):
            act()
    assert scene.statuses(show) == {}


def test_only_those_who_run_a_show_block_its_seats(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    for stranger in (scene.user(), scene.guest()):
        with pytest.raises(Forbidden):
            block(stranger, show, "A1")
    block(scene.manager(show), show, "A1")
    block(scene.admin(), show, "A2")
    assert scene.statuses(show) == NOWHERE


def test_other_dates_are_those_of_the_show_and_no_others(scene: Scene) -> None:
    organizer = scene.user()
    show, unrelated = scene.show(organizer), scene.show(organizer)
    with pytest.raises(NotFound, match="is not another date of this one"):
        block(organizer, show, "A1", others=[unrelated])
    assert scene.statuses(show) == {}


def test_a_cancelled_show_has_nothing_to_block(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    block(organizer, show, "A1")
    shows.cancel(organizer, show.id)
    assert scene.statuses(show) == {"A1": ["CANCELLED"]}
    with pytest.raises(NotOnSale, match="was cancelled"):
        block(organizer, show, "A2")


def test_seats_are_blocked_in_a_draft_and_after_the_sale_has_ended(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    scene.unpublish(show)
    block(organizer, show, "A1")
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET published_at = now(), off_sale_at = now() WHERE id = %s", (show.id,))
    block(organizer, show, "A2")
    assert scene.statuses(show) == NOWHERE


def test_blocked_seats_are_in_nobodys_basket_and_leave_the_organizers_limit_alone(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seat_limit=1)
    block(organizer, show, "A1", "A2", "A3")
    assert baskets.basket(show.id, organizer).holds == []
    scene.hold(organizer, show, "A4")
    assert [seat.seat_number for seat in baskets.basket(show.id, organizer).holds] == ["A4"]


def test_blocked_seats_are_never_offered(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seats="A1-A6")
    block(organizer, show, "A3", "A4")
    blocked = reservations.SeatChoice(show_id=show.id, seat_numbers=("A3",))
    with pytest.raises(SeatTaken) as refused:
        offers.chosen.hold(buyer, blocked, minutes=5)
    offered = {seat.seat_number for offer in refused.value.offers for seat in offer.seats}
    assert offered
    assert offered <= {"A1", "A2", "A5", "A6"}


def test_nothing_chosen_is_refused(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    with pytest.raises(Invalid, match="at least one seat"):
        house_seats.block(organizer, choice_of(show), reason="Press", until=FOR_GOOD)
