"""Requests that a process has answered and not booked yet, a few of each caller: so that not every one of them costs a
statement that writes.

The table of all processes is behind by as much, and no further: a caller gets at most so many more in each process.
"""

from dataclasses import dataclass, replace
from time import monotonic

from webapp.services import allowances
from webapp.services.allowances import WINDOW_SECONDS, Spent

# How many are booked together at most; fewer where the quota is small, and each by itself where it is very small.
MOST_TOGETHER = 8
SHARE_OF_QUOTA = 60
MOST_REMEMBERED = 10_000


@dataclass(frozen=True)
class Tally:
    """How many requests of a caller are not booked, since when, and how the caller stood when they last were; and how
    many more are just being booked."""

    unbooked: int
    since: float
    booked: Spent
    under_way: int = 0


class Tallies:
    """The tallies of a process, by lane and caller."""

    def __init__(self) -> None:
        self._tallies: dict[tuple[str, str], Tally] = {}

    def pay(self, lane: str, caller: str, quota: int) -> Spent:
        """Have the caller pay for a request: with the ones before it, or with those to come.

        Those that nobody has booked for a whole window are forgotten.
        """
        now = monotonic()
        known = self._tallies.get((lane, caller))
        if known is None or now - known.since > WINDOW_SECONDS:
            known = Tally(0, now, Spent(lane, caller, quota, WINDOW_SECONDS, 0.0, is_refused=False))
        together = max(1, min(MOST_TOGETHER, quota // SHARE_OF_QUOTA))
        # Whoever asks much at once does not get ahead of what the table says: beyond this each is booked by itself.
        is_far_ahead = known.unbooked + known.under_way >= 2 * (together - 1)
        if known.unbooked + 1 < together and not is_far_ahead:
            counted = replace(known, unbooked=known.unbooked + 1)
            self._remember((lane, caller), counted)
            return self._as_it_stands(counted, now)
        # Those who come meanwhile begin anew, so that none is booked twice.
        self._remember((lane, caller), replace(known, unbooked=0, under_way=known.under_way + known.unbooked))
        spent = None
        try:
            spent = allowances.pay(lane, caller, quota, units=known.unbooked + 1)
            return spent
        finally:
            owed = known.unbooked if spent is None or spent.is_refused else 0
            meanwhile = self._tallies.get((lane, caller), replace(known, unbooked=0))
            under_way = max(0, meanwhile.under_way - known.unbooked)
            self._remember((lane, caller), Tally(meanwhile.unbooked + owed, now, spent or known.booked, under_way))

    def give_back(self, spent: Spent) -> bool:
        """Undo one request of those that are not booked; False where there is none."""
        known = self._tallies.get((spent.lane, spent.caller))
        if known is None or not known.unbooked:
            return False
        self._tallies[spent.lane, spent.caller] = replace(known, unbooked=known.unbooked - 1)
        return True

    def forget(self) -> None:
        """Forget everybody."""
        self._tallies.clear()

    def _remember(self, key: tuple[str, str], tally: Tally) -> None:
        if len(self._tallies) >= MOST_REMEMBERED:
            self._tallies.clear()
        self._tallies[key] = tally

    @staticmethod
    def _as_it_stands(tally: Tally, now: float) -> Spent:
        each = tally.booked.window / tally.booked.quota
        seconds = max(0.0, tally.booked.seconds - (now - tally.since)) + (tally.unbooked + tally.under_way) * each
        return replace(tally.booked, seconds=seconds, is_refused=False)
