"""What comes close when no such seats are free together, in exactly these words."""

from typing import Any

import pytest

from tests.scenes import Scene
from tests.services.offers.halls import hall, minding, numbers, placed, said
from webapp.services import reservations
from webapp.services.offers import Offer, Wanted, best_available
from webapp.services.refusals import NoneTogether
from webapp.services.reservations import SeatChoice
from webapp.services.shows import Show


def refused(scene: Scene, show: Show, seats: int, **wishes: Any) -> NoneTogether:
    """The no that a new buyer hears."""
    with pytest.raises(NoneTogether) as caught:
        best_available.hold(scene.user(), show.id, Wanted(seats, **wishes), minutes=5)
    return caught.value


def can_be_had(scene: Scene, show: Show, *offers: Offer) -> None:
    """Assert that each offer is of free seats and can be held at one click."""
    for offer in offers:
        choice = SeatChoice(show_id=show.id, seat_ids=offer.seat_ids)
        held = reservations.hold(scene.user(), choice, minutes=5).reservations
        assert sum(one.price for one in held) == offer.price
        with scene.history() as connection:
            connection.execute("DELETE FROM reservations WHERE id = ANY(%s)", ([one.id for one in held],))


def test_three_and_three_directly_behind_each_other(scene: Scene) -> None:
    show = hall(scene, {"A": "xxxxxxx", "B": "xxxxxxx", "C": "xx...xx", "D": "x....xx"})
    refusal = refused(scene, show, 6)
    assert refusal.sentence == "No 6 seats are free side by side any more."
    [first, *_] = refusal.offers
    assert first.words == "3 + 3, directly behind each other, rows C and D"
    assert numbers([first]) == [["C3", "C4", "C5", "D3", "D4", "D5"]]
    assert (first.price, first.currency) == (6 * 4500, "EUR")
    can_be_had(scene, show, *refusal.offers)


def test_four_and_two_in_one_row_two_seats_apart(scene: Scene) -> None:
    show = hall(scene, {"A": "xxxxxxxxx", "C": "x....xx..", "E": "xxxxxxxxx"})
    refusal = refused(scene, show, 6)
    assert said(refusal.offers) == ["4 + 2 in row C, two seats apart"]
    assert numbers(refusal.offers) == [["C2", "C3", "C4", "C5", "C8", "C9"]]
    can_be_had(scene, show, *refusal.offers)


def test_on_both_sides_of_an_aisle(scene: Scene) -> None:
    show = hall(scene, {"A": "..._..."})
    assert said(refused(scene, show, 4).offers) == ["2 + 2 in row A, an aisle apart"]


def test_together_but_dearer_or_with_steps(scene: Scene) -> None:
    rows = {"A": "......", "B": "......", "C": "......", "D": "x.x.x."}
    show = hall(scene, rows, prices={"A": 7200, "B": 9000, "C": 6000, "D": 6000}, stepped=["C"])
    refusal = refused(scene, show, 6, price_at_most=6000, step_free=True)
    assert said(refusal.offers) == ["6 together, 72 EUR each instead of up to 60 EUR", "6 together, not step-free"]
    assert numbers(refusal.offers) == [[f"{row}{place}" for place in range(1, 7)] for row in "AC"]
    assert [offer.price for offer in refusal.offers] == [6 * 7200, 6 * 6000]
    can_be_had(scene, show, *refusal.offers)


def test_together_in_another_category(scene: Scene) -> None:
    show = hall(scene, {"A": "x.xx", "B": "...."}, prices={"A": 9000, "B": 4550})
    assert said(refused(scene, show, 4, category="Class 90").offers) == ["4 together, Class 45 instead of Class 90"]
    assert said(refused(scene, show, 2, price_at_most=1000).offers) == [
        "2 together, 45.50 EUR each instead of up to 10 EUR"
    ]


def test_instead_of_free_seats_some_that_cost(scene: Scene) -> None:
    show = hall(scene, {"A": "..", "B": "x."}, prices={"A": 5000, "B": 0})
    assert said(refused(scene, show, 2, price_at_most=0).offers) == ["2 together, 50 EUR each instead of free"]


def test_together_but_some_in_another_category(scene: Scene) -> None:
    show = hall(scene, {"A": "...x", "B": "xxxx"}, prices={"A": 9000, "B": 4500})
    placed(scene, show, "A3", 3, price=4500)
    assert said(refused(scene, show, 3, category="Class 90").offers) == ["3 together, one of them in Class 45"]


def test_six_single_seats_in_the_stalls(scene: Scene) -> None:
    rows = {"A": ".xxxx.xxxx.", "M": "xxxxxxxxxxx", "S": ".xxxx.xxxx."}
    show = hall(scene, rows, sections=dict.fromkeys(rows, "Stalls"))
    refusal = refused(scene, show, 6)
    assert said(refusal.offers) == ["six single seats in the Stalls"]
    can_be_had(scene, show, *refusal.offers)


def test_in_two_sections_the_words_name_them(scene: Scene) -> None:
    rows = {"A": "..xx..", "B": "..xx..", "K": "xxxxxx", "L": "x..xxx"}
    show = hall(scene, rows, sections={"A": "Stalls", "B": "Stalls", "K": "Gallery", "L": "Gallery"})
    assert said(refused(scene, show, 4).offers) == [
        "2 + 2, directly behind each other, Stalls rows A and B",
        "2 + 2 in Stalls row A, two seats apart",
    ]
    assert said(refused(scene, show, 5).offers) == ["2 + 2 + 1, Stalls rows A and B"]
    assert said(refused(scene, show, 10).offers) == ["ten seats, not all together, in the Stalls and Gallery"]


def test_what_was_released_before_the_offers_are_told_is_the_offer(scene: Scene) -> None:
    show, other = hall(scene, {"A": "x...", "B": ".xx."}, prices={"A": 9000, "B": 4500}), scene.user()
    [held] = scene.hold(other, show, "A4")
    refusal = refused(scene, show, 3, category="Class 90")
    reservations.release(other, held.id)
    assert said(refusal.offers) == ["row A, seats 2 to 4"]


def test_a_wheelchair_and_the_others_near_it(scene: Scene) -> None:
    show = hall(scene, {"A": "xcwx....", "B": "........"})
    refusal = refused(scene, show, 4, wheelchairs=1)
    assert said(refusal.offers) == ["2 + 2, the wheelchair in row A, the others in row B"]
    assert numbers(refusal.offers) == [["A2", "A3", "B2", "B3"]]
    can_be_had(scene, show, *refusal.offers)


def test_offers_are_at_most_four_and_all_different(scene: Scene) -> None:
    rows = {"A": "..x..", "B": "..x..", "C": "....."}
    show = hall(scene, rows, prices={"A": 5000, "B": 5000, "C": 9000}, stepped=["C"])
    offers = refused(scene, show, 4, price_at_most=5000, category="Class 50", step_free=True).offers
    assert len(offers) <= 4
    assert len({frozenset(offer.seat_ids) for offer in offers}) == len(offers)
    can_be_had(scene, show, *offers)


def test_a_show_that_allows_no_lonely_seat_offers_none(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "x...x...x", "B": "x...x...x"}))
    offers = refused(scene, show, 4).offers
    assert offers
    can_be_had(scene, show, *offers)


def test_when_fewer_are_left_it_says_so_and_offers_those(scene: Scene) -> None:
    show = hall(scene, {"A": "x..x."})
    refusal = refused(scene, show, 4)
    assert refusal.sentence == "Only 3 seats are left in this show."
    assert said(refusal.offers) == ["2 + 1 in row A, one seat apart"]
    last = hall(scene, {"A": "xx.x"})
    refusal = refused(scene, last, 2)
    assert refusal.sentence == "Only one seat is left in this show."
    assert numbers(refusal.offers) == [["A3"]]


def test_what_is_kept_for_wheelchairs_is_not_left_for_others(scene: Scene) -> None:
    show = hall(scene, {"A": "..xxxxw"})
    refusal = refused(scene, show, 4)
    assert refusal.sentence == (
        "Only 2 seats are left in this show, besides places for wheelchairs and their companions."
    )
    assert numbers(refusal.offers) == [["A1", "A2"]]
    can_be_had(scene, show, *refusal.offers)
    assert refused(scene, show, 3).sentence == refusal.sentence


def test_where_only_places_for_wheelchairs_are_left_it_says_so(scene: Scene) -> None:
    refusal = refused(scene, hall(scene, {"A": "xxcw"}), 1)
    assert refusal.sentence == "Only places for wheelchairs and their companions are left in this show."
    assert list(refusal.offers) == []


def test_whoever_comes_with_a_wheelchair_is_offered_its_place_and_all_that_is_left(scene: Scene) -> None:
    show = hall(scene, {"A": "..xxxxwxw"})
    refusal = refused(scene, show, 4, wheelchairs=1)
    assert refusal.sentence == "Only 3 seats are left in this show."
    assert said(refusal.offers) == ["1 + 2, the wheelchair in row A"]
    can_be_had(scene, show, *refusal.offers)


def test_once_they_are_released_places_for_wheelchairs_are_left_for_everybody(scene: Scene) -> None:
    show = hall(scene, {"A": "..xxxxw"})
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET accessible_seats_released_at = now()")
    assert refused(scene, show, 4).sentence == "Only 3 seats are left in this show."


def test_a_full_house_is_full(scene: Scene) -> None:
    refusal = refused(scene, hall(scene, {"A": "xx"}), 1)
    assert refusal.sentence == "Every seat of this show is taken just now. One that is released shows up here at once."
    assert refusal.offers == ()
