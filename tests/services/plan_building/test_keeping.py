"""Sketches kept as JSON: read back as they were, and nothing that was changed by hand."""

import json
from typing import Any

import pytest

from tests.services.plan_building.sketches import by_chance, one_block
from webapp.services.plans.building import STARTS, from_json, to_json
from webapp.services.plans.building.area_acts import add_area, set_stage
from webapp.services.refusals import Invalid


@pytest.mark.parametrize("seed", range(20))
def test_a_sketch_is_read_back_as_it_was(seed: int) -> None:
    sketch = add_area(set_stage(by_chance(seed), label="Stage", shape="arc"), label="Bär", turn=-20)
    assert from_json(json.loads(json.dumps(to_json(sketch)))) == sketch


@pytest.mark.parametrize("start", STARTS)
def test_so_is_every_ready_made_hall(start: str) -> None:
    sketch = STARTS[start].sketch("My hall")
    assert from_json(json.loads(json.dumps(to_json(sketch)))) == sketch


def kept() -> Any:
    return json.loads(json.dumps(to_json(set_stage(one_block(), label="Stage"))))


@pytest.mark.parametrize("form", [2, 0, "1", None, True, 1.5])
def test_a_sketch_of_another_form_is_refused(form: object) -> None:
    with pytest.raises(Invalid, match="no sketch of a plan"):
        from_json({**kept(), "form": form})


@pytest.mark.parametrize("nothing", [None, [], "{}", 3, {}])
def test_what_is_no_sketch_is_refused(nothing: object) -> None:
    with pytest.raises(Invalid, match="no sketch of a plan"):
        from_json(nothing)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rows", 0),
        ("rows", 201),
        ("rows", "3"),
        ("rows", 3.5),
        ("rows", True),
        ("rows", None),
        ("rows", 10**30),
        ("seats", []),
        ("seats", [501]),
        ("seats", 6),
        ("seats", [6] * 201),
        ("bend", 341),
        ("x", 50_001),
        ("x", float("nan")),
        ("turn", 181),
        ("align", "middle"),
        ("numbering", "up"),
        ("aisles", [0]),
        ("aisles", [1] * 21),
        ("section", ""),
        ("section", "  "),
        ("section", "x" * 61),
        ("section", "St\u202ealls"),
        ("section", "St\x00alls"),
        ("section", "St\ud800alls"),
        ("left_out", "A" * 4_001),
        ("skips_i_and_o", "yes"),
        ("colour", "red"),
        ("id", 0),
        ("id", 2),
    ],
)
def test_a_field_changed_by_hand_is_refused(field: str, value: object) -> None:
    sketch = kept()
    sketch["blocks"][0][field] = value
    with pytest.raises(Invalid, match="cannot be read"):
        from_json(sketch)


def test_a_field_that_is_missing_is_refused() -> None:
    sketch = kept()
    del sketch["blocks"][0]["category"]
    with pytest.raises(Invalid, match="blocks/0/category"):
        from_json(sketch)


@pytest.mark.parametrize(
    "change",
    [
        {"blocks": [kept()["blocks"][0]] * 2},
        {"next_id": 1},
        {"stage": {**kept()["stage"], "id": 1}},
        {"stage": []},
        {"blocks": {}},
        {"name": None},
        {"colour": "red"},
    ],
)
def test_a_sketch_changed_by_hand_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        from_json({**kept(), **change})


def test_too_many_blocks_or_areas_are_refused() -> None:
    block, area = kept()["blocks"][0], kept()["stage"]
    with pytest.raises(Invalid, match="at most 200 blocks"):
        from_json({**kept(), "stage": None, "next_id": 999, "blocks": [{**block, "id": id_} for id_ in range(1, 202)]})
    with pytest.raises(Invalid, match="at most 50 areas"):
        from_json({**kept(), "next_id": 999, "areas": [{**area, "id": 100 + id_} for id_ in range(51)]})
