"""The forms about a show as a whole: its details, its picture, and the dates of its copies."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf.file import FileField
from wtforms import (
    DateField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from webapp.forms.base import EditionForm, Form
from webapp.schemas.moments import is_shown_twice, known_timezone
from webapp.schemas.show_forms import TIMES
from webapp.services.shows import Show

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AS_THEY_ARE = ("title", "description", "venue", "timezone", "currency", "seat_limit", "hold_minutes")
_ON_A_CLOCK = "%Y-%m-%dT%H:%M"


def which_of_two() -> RadioField:
    """The question which of two moments is meant that clocks show alike."""
    return RadioField(
        "Which of the two?",
        choices=[
            SelectChoice("0", "The first, before the clocks are put back"),
            SelectChoice("1", "The second, after the clocks were put back"),
        ],
    )


def _days_of_the_week() -> list[SelectChoice]:
    return [SelectChoice(number, day) for number, day in enumerate(WEEKDAYS)]


class _Details(Form):
    """What is asked about a show, be it new or not."""

    title = StringField("Title")
    description = TextAreaField("Description")
    venue = StringField("Venue")
    starts_at = DateTimeLocalField("Starts at", format=_ON_A_CLOCK)
    starts_at_fold = which_of_two()
    timezone = StringField("Time zone of the venue")
    on_sale_at = DateTimeLocalField("Sale begins", format=_ON_A_CLOCK)
    on_sale_at_fold = which_of_two()
    off_sale_at = DateTimeLocalField("Sale ends", format=_ON_A_CLOCK)
    off_sale_at_fold = which_of_two()
    currency = StringField("Currency", default="EUR")
    seat_limit = IntegerField("Seats per buyer", default=10)
    hold_minutes = IntegerField("Minutes a seat is held", default=10)

    def is_shown_twice(self, name: str) -> bool:
        """Whether the venue's clocks show the time in this field twice, so that one has to say which is meant."""
        reading = self[name].data
        try:
            zone = ZoneInfo(known_timezone(self.timezone.data or ""))
        except ValueError:
            return False
        return isinstance(reading, datetime) and 1 < reading.year < 9999 and is_shown_twice(reading, zone)


class NewShowForm(_Details):
    """A new show."""


class DetailsForm(_Details, EditionForm):
    """The details of a show there is."""

    def as_shown(self, name: str, recorded: Any) -> Any:
        """A recorded value as the form has it: a moment as what clocks in the zone that was typed show then."""
        if name not in TIMES or recorded is None:
            return recorded
        return on_clocks(datetime.fromisoformat(recorded), self.timezone.data or "UTC")


class PictureForm(EditionForm):
    """A picture and what it shows."""

    picture = FileField("Picture", id="picture-file")  # the page has a section of this name
    alt = StringField("What it shows, in words")


class DatesForm(Form):
    """Dates by a pattern, or one by one."""

    weekdays = SelectMultipleField("On these days of the week", choices=_days_of_the_week(), coerce=int)
    first_day = DateField("From")
    last_day = DateField("To")
    times = StringField("At these times")
    dates = TextAreaField("Dates, one a line")


def as_on_clocks(show: Show) -> Mapping[str, Any]:
    """The details of a show as its form has them: times as a clock at the venue shows them."""
    shown: dict[str, Any] = {name: getattr(show, name) for name in AS_THEY_ARE}
    for name in TIMES:
        moment = getattr(show, name)
        shown[name] = moment and on_clocks(moment, show.timezone)
        shown[f"{name}_fold"] = moment and str(moment.astimezone(ZoneInfo(show.timezone)).fold)
    return shown


def on_clocks(moment: datetime, timezone: str) -> datetime | None:
    """What a clock in the zone shows at the moment, to the minute; None where there is no such zone."""
    try:
        local = moment.astimezone(ZoneInfo(known_timezone(timezone)))
    except ValueError:
        return None
    return local.replace(tzinfo=None, fold=0, second=0, microsecond=0)
