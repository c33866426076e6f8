"""Shows are listed and read; and who may do more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.refusals import Forbidden, NotFound
from webapp.services.shows.show import SELECT, Show


def one(show_id: int) -> Show:
    """The show with this id; raises `NotFound`."""
    with autocommitted() as connection:
        row = connection.execute(text(f"{SELECT} WHERE shows.id = :show_id"), {"show_id": show_id}).one_or_none()
    if row is None:
        raise NotFound(f"There is no show {show_id}.")
    return Show.of(row)


def upcoming(*, limit: int | None = None, after: tuple[datetime, int] | None = None) -> Sequence[Show]:
    """The shows that have not begun, soonest first; at most `limit` of those `after` a start and id."""
    starts_at, show_id = after or (None, None)
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"""
                {SELECT}
                WHERE shows.starts_at > statement_timestamp()
                  AND (CAST(:starts_at AS timestamptz) IS NULL
                       OR (shows.starts_at, shows.id) > (CAST(:starts_at AS timestamptz), CAST(:show_id AS integer)))
                ORDER BY shows.starts_at, shows.id
                LIMIT CAST(:limit AS bigint)
            """),
            {"starts_at": starts_at, "show_id": show_id, "limit": limit},
        )
        return [Show.of(row) for row in rows]


def of_organizer(asker: Asker) -> Sequence[Show]:
    """The shows the asker organizes, the latest first."""
    with autocommitted() as connection:
        rows = connection.execute(
            text(f"{SELECT} WHERE shows.organizer_id = :user_id ORDER BY shows.starts_at DESC, shows.id DESC"),
            {"user_id": asker.id},
        )
        return [Show.of(row) for row in rows]


def organized(asker: Asker, show_id: int) -> Show:
    """The show, for its organizer; raises `NotFound` or, for anybody else, `Forbidden`."""
    refuse_strangers(asker, show_id)
    return one(show_id)


def refuse_strangers(asker: Asker, show_id: int) -> None:
    """Let only the show's organizer pass; raises `NotFound` or, for anybody else, `Forbidden`."""
    with autocommitted() as connection:
        organizer_id = connection.execute(
            text("SELECT organizer_id FROM shows WHERE id = :show_id"), {"show_id": show_id}
        ).scalar_one_or_none()
    if organizer_id is None:
        raise NotFound(f"There is no show {show_id}.")
    if organizer_id != asker.id:
        raise Forbidden("Only its organizer can do this with a show.")
