"""Whoever asks at once shares one run, and it always begins after they asked."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event, Lock
from time import monotonic

import pytest

from tests.races import PATIENCE
from webapp.services.rounds import KeyedRounds, Rounds


class Runs:
    """A function that counts its runs, and stands still in each until it is let go."""

    def __init__(self) -> None:
        self.begun = 0
        self.at_once = 0
        self.most_at_once = 0
        self.gates = [Event() for _ in range(10)]
        self._lock = Lock()

    def __call__(self) -> int:
        with self._lock:
            number = self.begun
            self.begun += 1
            self.at_once += 1
            self.most_at_once = max(self.at_once, self.most_at_once)
        assert self.gates[number].wait(PATIENCE / 4)
        with self._lock:
            self.at_once -= 1
        return number

    def until_begun(self, how_many: int) -> None:
        deadline = monotonic() + PATIENCE
        while self.begun < how_many:
            assert monotonic() < deadline


def test_those_who_ask_during_a_run_share_the_next_one() -> None:
    runs = Runs()
    rounds = Rounds(runs)
    with ThreadPoolExecutor(12) as pool:
        first = pool.submit(rounds.result)
        runs.until_begun(1)
        later = [pool.submit(rounds.result) for _ in range(10)]
        deadline = monotonic() + PATIENCE / 8
        while rounds._coming is None:
            assert monotonic() < deadline
        assert not any(one.done() for one in later)
        for gate in runs.gates:
            gate.set()
        assert first.result(PATIENCE) == 0
        assert min(one.result(PATIENCE) for one in later) == 1  # none got the run that had begun before
    assert runs.most_at_once == 1
    assert runs.begun <= 12


def test_an_error_reaches_all_who_share_the_run_and_nobody_else() -> None:
    numbers = count()

    def fail_first() -> int:
        if (number := next(numbers)) == 0:
            raise ValueError("the first fails")
        return number

    rounds = Rounds(fail_first)
    with pytest.raises(ValueError, match="the first fails"):
        rounds.result()
    assert rounds.result() == 1


def test_many_who_ask_all_the_time_always_get_a_run_that_began_after_they_asked() -> None:
    clock, lock = count(), Lock()

    def run() -> int:
        with lock:
            return next(clock)

    rounds = Rounds(run)

    def ask() -> bool:
        fine = True
        for _ in range(300):
            with lock:
                asked = next(clock)
            fine = fine and rounds.result() > asked
        return fine

    with ThreadPoolExecutor(16) as pool:
        assert all(one.result(PATIENCE) for one in [pool.submit(ask) for _ in range(16)])


def test_each_key_has_rounds_of_its_own_which_are_forgotten_when_nobody_waits() -> None:
    runs, asked = Runs(), list[str]()

    def run(key: str) -> str:
        asked.append(key)
        runs()
        return key

    rounds = KeyedRounds(run)
    with ThreadPoolExecutor(12) as pool:
        answers = [pool.submit(rounds.result, key) for key in "ab"]
        runs.until_begun(2)  # neither waits for the other
        answers += [pool.submit(rounds.result, key) for key in "aaaabbbb"]
        deadline = monotonic() + PATIENCE / 8
        while sum(rounds._asking.values()) < len(answers):
            assert monotonic() < deadline
        for gate in runs.gates:
            gate.set()
        assert [answer.result(PATIENCE) for answer in answers] == [*"abaaaabbbb"]
    # Who asks during the first run of a key gets a later one; how many share it is the machine's to decide.
    assert min(asked.count(key) for key in "ab") >= 2
    assert not rounds._rounds
    assert not rounds._asking
