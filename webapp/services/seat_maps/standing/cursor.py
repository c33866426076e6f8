"""How far somebody has read the changes of a show."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 120  # characters; what we write is shorter


@dataclass(frozen=True, slots=True)
class Cursor:
    """A point in the changes of one show: all that transactions below `horizon` changed is known, and which holds had
    lapsed at `now`.

    Transaction ids and clocks are those of one database: `cluster` names it and the show, and with another one a reader
    starts over.
    """

    cluster: str
    horizon: int
    now: datetime
    plan_version: int

    def __str__(self) -> str:
        microseconds = (self.now - EPOCH) // timedelta(microseconds=1)
        return f"{self.cluster}.{self.horizon}.{microseconds}.{self.plan_version}"

    @classmethod
    def read(cls, written: str) -> Self | None:
        """The cursor that was written so; None for anything else."""
        if len(written) > LONGEST or not written.isascii():
            return None
        cluster, *numbers = written.split(".")
        if len(numbers) != 3 or not all(number.isdigit() for number in numbers):
            return None
        horizon, microseconds, plan_version = map(int, numbers)
        if horizon >= 2**63 or plan_version >= 2**31:
            return None
        try:
            now = EPOCH + timedelta(microseconds=microseconds)
        except OverflowError:
            return None
        return cls(cluster, horizon, now, plan_version)
