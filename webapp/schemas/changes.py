"""What is asked and told about changes among the seats of a show."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from webapp.schemas.base import Answer, Question
from webapp.schemas.shows import SeatAvailability
from webapp.services.seat_maps.standing.cursor import LONGEST


class ChangesSince(Question):
    """From where the changes are read: the `cursor` of the last answer; without it, all seats that are not free."""

    since: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)] | None = None


class Changes(Answer):
    """How those seats stand now that changed, each once; `cursor` is where to go on.

    With `everything`, all seats that are not named are free. Where `plan_changed`, the seats of the show are others
    than before. `closed` is why no seat can be had, null while seats can.
    """

    cursor: str
    everything: bool
    plan_version: int
    plan_changed: bool
    closed: Literal["cancelled", "begun", "draft", "not yet", "ended"] | None
    seats: list[SeatAvailability]
