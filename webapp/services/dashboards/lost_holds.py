"""Holds that never became a sale: how many, and how long they lasted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

# A hold lasts at most so long (a constraint of the reservations).
MOST_MINUTES = 20
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Minute:
    """The lost holds that ended in this minute of theirs, counted from 1: those that ran out, and those given back."""

    minute: int
    expired: int
    released: int


@dataclass(frozen=True, slots=True)
class LostHolds:
    """Of `over` holds that are over, those that came to nothing, by the minute in which they did.

    They were given back, by their buyers or by the cancellation of the show, or ran out. `median_minutes` is how long
    the middle one lasted, to a quarter of a minute; None without any.
    """

    over: int
    minutes: Sequence[Minute]
    median_minutes: float | None

    @property
    def expired(self) -> int:
        """How many ran out."""
        return sum(one.expired for one in self.minutes)

    @property
    def released(self) -> int:
        """How many were given back."""
        return sum(one.released for one in self.minutes)

    @property
    def lost(self) -> int:
        """How many came to nothing."""
        return self.expired + self.released

    @property
    def share(self) -> float | None:
        """The share of the holds that are over (0 to 1) that came to nothing; None before the first."""
        return self.lost / self.over if self.over else None

    @classmethod
    def among(cls, lost: Iterable[tuple[int, bool, int]], *, over: int) -> Self:
        """Of so many holds the lost: how many whole quarters of a minute, whether given back, and how many of those."""
        counts: Counter[tuple[int, bool]] = Counter()
        lengths: Counter[int] = Counter()
        for quarters, released, count in lost:
            # What ran out did so at the end of its last minute.
            minute = (quarters - (not released)) // QUARTERS + 1
            counts[min(max(minute, 1), MOST_MINUTES), released] += count
            lengths[quarters] += count
        longest = max((minute for minute, _ in counts), default=0)
        minutes = [Minute(number, counts[number, False], counts[number, True]) for number in range(1, longest + 1)]
        return cls(over, minutes, _median(lengths))


def _median(lengths: Counter[int]) -> float | None:
    left = (lengths.total() + 1) // 2
    for quarters in sorted(lengths):
        left -= lengths[quarters]
        if left <= 0:
            return quarters / QUARTERS
    return None
