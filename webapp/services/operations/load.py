"""How busy this process is: its connections to the database, those who wait for one, and its open streams."""

from dataclasses import dataclass

from webapp.extensions import db
from webapp.services.database.waiting import queue_of, use_of
from webapp.services.seat_maps.watching import open_streams


@dataclass(frozen=True)
class Load:
    """Connections `in_use` and `idle`, and how many there may be at `most`; requests `waiting`; open `streams`."""

    in_use: int
    idle: int
    most: int
    waiting: int
    streams: int


def of_this_process() -> Load:
    """How busy it is just now."""
    return Load(*use_of(db.engine), queue_of(db.engine).waiting, open_streams())
