"""Processes known by their ids: who is whose child, stopped, continued and killed."""

import ctypes
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
PAUSE = 0.005


def children(pid: int) -> list[int]:
    """The ids of the processes that this one has started and that have not ended, oldest first."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def sockets(pid: int) -> int:
    """How many sockets this process has open."""
    with suppress(FileNotFoundError):
        return sum(os.readlink(each).startswith("socket:") for each in Path(f"/proc/{pid}/fd").iterdir())
    return 0


def send(how: signal.Signals, pids: Iterable[int]) -> None:
    """Signal these processes, as far as they are there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, how)


@contextmanager
def stopped(pids: Iterable[int]) -> Iterator[None]:
    """These processes stand still meanwhile."""
    chosen = list(pids)
    send(signal.SIGSTOP, chosen)
    try:
        yield
    finally:
        send(signal.SIGCONT, chosen)


def end_with_us() -> None:
    """In a child before it becomes its program: be killed when the process that started it is, holds across exec."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until(condition: Callable[[], object], *, seconds: float = 90) -> None:
    """Return when the condition holds; raises `TimeoutError` where it does not come to."""
    give_up_at = monotonic() + seconds
    while not condition():
        if monotonic() > give_up_at:
            raise TimeoutError(f"not within {seconds} s")
        sleep(PAUSE)
