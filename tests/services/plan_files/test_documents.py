"""Plans kept as text: read back as they were, and nothing that was changed by hand."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.services.plan_building.sketches import by_chance
from webapp.services.plans import Plan, PlanArea, PlanCategory, PlanSeat, Renumbered
from webapp.services.plans.building import STARTS, build
from webapp.services.plans.documents import plan_from_json, plan_to_json
from webapp.services.refusals import Invalid

SEAT = PlanSeat(
    seat_number="ÖSTER-A-1#2",
    section="Öster \u2028 </script>",
    row="a",
    number="01",
    neighbour_order=-3,
    x=0.1 + 0.2,
    y=-1e-300,
    category='"',
    plan_seat_id="same",
    accessibility="companion",
    step_free=True,
)
ODD = Plan(
    name="\\",
    seats=[SEAT, replace(SEAT, seat_number="B1", x=None, y=None, accessibility=None, category=None, row=None)],
    categories=[PlanCategory(name='"', price=2_500), PlanCategory(name="Free", price=0), PlanCategory(name="?")],
    areas=[PlanArea(kind="stage", label=None, points=[(0.5, 1.5), (2.0, -0.25), (7.0, 7.0)])],
    oddities=["1 line without a row."],
    renumbered=[Renumbered(seat_number="ÖSTER-A-1#2", instead_of="ÖSTER-A-1", because="line 3 repeats line 2")],
)


@pytest.mark.parametrize("plan", [ODD, Plan(name=None, seats=[])])
def test_a_plan_is_read_back_as_it_was_written(plan: Plan) -> None:
    assert plan_from_json(plan_to_json(plan)) == plan


@pytest.mark.parametrize("seed", range(20))
def test_so_is_every_plan_that_was_drawn(seed: int) -> None:
    plan = build(by_chance(seed))
    assert plan_from_json(plan_to_json(plan)) == plan


def test_equal_plans_are_the_same_text_also_when_read_in_between() -> None:
    plan = build(STARTS["theatre"].sketch("Hall"))
    assert plan_to_json(plan_from_json(plan_to_json(plan))) == plan_to_json(build(STARTS["theatre"].sketch("Hall")))
    whole = replace(ODD, seats=[replace(SEAT, x=5, y=7)])
    assert plan_to_json(whole) == plan_to_json(replace(ODD, seats=[replace(SEAT, x=5.0, y=7.0)]))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["form"], 2),
        (["form"], None),
        (["more"], 1),
        (["plan"], None),
        (["plan", "name"], 7),
        (["plan", "more"], 1),
        (["plan", "seats"], {}),
        (["plan", "seats", 0, "x"], "5"),
        (["plan", "seats", 0, "x"], float("inf")),
        (["plan", "seats", 0, "neighbour_order"], 1.5),
        (["plan", "seats", 0, "accessibility"], "lift"),
        (["plan", "seats", 0, "step_free"], 1),
        (["plan", "seats", 0, "seat_number"], None),
        (["plan", "areas", 0, "points", 0], [1.0]),
    ],
)
def test_a_text_that_was_changed_by_hand_is_refused_by_its_place(path: list[Any], value: object) -> None:
    kept = json.loads(plan_to_json(ODD))
    place = kept
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(Invalid, match="This kept plan cannot be read: " + "/".join(map(str, path))):
        plan_from_json(json.dumps(kept))


@pytest.mark.parametrize("text", ["", "{", "null", "[" * 10_000])
def test_what_is_no_kept_plan_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="This kept plan cannot be read"):
        plan_from_json(text)
