"""The show that a plan in the making is meant for, if it is for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class ShowMeant:
    """A show that is to have its seats from a draft, once that is saved."""

    id: int
    title: str
    venue: str
    starts_at: datetime
    timezone: str


# The columns of a `ShowMeant` in a statement about `drafts`: nothing of a show that their owner runs no more.
COLUMNS = "meant.id, meant.title, meant.venue, meant.starts_at, meant.timezone"
JOIN = "LEFT JOIN shows AS meant ON meant.id = drafts.show_id AND runs_show(drafts.owner_id, meant.id)"


def show_in(columns: Sequence[Any]) -> ShowMeant | None:
    """The show that these columns tell of."""
    return None if columns[0] is None else ShowMeant(*columns)
