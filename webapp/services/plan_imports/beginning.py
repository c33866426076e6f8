"""A file is taken in, to be read; ranges that were typed are read at once."""

from webapp.services.aside import aside
from webapp.services.asker import Asker
from webapp.services.plan_drafts.making import FirstState, Meant, make
from webapp.services.plans import LARGEST_FILE, PlanUnusable
from webapp.services.plans.documents import plan_to_json
from webapp.services.plans.typed import read_typed


def begin(asker: Asker, *, name: str, filename: str, data: bytes, meant: Meant | None = None) -> int:
    """Take the file in; the id of the draft. Nothing is read as yet.

    Raises `PlanUnusable` for one that is empty or too large, and as `plan_drafts.making.make` does.
    """
    if len(data) > LARGEST_FILE:
        raise PlanUnusable(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.")
    if not data.strip():
        raise PlanUnusable("The file is empty.")
    first = FirstState("brought in", source=data, source_name=filename[:200] or "plan")
    return make(asker, name, meant or Meant(), first)


def begin_typed(asker: Asker, *, name: str, ranges: str, meant: Meant | None = None) -> int:
    """Read the ranges that were typed; the id of the draft. Raises as `begin` and `read_typed` do."""
    document = aside(lambda: plan_to_json(read_typed(ranges)))
    return make(asker, name, meant or Meant(), FirstState("typed", document=document))
