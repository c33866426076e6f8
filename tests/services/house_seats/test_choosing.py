"""Which seats are meant: by number, id, row, section or block."""

import pytest

from tests.scenes import Scene
from tests.services.house_seats.cast import FOR_GOOD, block, planned
from tests.services.offers.halls import hall
from webapp.services import house_seats, seating
from webapp.services.asker import Asker
from webapp.services.house_seats import Choice, choosing
from webapp.services.plans.plan import PlanCategory
from webapp.services.refusals import Invalid, NotFound
from webapp.services.shows import Show


@pytest.fixture
def organizer(scene: Scene) -> Asker:
    return scene.user("Olga")


@pytest.fixture
def show(scene: Scene, organizer: Asker) -> Show:
    """Rows A and B in the stalls, C in the circle, D in no section."""
    rows = dict.fromkeys("ABCD", "...")
    return hall(scene, rows, sections={"A": "Stalls", "B": "Stalls", "C": "Circle"}, organizer=organizer)


def meant(organizer: Asker, choice: Choice) -> list[str]:
    [outlook] = house_seats.preview_block(organizer, choice, until=FOR_GOOD)
    return planned(outlook)


def test_a_row_is_named_with_its_section_and_a_section_by_its_name(organizer: Asker, show: Show) -> None:
    assert meant(organizer, Choice(show.id, rows=[("Stalls", "B")])) == ["B1", "B2", "B3"]
    assert meant(organizer, Choice(show.id, rows=[(None, "D")])) == ["D1", "D2", "D3"]
    assert meant(organizer, Choice(show.id, sections=["Circle"])) == ["C1", "C2", "C3"]


def test_what_is_named_twice_is_meant_once_in_the_order_of_the_plan(organizer: Asker, show: Show) -> None:
    b2 = next(seat.id for seat in seating.seats_of(show.id) if seat.seat_number == "B2")
    choice = Choice(show.id, seat_ids=[b2], seat_numbers=["C1", "B2", "A3"], rows=[("Stalls", "B")])
    assert meant(organizer, choice) == ["A3", "B1", "B2", "B3", "C1"]


def test_a_block_names_the_seats_it_still_keeps(organizer: Asker, show: Show) -> None:
    [made] = block(organizer, show, "A1", "A2", "A3")
    house_seats.release(organizer, Choice(show.id, seat_numbers=["A2"]))
    [outlook] = house_seats.preview_release(organizer, Choice(show.id, block_ids=[made.id]))
    assert planned(outlook) == ["A1", "A3"]


def test_rows_sections_ids_and_blocks_that_are_not_there_are_refused_by_name(
    scene: Scene, organizer: Asker, show: Show
) -> None:
    elsewhere = scene.show(organizer)
    [foreign] = block(organizer, elsewhere, "A1")
    strange_seat = seating.seats_of(elsewhere.id)[0].id
    for choice, said in (
        (Choice(show.id, sections=["Attic"]), "no section Attic"),
        (Choice(show.id, rows=[("Circle", "A")]), "no row A in section Circle"),
        (Choice(show.id, rows=[(None, "A")]), "no row A in this show, outside its sections"),
        (Choice(show.id, seat_ids=[strange_seat]), f"no seat with the id {strange_seat}"),
        (Choice(show.id, block_ids=[foreign.id]), f"no block {foreign.id}"),
    ):
        with pytest.raises(NotFound, match=said):
            meant(organizer, choice)


def test_more_seats_than_one_act_may_take_are_refused(
    organizer: Asker, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST_SEATS", 5)
    with pytest.raises(Invalid, match="more than 5 seats"):
        meant(organizer, Choice(show.id, sections=["Stalls"]))


def test_a_number_that_looks_like_a_range_is_the_seat_that_has_it(scene: Scene, organizer: Asker) -> None:
    show = scene.show(organizer, seats="")
    numbered = [seating.labelled_seat(number, category="Stalls") for number in ("STALLS-B2-59", "STALLS-B2-60")]
    seating.add_seats(organizer, show.id, numbered, [PlanCategory(name="Stalls", price=4500)])
    [outlook] = house_seats.preview_block(organizer, Choice(show.id, seat_ranges="stalls-b2-59; A1-A2"), until=FOR_GOOD)
    assert planned(outlook) == ["STALLS-B2-59"]
    assert [(one.seat_number, one.reason) for one in outlook.obstacles] == [("A1", "missing"), ("A2", "missing")]
