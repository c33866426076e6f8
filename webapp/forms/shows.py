"""The forms with which an organizer sets up a show."""

from collections.abc import Sequence

from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, IntegerField, StringField, TextAreaField

from webapp.formats import amount
from webapp.forms.base import Form
from webapp.services.seat_maps import Category


class ShowForm(Form):
    """A new show."""

    title = StringField("Title")
    venue = StringField("Venue")
    starts_at = DateTimeLocalField("Starts at")
    timezone = StringField("Time zone of the venue")
    currency = StringField("Currency", default="EUR")
    seat_limit = IntegerField("Seats per buyer", default=10)


class SeatsForm(Form):
    """Seats by their labels."""

    labels = TextAreaField("Seat numbers")
    category = StringField("Category")
    price = StringField("Price", id="seats-price")  # the page has another


class PlanForm(Form):
    """A seating plan's file."""

    plan = FileField("Plan file")
    price = StringField("Price", id="plan-price")


def prices_form(categories: Sequence[Category], currency: str) -> type[Form]:
    """The form with a price for each of these categories."""
    fields = {
        f"price-{category.id}": StringField(category.name, default=amount(category.price, currency))
        for category in categories
    }
    return type("PricesForm", (Form,), fields)
