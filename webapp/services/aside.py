"""Work that keeps a processor busy, done where it does not stall everybody else."""

from collections.abc import Callable
from typing import TypeVar, cast

from gevent import get_hub
from gevent.monkey import is_module_patched

Result = TypeVar("Result")


def aside(work: Callable[[], Result]) -> Result:
    """The result of `work`; under gevent, whose other greenlets would all wait for it, it is done in a real thread."""
    if not is_module_patched("threading"):
        return work()
    result, error = get_hub().threadpool.apply(_attempt, (work,))
    if error is not None:
        raise error
    return cast(Result, result)


def _attempt(work: Callable[[], Result]) -> tuple[Result | None, Exception | None]:
    """What came of it: gevent writes every exception that leaves its threads into the log, and a refusal is none."""
    try:
        return work(), None
    except Exception as error:
        return None, error
