"""Work of some seconds, begun by whoever needs it first: they wait a moment, and ask again as long as it is under way.

A process does each work once at a time, and knows nothing of those of others: what the work leads to is found where all
look for it, and doing it twice must do no harm.
"""

import logging
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from gevent.monkey import is_module_patched

from webapp.services.refusals import Refusal

Within = Callable[[], AbstractContextManager[object]]
Say = Callable[[int], None]
Work = Callable[[Say], None]

log = logging.getLogger(__name__)


@dataclass
class _UnderWay:
    steps_done: int = 0
    end: "Future[None]" = field(default_factory=Future)

    def say(self, steps_done: int) -> None:
        """Tell how far it is."""
        self.steps_done = steps_done


_works: dict[Hashable, _UnderWay] = {}
_lock = threading.Lock()


def do(key: Hashable, work: Work, *, within: Within, patience: float) -> int | None:
    """Have the work done, unless it is under way: None once it is, or how many of its steps are by now.

    The work says how many it has done, and is done `within` a context of the application. Whoever asks waits as long as
    they have `patience`, in seconds. What it raises, those hear who wait.
    """
    if not is_module_patched("threading"):  # nobody could do anything else meanwhile
        work(lambda _: None)
        return None
    with _lock:
        under_way = _works.get(key)
        if under_way is None:
            under_way = _works[key] = _UnderWay()
            threading.Thread(target=_do, args=(key, under_way, work, within), daemon=True).start()
    try:
        under_way.end.result(timeout=patience)
    except TimeoutError:
        if not under_way.end.done():
            return under_way.steps_done
        raise
    return None


def _do(key: Hashable, under_way: _UnderWay, work: Work, within: Within) -> None:
    refusal: Exception | None = None
    try:
        with within():
            work(under_way.say)
    except Exception as error:
        refusal = error
        if not isinstance(error, Refusal):
            log.exception("work that was under way failed")
    # Whoever asks from here on has it looked at anew, and finds what it led to.
    with _lock:
        del _works[key]
    if refusal is None:
        under_way.end.set_result(None)
    else:
        under_way.end.set_exception(refusal)
