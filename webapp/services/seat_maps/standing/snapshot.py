"""How the seats of a show stood at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from webapp.services.refusals import Closed
from webapp.services.seat_maps.standing.change_log import ChangeLog
from webapp.services.seat_maps.standing.cursor import Cursor
from webapp.services.seat_maps.standing.show_rules import ShowRules
from webapp.services.seat_maps.standing.show_times import ShowTimes


class Taken(NamedTuple):
    """What has a seat: a hold that is not over at `hold_expiry`, or a sale; of nobody where the house keeps it."""

    reservation_id: int
    user_id: int | None
    status: Literal["HELD", "CONFIRMED"]
    hold_expiry: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How the seats of a show stood at `now`, by which rules, and which plan they belonged to; it never changes.

    `taken` has the seats that were not free, by id: a lapsed hold is not among them, marked or not. It has been the
    same since `taken_since`. `cursor` is where the changes go on from here; `position` and `log` are for whoever
    follows them in this process.
    """

    show_id: int
    plan_version: int
    cursor: str
    now: datetime
    times: ShowTimes
    rules: ShowRules
    taken: Mapping[int, Taken]
    taken_since: datetime
    read_to: Cursor = field(repr=False)
    position: int = field(repr=False)
    log: ChangeLog = field(repr=False, compare=False)

    @property
    def closed(self) -> Closed | None:
        """Why no seat can be had; None while seats can."""
        return self.times.closed(self.now)
