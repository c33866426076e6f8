"""What an organizer's forms ask about a show as a whole: times are what a clock at the venue shows."""

from typing import Any

from pydantic import model_validator

from webapp.schemas.base import Line
from webapp.schemas.moments import at_venue
from webapp.schemas.show_details import EditionSeen, ShowDetails

TIMES = ("starts_at", "on_sale_at", "off_sale_at")


class ShowDetailsInForm(ShowDetails):
    """A show as a form asks for it."""

    @model_validator(mode="before")
    @classmethod
    def _at_venue(cls, fields: dict[str, Any]) -> dict[str, Any]:
        return at_venue(fields, TIMES)


class ShowChangeInForm(ShowDetailsInForm, EditionSeen):
    """A show's details as they are to be; `confirmed` by somebody who knows how many buyers it touches."""

    confirmed: bool = False

    def details(self) -> dict[str, Any]:
        """The details alone."""
        return self.model_dump(exclude={"edition", "confirmed"})


class PictureInForm(EditionSeen):
    """What is sent beside a picture's file: what it shows in words."""

    alt: Line
