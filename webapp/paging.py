"""Pages of lists: the cursor of the next one, and the header that names it (RFC 8288)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from flask import request, url_for

from webapp.schemas.base import Page
from webapp.services.refusals import Invalid
from webapp.services.shows import Show

Member = TypeVar("Member")


def next_link(found: Sequence[Member], asked: Page, cursor: Callable[[Member], str]) -> dict[str, str]:
    """The `Link` header to the page after `found`; none when this page was not full, or was all."""
    return {} if not found else link_after(len(found), cursor(found[-1]), asked)


def link_after(members: int, cursor: str, asked: Page) -> dict[str, str]:
    """The same, where the page has so many members and the list goes on at `cursor`."""
    if asked.limit is None or members < asked.limit:
        return {}
    again = asked.model_dump(mode="json", exclude_none=True)
    arguments = {**(request.view_args or {}), **again, "cursor": cursor}
    assert request.endpoint
    return {"Link": f'<{url_for(request.endpoint, **arguments)}>; rel="next"'}


def start_cursor(show: Show) -> str:
    """Where a list of shows by their start goes on after `show`."""
    return moment_cursor(show.starts_at, show.id)


def moment_cursor(moment: datetime, id_: int) -> str:
    """Where a list by moments, and by ids where those are equal, goes on."""
    return f"{moment.isoformat()}~{id_}"


def read_moment_cursor(cursor: str | None) -> tuple[datetime, int] | None:
    """What `moment_cursor` wrote; raises `Invalid` for anything else."""
    if cursor is None:
        return None
    moment, _, id_ = cursor.partition("~")
    try:
        after = datetime.fromisoformat(moment), int(id_)
    except ValueError:
        after = None
    if after is None or after[0].tzinfo is None or not 0 < after[1] < 2**31:
        sentence = "This is not a cursor of ours; take it from the next link."
        raise Invalid(sentence, errors=[{"pointer": "#/cursor", "detail": sentence}])
    return after
