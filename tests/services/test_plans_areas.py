"""What a plan draws beside its seats: every shape a polygon, the stage known by its words, nothing that harms."""

import json
from math import dist
from typing import Any

import pytest

from webapp.services.plans import Plan, PlanArea, read_plan
from webapp.services.plans.wording import names_stage

SEAT = {"seat_number": "1", "seat_guid": "1", "position": {"x": 0, "y": 0}, "category": "A"}
ROWS = [{"row_number": "A", "position": {"x": 0, "y": 0}, "seats": [SEAT]}]


def at(x: float, y: float) -> dict[str, float]:
    """A position as the file has it."""
    return {"x": x, "y": y}


def read(*areas: Any, x: float = 0, y: float = 0) -> Plan:
    """The plan with one seat and these areas, in a zone that stands at x and y."""
    zone = {"name": "S", "position": at(x, y), "rows": ROWS, "areas": list(areas)}
    return read_plan("plan.json", json.dumps({"categories": [{"name": "A"}], "zones": [zone]}).encode())


def drawn(area: Any, **more: Any) -> PlanArea:
    """How this area is drawn, without a word about it."""
    plan = read(area, **more)
    assert plan.oddities == []
    [found] = plan.areas
    return found


def test_a_rectangle_is_drawn_from_its_corner_where_zone_and_area_put_it() -> None:
    area = {"shape": "rectangle", "position": at(10, 20), "rectangle": {"width": 4, "height": 2}, "text": {"text": " "}}
    assert drawn(area, x=100, y=200) == PlanArea(
        kind="area", label=None, points=[(110, 220), (114, 220), (114, 222), (110, 222)]
    )


def test_an_area_is_turned_around_its_own_position() -> None:
    area = {"shape": "rectangle", "position": at(10, 20), "rectangle": {"width": 4, "height": 2}, "rotation": 90}
    assert drawn(area).points == [(10, 20), (10, 24), (8, 24), (8, 20)]


def test_a_rectangle_of_the_older_form_has_its_size_and_its_text_in_itself() -> None:
    area = {"position": at(1, 2), "width": 3, "height": 4, "text": "Stage", "color": "red"}
    assert drawn(area) == PlanArea(kind="stage", label="Stage", points=[(1, 2), (4, 2), (4, 6), (1, 6)])


def test_a_circle_is_drawn_around_its_position() -> None:
    points = drawn({"shape": "circle", "position": at(50, 60), "circle": {"radius": 7}}).points
    assert len(points) == 32
    assert {round(dist(point, (50, 60)), 2) for point in points} == {7.0}


def test_an_ellipse_has_two_radii() -> None:
    points = drawn({"shape": "ellipse", "position": at(0, 0), "ellipse": {"radius": at(9, 3)}}).points
    assert (max(x for x, _ in points), max(y for _, y in points)) == (9, 3)


def test_a_polygon_is_drawn_from_its_points() -> None:
    area = {"shape": "polygon", "position": at(5, 5), "polygon": {"points": [at(0, 0), at(2, 0), at(1, 3)]}}
    assert drawn(area).points == [(5, 5), (7, 5), (6, 8)]


def test_a_text_is_as_large_as_its_words() -> None:
    text = {"text": "Bar\tleft ", "size": 10, "position": at(0, 0)}
    area = drawn({"shape": "text", "position": at(100, 50), "text": text})
    assert area.label == "Bar left"
    assert area.points == [(76, 45), (124, 45), (124, 55), (76, 55)]


@pytest.mark.parametrize(
    "label",
    ["Stage", "THE STAGE", "Bühne", "Hauptbühne", "Scène", "Escenario", "Lava", "päälava", "Näyttämö", "Scen", "Podium",
     "Storscenen", "Palcoscenico", "Сцена", "舞台", "Leinwand"],
)  # fmt: skip
def test_the_stage_is_known_by_its_words(label: str) -> None:
    assert names_stage(label)


@pytest.mark.parametrize("label", [None, "", "Bar", "Backstage", "Scenery", "Orchestra pit", "Stagecoach", "Lavatory"])
def test_other_words_are_no_stage(label: str | None) -> None:
    assert not names_stage(label)


@pytest.mark.parametrize(
    "area",
    [
        7,
        None,
        {},
        [],
        {"shape": "spiral"},
        {"shape": 7},
        {"shape": ["rectangle"]},
        {"shape": "rectangle"},
        {"shape": "rectangle", "rectangle": 4},
        {"shape": "rectangle", "rectangle": {"width": "4", "height": 2}},
        {"shape": "rectangle", "rectangle": {"width": 0, "height": 0}},
        {"shape": "rectangle", "rectangle": {"width": 4, "height": 10**9}},
        {"shape": "rectangle", "rectangle": {"width": 4, "height": 2}, "rotation": "90"},
        {"shape": "rectangle", "rectangle": {"width": 4, "height": 2}, "position": {"x": 1}},
        {"shape": "rectangle", "rectangle": {"width": 4, "height": 2}, "text": {"text": "\u202eegats"}},
        {"shape": "rectangle", "rectangle": {"width": 4, "height": 2}, "text": {"text": "x" * 121}},
        {"shape": "rectangle", "rectangle": {"width": 4, "height": 2}, "text": {"text": ["x"]}},
        {"shape": "circle", "circle": {"radius": True}},
        {"shape": "ellipse", "ellipse": {"radius": 4}},
        {"shape": "polygon", "polygon": {"points": [at(0, 0), at(1, 1)]}},
        {"shape": "polygon", "polygon": {"points": "x"}},
        {"shape": "polygon", "polygon": {"points": [at(n, n * n) for n in range(201)]}},
        {"shape": "text", "text": {"text": ""}},
        {"shape": "text", "text": {"text": "Bar", "size": 10**9}},
    ],
    ids=lambda area: json.dumps(area)[:60],
)
def test_an_area_that_cannot_be_drawn_is_left_out_and_reported_and_the_seats_are_read(area: Any) -> None:
    plan = read({"shape": "circle", "circle": {"radius": 7}}, area)
    assert (len(plan.seats), len(plan.areas)) == (1, 1)
    assert [oddity.split(" (")[0] for oddity in plan.oddities] == ["1 area that cannot be drawn, left out"]


def test_areas_that_are_no_list_harm_nobody() -> None:
    data = {"categories": [{"name": "A"}], "zones": [{"name": "S", "rows": ROWS, "areas": 7}]}
    plan = read_plan("plan.json", json.dumps(data).encode())
    assert (len(plan.seats), plan.areas) == (1, [])


def test_of_countless_areas_the_first_two_hundred_are_drawn() -> None:
    plan = read(*[{"shape": "circle", "circle": {"radius": 7}}] * 203)
    assert len(plan.areas) == 200
    assert plan.oddities == [
        "3 areas left out, since a plan draws 200 at most (without a name; without a name; without a name)."
    ]
