"""The record of a run: one line for each thing that somebody asked, with what they were told and when.

All moments are seconds since 1970 by the clock of one machine, on which both the crowd and the database run.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import IO, Literal, Self

# `lock`: nobody's wish, but the harness kept the row of a reservation locked all the while, so that others had to wait.
Verb = Literal["hold", "confirm", "release", "lock"]
# `unknown`: no answer came, or one that does not say; it may have been done, or may yet be.
Outcome = Literal["ok", "refused", "unknown"]


@dataclass(frozen=True, slots=True)
class Operation:
    """What one buyer asked of seats and was told.

    `reservations` and `expiries` are in the order of `seats`: those a hold was given, or those that were to be
    confirmed or released. `why` is the refusal's name or the error; `taken` are the seats that a refused hold was told
    somebody has. `is_repeated`: asked more than once without a key, and answered for the last time only.
    """

    who: int
    verb: Verb
    seats: tuple[int, ...]
    invoked: float
    returned: float
    outcome: Outcome
    reservations: tuple[int, ...] = ()
    expiries: tuple[float, ...] = ()
    why: str | None = None
    taken: tuple[int, ...] = ()
    is_repeated: bool = False

    @classmethod
    def of(cls, line: str) -> Self:
        """The operation that a line of a record tells of."""
        told = json.loads(line)
        for name in ("seats", "reservations", "expiries", "taken"):
            told[name] = tuple(told.get(name, ()))
        return cls(**told)

    @property
    def line(self) -> str:
        """The operation as a line of a record; what is empty is left out."""
        told = {name: value for name, value in asdict(self).items() if value not in ((), None)}
        if not self.is_repeated:
            del told["is_repeated"]
        return json.dumps(told)


class Recorder:
    """Writes operations to a file as they end; for many threads."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._lock = Lock()

    def write(self, operation: Operation) -> None:
        """Add one operation."""
        line = operation.line + "\n"
        with self._lock:
            self._file.write(line)


def read(paths: Iterable[Path]) -> Iterator[Operation]:
    """All operations of these records, one record after the other."""
    for path in paths:
        with path.open() as file:
            yield from map(Operation.of, file)
