"""The form with which seats are blocked for the house, or released."""

from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, IntegerField, StringField, TextAreaField

from webapp.forms.base import Form
from webapp.forms.show_details import which_of_two
from webapp.schemas.moments import is_shown_twice


class HouseSeatsForm(Form):
    """What is said of the chosen seats."""

    reason = StringField("Reason")
    release_at = DateTimeLocalField("Released at")
    release_at_fold = which_of_two()
    release_hours_before = IntegerField("Or hours before each show")
    seat_ranges = TextAreaField("Seats by their numbers")

    def is_of_two(self, timezone: str) -> bool:
        """Whether the release time is one that the clocks there show twice."""
        reading = self.release_at.data
        return isinstance(reading, datetime) and 1 < reading.year < 9999 and is_shown_twice(reading, ZoneInfo(timezone))
