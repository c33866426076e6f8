"""The picture of a show: put in its place, taken away, and read."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from webapp.services.aside import aside
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.pictures.redrawing import redraw
from webapp.services.refusals import NotFound
from webapp.services.reservations.locks import lock_show
from webapp.services.shows import editions, one, refuse_strangers
from webapp.services.shows.show import Show


@dataclass(frozen=True)
class KeptPicture:
    """A picture as it is sent; `is_public` where everybody may have it."""

    media_type: str
    data: bytes
    is_public: bool


def describe_with(asker: Asker, show_id: int, edition: int, *, data: bytes, alt: str) -> Show:
    """Give the show the picture in a file, in the place of the one it had; `alt` says in words what it shows.

    Raises `PictureUnusable`, `ChangedMeanwhile` where `edition` is not the present one, and as `refuse_strangers` does.
    """
    refuse_strangers(asker, show_id)
    # One at a time, whatever takes how much memory.
    redrawn = aside(lambda: redraw(data))
    with transaction() as connection:
        # Nobody copies the show meanwhile, with the picture that goes, nor counts an edition of its own.
        lock_show(connection, show_id)
        editions.refuse_outdated(connection, asker, show_id, edition)
        picture_id = connection.execute(
            text("""
                INSERT INTO pictures (owner_id, media_type, width, height, data)
                VALUES (:owner_id, :media_type, :width, :height, :data)
                RETURNING id
            """),
            {
                "owner_id": asker.id,
                "media_type": redrawn.media_type,
                "width": redrawn.width,
                "height": redrawn.height,
                "data": redrawn.data,
            },
        ).scalar_one()
        _replace(connection, asker, show_id, picture_id, alt)
        connection.commit()
    return one(show_id, asker)


def take_away(asker: Asker, show_id: int, edition: int) -> Show:
    """Take the picture from the show; one without stays as it is. Raises as `describe_with` does, but for the file."""
    refuse_strangers(asker, show_id)
    with transaction() as connection:
        lock_show(connection, show_id)
        if _picture_of(connection, show_id) is not None:
            editions.refuse_outdated(connection, asker, show_id, edition)
            _replace(connection, asker, show_id, None, "")
            connection.commit()
    return one(show_id, asker)


def picture_for(picture_id: int, viewer: Callable[[], Asker | None]) -> KeptPicture:
    """The picture, for everybody where a published show has it, else for those who run a show that does.

    Who the viewer is, is asked only where it matters. Raises `NotFound`.
    """
    found = _picture(picture_id, None)
    if found is None and (asker := viewer()):
        found = _picture(picture_id, asker.id)
    if found is None:
        raise NotFound("There is no such picture.")
    return found


def _picture(picture_id: int, viewer_id: int | None) -> KeptPicture | None:
    with autocommitted() as connection:
        row = connection.execute(
            text("""
                SELECT media_type, data,
                       EXISTS (
                           SELECT FROM shows
                           WHERE picture_id = pictures.id
                             AND published_at IS NOT NULL
                       ) AS is_public
                FROM pictures
                WHERE id = :picture_id
                  AND EXISTS (
                      SELECT FROM shows
                      WHERE picture_id = pictures.id
                        AND (published_at IS NOT NULL OR runs_show(CAST(:viewer_id AS integer), shows.id))
                  )
            """),
            {"picture_id": picture_id, "viewer_id": viewer_id},
        ).one_or_none()
    return KeptPicture(*row) if row else None


def _replace(connection: Connection, asker: Asker, show_id: int, picture_id: int | None, alt: str) -> None:
    """Put another picture, or none, in the place of the one the show has; nobody's picture is not kept."""
    before = _picture_of(connection, show_id)
    connection.execute(
        text("UPDATE shows SET picture_id = :picture_id, picture_alt = :alt WHERE id = :show_id"),
        {"show_id": show_id, "picture_id": picture_id, "alt": alt},
    )
    connection.execute(
        text("""
            DELETE FROM pictures
            WHERE id = :picture_id
              AND NOT EXISTS (SELECT FROM shows WHERE shows.picture_id = pictures.id)
        """),
        {"picture_id": before},
    )
    editions.raise_edition(connection, asker, show_id, "change picture", {"picture": (before, picture_id)})


def _picture_of(connection: Connection, show_id: int) -> int | None:
    found: int | None = connection.execute(
        text("SELECT picture_id FROM shows WHERE id = :show_id"), {"show_id": show_id}
    ).scalar_one()
    return found
