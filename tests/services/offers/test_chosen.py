"""Seats that somebody chose: when another was faster, the nearest are offered; and lonely seats are mended or told."""

import pytest

from tests.scenes import Scene
from tests.services.offers.halls import hall, id_of, minding, numbers, said, take
from webapp.services.asker import Asker
from webapp.services.offers import Held, chosen
from webapp.services.refusals import LonelySeat, SeatTaken
from webapp.services.reservations import SeatChoice
from webapp.services.shows import Show


def choose(scene: Scene, show: Show, *seats: str, buyer: Asker | None = None) -> Held:
    """A buyer chooses seats by their numbers."""
    choice = SeatChoice(show_id=show.id, seat_numbers=seats)
    return chosen.hold(buyer or scene.user(), choice, minutes=5)


def lonely(scene: Scene, show: Show, *seats: str, buyer: Asker | None = None) -> LonelySeat:
    """The no to a choice that would leave a seat lonely."""
    with pytest.raises(LonelySeat) as caught:
        choose(scene, show, *seats, buyer=buyer)
    return caught.value


def taken(scene: Scene, show: Show, *seats: str) -> SeatTaken:
    """The no to a choice of which somebody has a part."""
    with pytest.raises(SeatTaken) as caught:
        choose(scene, show, *seats)
    return caught.value


def test_when_somebody_was_faster_the_nearest_seats_are_offered(scene: Scene) -> None:
    show = hall(scene, {"A": ".....", "B": "..x..", "C": "....."}, prices={"C": 3000})
    refusal = taken(scene, show, "B3")
    assert refusal.facts["seats"][0]["seat_number"] == "B3"
    assert sorted(numbers(refusal.offers)) == [["A3"], ["B2"], ["B4"]]
    assert sorted(said(refusal.offers)) == ["row A, seat 3", "row B, seat 2", "row B, seat 4"]
    assert scene.statuses(show) == {"B3": ["CONFIRMED"]}


def test_for_several_seats_as_many_together_are_offered(scene: Scene) -> None:
    show = hall(scene, {"A": "......", "B": ".xx...", "C": "......"}, sections=dict.fromkeys("ABC", "Stalls"))
    refusal = taken(scene, show, "B3", "B4", "B5")
    assert numbers(refusal.offers)[0] == ["B4", "B5", "B6"]
    assert said(refusal.offers)[0] == "Stalls, row B, seats 4 to 6"
    assert all(len(offer.seats) == 3 for offer in refusal.offers)
    held = [seat for offer in numbers(refusal.offers) for seat in offer]
    assert len(set(held)) == len(held) == 9


def test_far_away_is_offered_when_nothing_is_near(scene: Scene) -> None:
    rows = {f"{row}": "x" * 40 for row in "ABCDEFGHIJKLM"} | {"N": "x" * 38 + ".x"}
    assert numbers(taken(scene, hall(scene, rows), "A1").offers) == [["N39"]]


def test_offers_are_looked_for_when_they_are_told(scene: Scene) -> None:
    show = hall(scene, {"A": "x...."})
    refusal = taken(scene, show, "A1")
    take(scene, show, "A2", "A3")
    assert numbers(refusal.offers) == [["A4"], ["A5"]]


def test_a_place_for_a_wheelchair_is_offered_for_another_alone(scene: Scene) -> None:
    show = hall(scene, {"A": "x.wxw", "B": "....."})
    assert numbers(taken(scene, show, "A1").offers) == [["A2"], ["B1"], ["B2"]]
    assert numbers(taken(scene, show, "A4").offers) == [["B4"], ["B3"], ["B5"]]
    take(scene, show, "A3")
    assert numbers(taken(scene, show, "A3").offers) == [["A5"]]


def test_a_place_for_a_wheelchair_is_never_offered_for_a_companions_seat_or_the_other_way_round(scene: Scene) -> None:
    show = hall(scene, {"A": "xcw....w", "B": ".......c"})
    take(scene, show, "A3")
    assert numbers(taken(scene, show, "A3").offers) == [["A8"]]
    take(scene, show, "A2")
    assert numbers(taken(scene, show, "A2").offers) == [["B8"]]


def test_for_a_wheelchair_and_its_companion_two_such_seats_are_offered(scene: Scene) -> None:
    show = hall(scene, {"A": "cwxcc.ww.cw", "B": "..........."})
    take(scene, show, "A2")
    assert numbers(taken(scene, show, "A1", "A2").offers) == [["A10", "A11"]]


def test_once_they_are_released_all_seats_are_offered_for_one_another(scene: Scene) -> None:
    show = hall(scene, {"A": "xcw..."})
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET accessible_seats_released_at = now()")
    assert numbers(taken(scene, show, "A1").offers) == [["A2"], ["A3"], ["A4"]]


def test_who_has_bought_the_seat_is_offered_none(scene: Scene) -> None:
    show, buyer = hall(scene, {"A": "..."}), scene.user()
    choose(scene, show, "A1", buyer=buyer)
    with scene.connected() as connection:
        connection.execute("UPDATE reservations SET status = 'CONFIRMED', changed_by = %s", (buyer.id,))
    with pytest.raises(SeatTaken) as refused:
        choose(scene, show, "A1", buyer=buyer)
    assert refused.value.offers == ()


def test_a_choice_that_would_leave_a_lonely_seat_is_refused_with_the_fix(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "x.......", "B": "........", "C": "........"}))
    refusal = lonely(scene, show, "A3", "A4")
    assert refusal.sentence == "That would leave seat A2 single between taken ones. Nothing was held."
    assert refusal.facts["seats"] == [{"seat_id": id_of(scene, show, "A2"), "seat_number": "A2"}]
    assert said(refusal.offers)[:2] == ["row A, seats 2 and 3", "Seat 2 as well: row A, seats 2 to 4"]
    assert len(refusal.offers) == 3
    assert "A3" not in scene.statuses(show)
    for offer in refusal.offers:
        again = hall(scene, {"A": "x.......", "B": "........", "C": "........"})
        choose(scene, minding(scene, again), *(seat.seat_number for seat in offer.seats))


def test_a_seat_that_is_taken_is_the_reason_before_one_left_lonely(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "...xx" + "." * 20}))
    assert [seat["seat_number"] for seat in taken(scene, show, "A4", "A7").facts["seats"]] == ["A4"]


def test_without_a_step_aside_the_nearest_good_seats_are_offered(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "x...x", "B": "." * 20}, seat_limit=2))
    assert numbers(lonely(scene, show, "A2", "A3").offers)[0] == ["B2", "B3"]


def test_a_seat_between_ones_own_is_lonely_too(scene: Scene) -> None:
    show, buyer = minding(scene, hall(scene, {"A": "." * 20})), scene.user()
    refusal = lonely(scene, show, "A5", "A7", buyer=buyer)
    assert refusal.facts["seats"][0]["seat_number"] == "A6"
    choose(scene, show, "A5", buyer=buyer)
    assert numbers(lonely(scene, show, "A7", buyer=buyer).offers)[:2] == [["A6"], ["A6", "A7"]]
    choose(scene, show, "A6", "A7", buyer=buyer)


def test_nobody_is_offered_more_than_they_may_have(scene: Scene) -> None:
    show, buyer = minding(scene, hall(scene, {"A": "x" + "." * 30}, seat_limit=2)), scene.user()
    choose(scene, show, "A20", buyer=buyer)
    assert numbers(lonely(scene, show, "A3", buyer=buyer).offers) == [["A2"], ["A4"], ["A5"]]
    assert numbers(lonely(scene, show, "A20", "A3", buyer=buyer).offers) == [["A2"], ["A4"], ["A5"]]
    assert numbers(lonely(scene, show, "A3").offers)[:2] == [["A2"], ["A2", "A3"]]


def test_what_one_has_is_not_offered_again(scene: Scene) -> None:
    show, buyer = minding(scene, hall(scene, {"A": "." * 20})), scene.user()
    choose(scene, show, "A5", buyer=buyer)
    offers = lonely(scene, show, "A5", "A7", buyer=buyer).offers
    assert said(offers)[:2] == ["row A, seat 6", "Seat 6 as well: row A, seats 6 and 7"]


def test_a_show_that_warns_holds_and_offers_the_seat_left_over(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "x.......", "B": "........"}), "warn")
    held = choose(scene, show, "A3")
    assert held.created == 1
    advice = held.advise()
    assert advice
    assert advice.sentence == "Seat A2 now stays single between taken ones, and hardly anybody comes alone."
    assert (said(advice.offers), numbers(advice.offers)) == (["Add seat A2"], [["A2"]])
    assert choose(scene, show, "B3").advise() is None


@pytest.mark.parametrize("rule", ["off", "warn", "enforce"])
def test_what_leaves_no_lonely_seat_is_held_without_a_word(scene: Scene, rule: str) -> None:
    show = minding(scene, hall(scene, {"A": "x........", "B": "..._.....", "C": "........."}), rule)
    for seat in ("A2", "A5", "B2", "C8"):
        assert choose(scene, show, seat).advise() is None


def test_a_show_that_does_not_mind_says_nothing(scene: Scene) -> None:
    show = hall(scene, {"A": "x.......", "B": "........"})
    assert choose(scene, show, "A3").advise() is None


def test_when_few_seats_are_left_nobody_minds(scene: Scene) -> None:
    for rule in ("warn", "enforce"):
        show = minding(scene, hall(scene, {"A": "x.......", "B": "...xxxxx"}), rule)
        assert choose(scene, show, "A3").advise() is None
