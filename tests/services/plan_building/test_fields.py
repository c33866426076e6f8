"""The fields of a block as forms send them: the same as those of a sketch, and told in sentences where they are not."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

import pytest
from pydantic import ValidationError

from tests.services.plan_building.sketches import by_chance, one_block
from webapp.forms.plan_builder import AreaForm, BlockForm, as_typed
from webapp.questions import sentence_of
from webapp.schemas.plan_builder import AreaFields, BlockFields, NewSketch
from webapp.services.plans.building import RowBlock, SketchArea


def sent(shown: Mapping[str, Any]) -> dict[str, str]:
    """What a form with this in its fields sends: text alone, nothing where a box is not ticked."""
    return {name: str(value) for name, value in shown.items() if name != "id" and value is not False and value != ""}


def typed(**changed: Any) -> dict[str, str]:
    """What the form of a block sends with some other fields."""
    return sent({**as_typed(one_block(left_out="A1").blocks[0]), **changed})


def test_forms_ask_for_every_field_of_a_block_and_of_an_area() -> None:
    for made, asked, form in ((RowBlock, BlockFields, BlockForm), (SketchArea, AreaFields, AreaForm)):
        names = {field.name for field in fields(made)} - {"id"}
        assert set(asked.model_fields) == names
        assert {name for name in vars(form) if not name.startswith("_")} >= names


@pytest.mark.parametrize("seed", range(10))
def test_what_a_form_shows_of_a_block_it_sends_back_as_it_was(seed: int) -> None:
    block = by_chance(seed).blocks[0]
    asked = BlockFields.model_validate(sent(as_typed(block)), strict=False)
    assert {"id": block.id, **asked.model_dump()} == asdict(block)


@pytest.mark.parametrize(
    ("text", "seats"), [("20", (20,)), (" 20,21 , 22 ", (20, 21, 22)), ("20 20\n22", (20, 20, 22)), ("7;8", (7, 8))]
)
def test_seats_are_typed_as_one_number_or_several(text: str, seats: tuple[int, ...]) -> None:
    assert BlockFields.model_validate(typed(seats=text), strict=False).seats == seats


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("rows", "0", "Must be a whole number from 1 to 200."),
        ("rows", "many", "Must be a whole number from 1 to 200."),
        ("rows", "9" * 5_000, "Must be a whole number from 1 to 200."),
        ("rows", "2.5", "Must be a whole number from 1 to 200."),
        ("x", "-60000", "Must be a whole number from -50,000 to 50,000."),
        ("seats", "twenty", "Must be one whole number or several, such as 20, 20, 22."),
        ("seats", "20, 501", "Must be a whole number from 1 to 500."),
        ("aisles", "3, -5", "Must be one whole number or several, such as 20, 20, 22."),
        ("section", "St\u200balls", "The character U+200B ZERO WIDTH SPACE cannot be used"),
    ],
)
def test_what_a_field_cannot_be_is_told_in_a_sentence(field: str, text: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        BlockFields.model_validate(typed(**{field: text}), strict=False)
    [problem] = refused.value.errors()
    assert problem["loc"][0] == field
    assert sentence_of(problem).startswith(sentence)


def test_a_field_that_is_left_empty_is_asked_for_where_it_is_needed() -> None:
    with pytest.raises(ValidationError) as refused:
        BlockFields.model_validate(typed(rows="", section="", aisles=""), strict=False)
    assert [(problem["loc"], sentence_of(problem)) for problem in refused.value.errors()] == [
        (("section",), "This is needed."),
        (("rows",), "This is needed."),
    ]


def test_a_plan_begins_with_a_hall_that_there_is() -> None:
    assert NewSketch(name="  Town   Hall ", start="fan").name == "Town Hall"
    with pytest.raises(ValidationError, match="one of the halls"):
        NewSketch(name="Town Hall", start="stadium")
