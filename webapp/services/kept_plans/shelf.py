"""Plans at hand: 100,000 seats take a second to be read from their document, and pages ask for them again and again."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Literal
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from webapp.extensions import db
from webapp.services.aside import aside
from webapp.services.plans.documents import plan_from_json
from webapp.services.plans.plan import Plan

# In each process, at some 400 bytes.
MOST_SEATS = 200_000


@dataclass(frozen=True)
class Kept:
    """Which plan it is: a version, or a draft that was read from a file; neither is ever another plan."""

    kind: Literal["version", "draft"]
    id: int


_shelves: WeakKeyDictionary[Engine, OrderedDict[Kept, Plan]] = WeakKeyDictionary()
_lock = Lock()


def plan_of(kept: Kept, document: Callable[[], str]) -> Plan:
    """The plan, read from its document unless it is at hand."""
    with _lock:
        plans = _shelves.setdefault(db.engine, OrderedDict())
        if found := plans.get(kept):
            plans.move_to_end(kept)
            return found
    written = document()
    plan = aside(lambda: plan_from_json(written))
    with _lock:
        plans[kept] = plan
        while len(plans) > 1 and sum(len(one.seats) for one in plans.values()) > MOST_SEATS:
            plans.popitem(last=False)
    return plan
