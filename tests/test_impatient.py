"""Who asks again before they may is remembered until they may, waits for their no, and costs little meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from webapp import impatient
from webapp.impatient import Impatient
from webapp.services.allowances import Spent


def refused(seconds: float) -> Spent:
    """Somebody with 60 requests a minute, of which so many seconds are spent."""
    return Spent("reading", "user 1", 60, 60, seconds, is_refused=True)


def test_a_caller_is_remembered_until_they_may_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found, clock = Impatient(), [100.0]
    monkeypatch.setattr(impatient, "monotonic", lambda: clock[0])
    found.remember("reading of ann", refused(62.5), None)
    waits = []
    for clock[0] in (100, 101, 103, 103.4):
        told = found.told("reading of ann")
        assert told
        waits.append((told[0].seconds_until_next, told[0].left))
    assert waits == [(4, 0), (3, 0), (1, 0), (1, 0)]
    clock[0] = 103.5
    assert found.told("reading of ann") is None
    assert found.told("holding of ann") is None


def test_many_who_are_remembered_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impatient, "MOST_REMEMBERED", 3)
    found = Impatient()
    for number in range(5):
        found.remember(str(number), refused(60), None)
    assert [found.told(str(number)) is not None for number in range(5)] == [False, False, False, True, True]


def test_no_more_wait_at_once_than_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, found = Barrier(3, timeout=10), Impatient()
    monkeypatch.setattr(impatient, "MOST_WAITING", 2)
    monkeypatch.setattr(impatient, "sleep", lambda _: waiting.wait())
    with ThreadPoolExecutor(2) as pool:
        two = [pool.submit(found.wait) for _ in range(2)]
        while waiting.n_waiting < 2:
            pass
        found.wait()  # passes by, or it would be the third at the barrier
        assert waiting.n_waiting == 2
        waiting.wait()
        assert [one.result() for one in two] == [None, None]
