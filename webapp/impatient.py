"""Callers who ask again before they may, remembered by each process: they cost no statement, and wait for their no.

So who floods the site over some connections, as fast as it answers, is answered a few times a second, and the
processors are there for others. Nothing is decided here: a caller is remembered until the moment that the database
told them to wait for.
"""

from dataclasses import replace
from time import monotonic, sleep

from webapp.services.allowances import Spent
from webapp.services.asker import Asker

# A greenlet that sleeps costs next to nothing; but each has a connection of those that the worker serves.
SECONDS_TO_WAIT = 0.5
MOST_WAITING = 200
MOST_REMEMBERED = 10_000


class Impatient:
    """Who was refused of late, by anything that tells one caller in one lane from others."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[float, Spent, Asker | None]] = {}
        self._waiting = 0

    def __bool__(self) -> bool:
        """Whether there is anybody."""
        return bool(self._told)

    def remember(self, caller: str, spent: Spent, asker: Asker | None) -> None:
        """Keep what this caller was just told, who was refused, and who it is."""
        if len(self._told) >= MOST_REMEMBERED:
            self._told.clear()
        self._told[caller] = (monotonic(), spent, asker)

    def told(self, caller: str) -> tuple[Spent, Asker | None] | None:
        """What this caller was told, as it is by now, and who it is; None for who may ask."""
        known = self._told.get(caller)
        if known is None:
            return None
        since, spent, asker = known
        now = replace(spent, seconds=spent.seconds - (monotonic() - since))
        if now.may_go_on:
            self._told.pop(caller, None)
            return None
        return now, asker

    def wait(self) -> None:
        """Let the one at hand wait for their no, unless very many do."""
        if self._waiting >= MOST_WAITING:
            return
        self._waiting += 1
        try:
            sleep(SECONDS_TO_WAIT)
        finally:
            self._waiting -= 1

    def forget(self) -> None:
        """Forget everybody."""
        self._told.clear()
