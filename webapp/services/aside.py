"""Work that keeps a processor busy, done where it does not stall everybody else."""

from collections.abc import Callable
from typing import TypeVar, cast

from gevent import get_hub
from gevent.monkey import is_module_patched

Result = TypeVar("Result")


def aside(work: Callable[[], Result]) -> Result:
    """The result of `work`; under gevent, whose other greenlets would all wait for it, it is done in a real thread."""
    if is_module_patched("threading"):
        return cast(Result, get_hub().threadpool.apply(work))
    return work()
