"""One run of a function for all who ask at once."""

from collections import Counter
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Result = TypeVar("Result")
Key = TypeVar("Key", bound=Hashable)


class Rounds(Generic[Result]):
    """Runs of one function, never two at a time; whoever asks gets the result of a run that begins afterwards.

    So callers share runs, and each still reads what it has written before. An error reaches all who share its run.
    """

    def __init__(self, run: Callable[[], Result]) -> None:
        self._run = run
        self._lock = Lock()
        self._running: Future[Result] | None = None
        self._coming: Future[Result] | None = None

    def result(self) -> Result:
        """The result of a run that begins after this call."""
        with self._lock:
            shared, before = self._coming, self._running
            if shared is None:
                mine: Future[Result] = Future()
                self._coming = mine
        if shared is not None:
            return shared.result()
        try:
            if before is not None:
                before.exception()  # waits until it is over, however it ends
            with self._lock:
                self._coming, self._running = None, mine
            result = self._run()
        except BaseException as error:
            self._over(mine)
            mine.set_exception(error)
            raise
        self._over(mine)
        mine.set_result(result)
        return result

    def _over(self, mine: "Future[Result]") -> None:
        with self._lock:
            if self._running is mine:
                self._running = None
            if self._coming is mine:
                self._coming = None


class KeyedRounds(Generic[Key, Result]):
    """Rounds of their own for each key that the function is asked about, remembered while anybody waits for them."""

    def __init__(self, run: Callable[[Key], Result]) -> None:
        self._run = run
        self._lock = Lock()
        self._rounds: dict[Key, Rounds[Result]] = {}
        self._asking: Counter[Key] = Counter()

    def result(self, key: Key) -> Result:
        """The result of a run for this key that begins after this call."""
        with self._lock:
            rounds = self._rounds.setdefault(key, Rounds(lambda: self._run(key)))
            self._asking[key] += 1
        try:
            return rounds.result()
        finally:
            with self._lock:
                self._asking[key] -= 1
                if not self._asking[key]:
                    del self._asking[key], self._rounds[key]
