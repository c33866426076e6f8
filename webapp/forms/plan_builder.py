"""The forms of the plan builder: what is asked about a hall's blocks of rows, its stage and its other areas."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from webapp.forms.base import Form
from webapp.services.plans.building import STARTS, RowBlock, SketchArea


class NewSketchForm(Form):
    """A plan to be drawn."""

    name = StringField("Name of the plan")
    start = RadioField(
        "Begin with", choices=[SelectChoice(name, start.title) for name, start in STARTS.items()], default="rows"
    )


class SaveForm(Form):
    """Where a drawn plan is to be kept."""

    venue = StringField("Venue")
    timezone = StringField("Time zone of the venue", default="UTC")
    name = StringField("Name of the plan")
    as_next_version = BooleanField("If the venue has a plan of this name, this is its next version")


class BlockForm(Form):
    """A block of rows."""

    section = StringField("Section")
    category = StringField("Category")
    rows = IntegerField("Rows")
    seats = StringField("Seats per row")
    growth = IntegerField("More seats in each row behind")
    align = SelectField(
        "Rows line up",
        choices=[
            SelectChoice("left", "on the left"),
            SelectChoice("centre", "in the middle"),
            SelectChoice("right", "on the right"),
        ],
    )
    seat_spacing = IntegerField("From seat to seat (cm)")
    row_spacing = IntegerField("From row to row (cm)")
    bend = IntegerField("Bend (degrees)")
    x = IntegerField("To the right (cm)")
    y = IntegerField("Away from the stage (cm)")
    turn = IntegerField("Turned clockwise (degrees)")
    row_names = SelectField(
        "Rows are called",
        choices=[
            SelectChoice("letters", "A, B … Z, AA, AB"),
            SelectChoice("doubled", "A, B … Z, AA, BB"),
            SelectChoice("numbers", "1, 2, 3 …"),
        ],
    )
    first_row = StringField("First row")
    skips_i_and_o = BooleanField("Leave out the letters I and O")
    rows_from = SelectField(
        "Counted from", choices=[SelectChoice("front", "the front"), SelectChoice("back", "the back")]
    )
    numbering = SelectField(
        "Seats are numbered",
        choices=[
            SelectChoice("left", "1 2 3 4 5 6, from the left"),
            SelectChoice("right", "6 5 4 3 2 1, from the right"),
            SelectChoice("odd_left", "5 3 1 2 4 6, odd on the left"),
            SelectChoice("odd_right", "6 4 2 1 3 5, odd on the right"),
            SelectChoice("twos_left", "1 3 5 7 9, every second, from the left"),
            SelectChoice("twos_right", "9 7 5 3 1, every second, from the right"),
        ],
    )
    first_number = IntegerField("First number")
    aisles = StringField("Aisles after seats")
    aisle_width = IntegerField("Width of an aisle (cm)")
    left_out = StringField("Seats left out")
    wheelchairs = StringField("Places for wheelchairs")
    companions = StringField("Seats for companions")
    step_free_rows = StringField("Rows without a step")
    other_categories = TextAreaField("Seats of other categories")


class AreaForm(Form):
    """The stage, or another area."""

    label = StringField("What it is called")
    shape = SelectField(
        "Shape",
        choices=[
            SelectChoice("rectangle", "Rectangle"),
            SelectChoice("arc", "With a round front"),
            SelectChoice("ellipse", "Round"),
        ],
    )
    width = IntegerField("Width (cm)")
    depth = IntegerField("Depth (cm)")
    x = IntegerField("To the right (cm)")
    y = IntegerField("Down (cm)")
    turn = IntegerField("Turned clockwise (degrees)")


def as_typed(described: RowBlock | SketchArea) -> Mapping[str, Any]:
    """The fields of a block or area as its form shows them: lists of numbers as one types them."""
    return {
        name: ", ".join(map(str, value)) if isinstance(value, tuple) else value
        for name, value in asdict(described).items()
    }
