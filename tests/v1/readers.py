"""Programs that keep how the seats of a show stand by what they are told: asking, or following a stream."""

from contextlib import ExitStack
from typing import Any

from tests.scenes import Scene
from tests.streams import Stream
from tests.v1.shapes import CHANGES, answered, has_shape
from webapp.services.shows import Show

STREAM = {"Accept": "text/event-stream"}


class Reader:
    """A program that keeps how the seats of a show stand by what it is told."""

    def __init__(self, scene: Scene, show: Show) -> None:
        self._scene, self._show = scene, show
        self.seats: dict[int, Any] = {}
        self.cursor: str | None = None
        self.told: dict[str, Any] = {}

    def ask(self) -> "Reader":
        """Ask what has changed."""
        since = f"?since={self.cursor}" if self.cursor else ""
        self.keep(answered(self._scene.client().get(f"/shows/{self._show.id}/changes{since}"), 200, CHANGES))
        return self

    def follow(self, stack: ExitStack) -> "Follower":
        """Open a stream that goes on from here."""
        headers = {**STREAM, **({"Last-Event-ID": self.cursor} if self.cursor else {})}
        response = self._scene.client().get(f"/shows/{self._show.id}/changes", headers, buffered=False)
        stack.callback(response.close)
        assert (response.status_code, response.mimetype) == (200, "text/event-stream"), response.text
        return Follower(self, Stream(response))

    def keep(self, told: dict[str, Any]) -> None:
        """Keep what is told."""
        if told["everything"]:
            self.seats.clear()
        for seat in told["seats"]:
            self.seats[seat["seat_id"]] = seat
        self.cursor, self.told = told["cursor"], told

    def taken(self) -> list[Any]:
        """The seats that are not free, in the order of their ids."""
        return [seat for _, seat in sorted(self.seats.items()) if seat["status"] != "AVAILABLE"]

    def is_right(self) -> bool:
        """Whether all that is kept is as availability lists it."""
        return self.taken() == listed(self._scene, self._show)


class Follower:
    """A stream of a reader."""

    def __init__(self, reader: Reader, stream: Stream) -> None:
        self._reader, self.stream = reader, stream

    def hear(self) -> "Follower":
        """Hear the next event."""
        id_, told = self.stream.until("changes")
        has_shape(told, CHANGES)
        assert told["cursor"] == id_
        self._reader.keep(told)
        return self

    def until_seats(self) -> dict[str, str]:
        """Hear of seats; how they stand, by their numbers."""
        while not self.hear()._reader.told["seats"]:
            pass
        return {seat["seat_number"]: seat["status"] for seat in self._reader.told["seats"]}

    def close(self) -> None:
        """Hang up."""
        self.stream.response.close()


def listed(scene: Scene, show: Show) -> list[Any]:
    """The seats that are not free, as availability lists them."""
    seats: list[Any] = scene.client().get(f"/shows/{show.id}/availability").json or []
    return [seat for seat in seats if seat["status"] != "AVAILABLE"]
