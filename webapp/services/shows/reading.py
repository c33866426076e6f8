"""Shows are listed and read; and who may do more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.playbills import VISIBLE, not_found
from webapp.services.refusals import Forbidden
from webapp.services.shows.show import SELECT, Show

OwnStatus = Literal["draft", "published", "cancelled"]
HAS_THE_WORDS = "strpos(lower(shows.title || chr(10) || shows.venue), lower(:search)) > 0"


def one(show_id: int, viewer: Asker | None = None) -> Show:
    """The show with this id, for the viewer; raises `NotFound`, also for somebody else's draft."""
    with autocommitted() as connection:
        return read(connection, show_id, viewer)


def read(connection: Connection, show_id: int, viewer: Asker | None) -> Show:
    """Do what `one` does, as part of the caller's transaction."""
    row = connection.execute(
        text(f"{SELECT} WHERE shows.id = :show_id AND {VISIBLE}"),
        {"show_id": show_id, "viewer_id": viewer.id if viewer else None},
    ).one_or_none()
    if row is None:
        raise not_found(show_id)
    return Show.of(row)


def upcoming(
    *,
    search: str | None = None,
    starts_from: datetime | None = None,
    starts_before: datetime | None = None,
    limit: int | None = None,
    after: tuple[datetime, int] | None = None,
) -> Sequence[Show]:
    """The shows that have not begun, soonest first; at most `limit` of those `after` a start and id.

    With `search`, those with this in their title or venue, capitals or not; those that begin at `starts_from` or later,
    and before `starts_before`.
    """
    asked = {"search": search, "starts_from": starts_from, "starts_before": starts_before}
    return _listed(
        "shows.starts_at > statement_timestamp() AND shows.published_at IS NOT NULL", "soonest", asked, limit, after
    )


def of_organizer(
    asker: Asker,
    *,
    search: str | None = None,
    status: OwnStatus | None = None,
    starts_from: datetime | None = None,
    starts_before: datetime | None = None,
    limit: int | None = None,
    after: tuple[datetime, int] | None = None,
) -> Sequence[Show]:
    """The shows the asker organizes or manages, the latest first; at most `limit` of those `after` a start and id.

    Those that are so in each way that is said, as `upcoming` has it; `published` ones are neither drafts nor cancelled.
    """
    # An array, so that the shows are looked up by index also in a plan that is made for all values.
    run_by_asker = """
        shows.id = ANY(ARRAY(
            SELECT id FROM shows WHERE organizer_id = :user_id
            UNION
            SELECT show_id FROM show_managers WHERE user_id = :user_id
        ))
        AND (CAST(:status AS text) IS NULL
             OR :status = CASE
                    WHEN shows.cancelled_at IS NOT NULL THEN 'cancelled'
                    WHEN shows.published_at IS NULL THEN 'draft'
                    ELSE 'published'
                END)
    """
    asked = {
        "user_id": asker.id,
        "search": search,
        "status": status,
        "starts_from": starts_from,
        "starts_before": starts_before,
    }
    return _listed(run_by_asker, "latest", asked, limit, after)


def _listed(
    condition: str,
    first: Literal["soonest", "latest"],
    asked: Mapping[str, object],
    limit: int | None,
    after: tuple[datetime, int] | None,
) -> Sequence[Show]:
    """A page of the shows of which the condition is true, and what is `asked` of their words and their start."""
    direction, follows = ("ASC", ">") if first == "soonest" else ("DESC", "<")
    starts_at, show_id = after or (None, None)
    with autocommitted() as connection:
        # The page is found before anything is counted, and by an array, so that it stays so in a plan that is made for
        # all values: of a thousand shows that are not on it, the seats would take ten times as long as those that are.
        rows = connection.execute(
            text(f"""
                WITH page AS MATERIALIZED (
                    SELECT shows.id
                    FROM shows
                    WHERE {condition}
                      AND (CAST(:search AS text) IS NULL OR {HAS_THE_WORDS})
                      AND (CAST(:starts_from AS timestamptz) IS NULL OR shows.starts_at >= :starts_from)
                      AND (CAST(:starts_before AS timestamptz) IS NULL OR shows.starts_at < :starts_before)
                      AND (CAST(:starts_at AS timestamptz) IS NULL
                           OR (shows.starts_at, shows.id) {follows}
                              (CAST(:starts_at AS timestamptz), CAST(:show_id AS integer)))
                    ORDER BY shows.starts_at {direction}, shows.id {direction}
                    LIMIT CAST(:limit AS bigint)
                )
                {SELECT}
                WHERE shows.id = ANY(ARRAY(SELECT id FROM page))
                ORDER BY shows.starts_at {direction}, shows.id {direction}
            """),  # noqa: S608 -- made of constants
            {**asked, "starts_at": starts_at, "show_id": show_id, "limit": limit},
        )
        return [Show.of(row) for row in rows]


@dataclass(frozen=True)
class Habits:
    """What somebody chose for their last show, and probably will again."""

    timezone: str
    currency: str


def habits_of(asker: Asker) -> Habits | None:
    """The habits of an organizer; None before the first show."""
    with autocommitted() as connection:
        row = connection.execute(
            text("SELECT timezone, currency FROM shows WHERE organizer_id = :user_id ORDER BY id DESC LIMIT 1"),
            {"user_id": asker.id},
        ).one_or_none()
    return Habits(*row) if row else None


def organized(asker: Asker, show_id: int) -> Show:
    """The show, for those who run it; raises as `refuse_strangers` does."""
    refuse_strangers(asker, show_id)
    return one(show_id, asker)


def refuse_strangers(asker: Asker, show_id: int) -> None:
    """Let only those pass who run the show: its organizer, its managers, and admins.

    Raises `Forbidden` for anybody else, or `NotFound`, also where it is a draft, which nobody else knows of.
    """
    with autocommitted() as connection:
        show = connection.execute(
            text("""
                SELECT published_at, runs_show(:user_id, id) AS is_run
                FROM shows
                WHERE id = :show_id
            """),
            {"show_id": show_id, "user_id": asker.id},
        ).one_or_none()
    if show is None or (show.published_at is None and not show.is_run):
        raise not_found(show_id)
    if not show.is_run:
        raise _not_yours()


def stay_in_charge(connection: Connection, asker: Asker, show_id: int) -> None:
    """Let only those pass who run the show still, and nobody take that from them until this transaction ends.

    For acts that wait for locks, and of which the guards ask the same but have no words for a no. Raises `Forbidden`.
    """
    for lock in (
        "SELECT FROM users WHERE id = :user_id FOR SHARE",
        "SELECT FROM show_managers WHERE show_id = :show_id AND user_id = :user_id FOR KEY SHARE",
    ):
        connection.execute(text(lock), {"show_id": show_id, "user_id": asker.id})
    # Asked when the rows are locked: what others did to them meanwhile is seen by a later statement only.
    is_run = connection.execute(
        text("SELECT runs_show(:user_id, :show_id)"), {"show_id": show_id, "user_id": asker.id}
    ).scalar_one()
    if not is_run:
        raise _not_yours()


def _not_yours() -> Forbidden:
    return Forbidden("Only those who run a show can do this with it.")
