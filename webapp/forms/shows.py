"""The forms with which an organizer sets up the seats of a show, their prices and how they are sold."""

from collections.abc import Sequence

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from webapp.formats import amount
from webapp.forms.base import EditionForm, Form
from webapp.services.seat_maps import Category


class SeatsForm(Form):
    """Seats by their labels."""

    labels = TextAreaField("Seat numbers")
    category = StringField("Category")
    price = StringField("Price")


class RulesForm(EditionForm):
    """How the seats of a show are sold."""

    lonely_seats = RadioField(
        "When a choice leaves one empty seat between taken ones",
        choices=[
            SelectChoice("off", "Hold it"),
            SelectChoice("warn", "Hold it, and tell the buyer how to move by a seat"),
            SelectChoice("enforce", "Do not hold it, and offer the choices that leave none"),
        ],
    )
    accessible_seats_released = BooleanField("Release the places for wheelchairs and companions to everybody")


def prices_form(categories: Sequence[Category], currency: str) -> type[EditionForm]:
    """The form with a price for each of these categories."""
    fields = {
        f"price-{category.id}": StringField(category.name, default=amount(category.price, currency))
        for category in categories
    }
    names = {f"prices/{category.name}": f"price-{category.id}" for category in categories}
    shown = {"as_shown": lambda _form, _name, recorded: amount(recorded, currency)}
    return type("PricesForm", (EditionForm,), {**fields, **shown, "recorded_as": names})
