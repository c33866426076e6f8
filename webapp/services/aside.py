"""Work that keeps a processor busy, done where it does not stall everybody else."""

import sys
from collections.abc import Callable
from typing import TypeVar, cast

from gevent import get_hub
from gevent.monkey import is_module_patched
from gevent.threadpool import ThreadPool

Result = TypeVar("Result")

# After how long the one thread gives way to the one that serves, which may wait so long each time it reads or writes:
# measured beside a drawing, twenty reads and writes took 129 ms (p95) at Python's 5 ms, and 6 ms at this.
SWITCH_SECONDS = 0.001

# The thread for work in Python, begun when a worker first needs it: a thread begun earlier would not live in its fork.
_one_thread: ThreadPool | None = None


def aside(work: Callable[[], Result]) -> Result:
    """The result of `work` in Python; under gevent, whose greenlets would all wait for it, it is done in a real thread.

    One at a time: Python runs one thread anyhow, and of ten that work the one that serves gets an eleventh of the time.
    """
    if not is_module_patched("threading") or not get_hub().main_hub:
        return work()
    return _done_by(_the_one_thread(), work)


def aside_together(work: Callable[[], Result]) -> Result:
    """The same for work in C that lets Python run meanwhile: several at a time, and none behind what is drawn."""
    if not is_module_patched("threading"):
        return work()
    return _done_by(get_hub().threadpool, work)


def _the_one_thread() -> ThreadPool:
    global _one_thread
    if _one_thread is None:
        _one_thread = ThreadPool(1)
        sys.setswitchinterval(SWITCH_SECONDS)
    return _one_thread


def _done_by(threads: ThreadPool, work: Callable[[], Result]) -> Result:
    result, error = threads.apply(_attempt, (work,))
    if error is not None:
        raise error
    return cast(Result, result)


def _attempt(work: Callable[[], Result]) -> tuple[Result | None, Exception | None]:
    """What came of it: gevent writes every exception that leaves its threads into the log, and a refusal is none."""
    try:
        return work(), None
    except Exception as error:
        return None, error
