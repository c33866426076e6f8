"""What a plan would change of a show is told seat by seat, before anything is changed."""

from dataclasses import replace

import pytest

from tests.scenes import Scene
from tests.services.plan_changes.plans import STAGE, give, looked_at, plan_of, seat
from webapp.services.asker import Asker
from webapp.services.plan_changes import Preview
from webapp.services.shows import Show


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga Organizer")


@pytest.fixture
def show(scene: Scene, olga: Asker) -> Show:
    return scene.show(olga, seats="")


def counts(found: Preview) -> dict[str, int]:
    """The counts of what is different."""
    return {name: count for name, count in found.difference.counts.items() if count}


def test_a_show_without_seats_gets_all_of_them_and_needs_a_price_for_each_category(olga: Asker, show: Show) -> None:
    found = looked_at(olga, show, plan_of("A1", seat("B1", category=None), areas=[STAGE]))
    assert counts(found) == {"added": 2}
    assert dict(found.difference.new_categories) == {"Gold": None, "Stalls": None}
    assert found.difference.areas_change


def test_the_plan_that_a_show_has_changes_nothing(olga: Asker, show: Show) -> None:
    plan = plan_of("A1", seat("A2", x=1.5, y=2.0, plan_seat_id="id-2"), areas=[STAGE])
    give(olga, show, plan)
    found = looked_at(olga, show, plan)
    assert found.difference.is_nothing
    assert not any(one.is_rewritten for one in found.difference.kept)


@pytest.mark.parametrize(
    ("differently", "changes"),
    [
        ({"x": 2.0}, ["moved"]),
        ({"x": None, "y": None}, ["moved"]),
        ({"x": 1.0 + 1e-9}, []),
        ({"number": "11"}, ["renumbered"]),
        ({"row": "AA"}, ["renumbered"]),
        ({"section": "Parterre"}, ["renumbered"]),
        ({"category": "Silver"}, ["category"]),
        ({"accessibility": "wheelchair", "step_free": True}, ["accessibility"]),
        ({"step_free": True}, ["accessibility"]),
        ({"neighbour_order": 7}, []),
        (
            {"category": "Silver", "number": "11", "y": 0.0, "step_free": True},
            ["category", "renumbered", "moved", "accessibility"],
        ),
    ],
)
def test_a_seat_is_different_in_what_people_see_of_it(
    olga: Asker, show: Show, differently: dict[str, object], changes: list[str]
) -> None:
    before = seat("A1", x=1.0, y=1.0)
    give(olga, show, plan_of(before))
    [kept] = looked_at(olga, show, plan_of(replace(before, **differently))).difference.kept  # type: ignore[arg-type]
    assert list(kept.changes) == changes


def test_seats_are_the_same_by_the_ids_of_their_plan_where_those_are_unique(olga: Asker, show: Show) -> None:
    give(olga, show, plan_of(seat("A1", plan_seat_id="one"), seat("A2", plan_seat_id="two")))
    found = looked_at(olga, show, plan_of(seat("A1", plan_seat_id="two"), seat("A2", plan_seat_id="one")))
    renamed = {one.before.seat_number: one.after.seat.seat_number for one in found.difference.changed}
    assert renamed == {"A1": "A2", "A2": "A1"}


def test_seats_are_the_same_by_their_numbers_where_ids_repeat_or_are_missing(olga: Asker, show: Show) -> None:
    give(olga, show, plan_of(seat("A1", plan_seat_id="x"), seat("A2", plan_seat_id="x"), "A3"))
    found = looked_at(olga, show, plan_of(seat("A2", plan_seat_id="x"), seat("A3", plan_seat_id="new"), "A4"))
    assert counts(found) == {"added": 1, "removed": 1}
    assert [one.seat_number for one in found.difference.removed] == ["A1"]
    assert [one.seat.seat_number for one in found.difference.added] == ["A4"]


def test_a_seat_whose_id_is_gone_is_looked_for_by_its_number(olga: Asker, show: Show) -> None:
    give(olga, show, plan_of(seat("A1", plan_seat_id="one"), seat("A2", plan_seat_id="two")))
    found = looked_at(olga, show, plan_of(seat("A1", plan_seat_id="three"), seat("B2", plan_seat_id="two")))
    assert counts(found) == {"renumbered": 1}


def test_a_stage_that_changes_is_a_difference_without_a_seat(olga: Asker, show: Show) -> None:
    give(olga, show, plan_of("A1", areas=[STAGE]))
    found = looked_at(olga, show, plan_of("A1", areas=[replace(STAGE, label="Screen")]))
    assert (found.difference.areas_change, found.difference.is_nothing, counts(found)) == (True, False, {})


def test_whoever_has_a_seat_that_is_different_is_told_of(scene: Scene, olga: Asker, show: Show) -> None:
    give(olga, show, plan_of("A1", "A2", "A3", "A4"))
    bruno, bert = scene.user("Bruno"), scene.user("Bert")
    scene.hold(bruno, show, "A1", "A3")
    scene.hold(bert, show, "A2")
    found = looked_at(olga, show, plan_of(seat("A1", row="AA"), "A3", "A4"))
    assert [(one.before.seat_number, holder.name, holder.how) for one, holder in found.touched] == [
        ("A1", "Bruno", "held")
    ]
    assert [(one.seat_number, holder.name, holder.how) for one, holder in found.in_the_way] == [("A2", "Bert", "held")]


def test_looking_changes_nothing(scene: Scene, olga: Asker, show: Show) -> None:
    give(olga, show, plan_of("A1", "A2"))
    before = scene.rows("SELECT * FROM all_seats ORDER BY id"), scene.rows("SELECT * FROM shows")
    looked_at(olga, show, plan_of("B1"))
    assert (scene.rows("SELECT * FROM all_seats ORDER BY id"), scene.rows("SELECT * FROM shows")) == before
