"""Those who watch a show, and what they hear."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic

from tests.races import PATIENCE
from tests.scenes import Scene
from webapp.services import seat_maps
from webapp.services.accounts.addresses import network_of
from webapp.services.seat_maps.standing import Cursor
from webapp.services.seat_maps.watching import Watching, watch
from webapp.services.shows import Show

LARGE = ",".join(f"{block}1-{block}900" for block in ("A", "B", "C"))


class Map:
    """A map in a browser: what it has been told, put together."""

    def __init__(self, watching: Watching) -> None:
        self.watching = watching
        self.seats: dict[int, str] = {}
        self.free: dict[int, int] = {}
        self.parts: dict[str, int] = {}
        self.closed = ""
        self.cursor = ""
        self.events: list[str] = []

    def hear(self) -> bool:
        """Be told once more; False when there will be nothing more."""
        telling = self.watching.hear(PATIENCE)
        if telling is None:
            return False
        self.cursor = telling.cursor
        for told in telling.events:
            self.events.append(told.name)
            if told.data.get("all"):
                self.seats.clear()
            for word in ("available", "held", "sold"):
                self.seats.update(dict.fromkeys(told.data.get(word, ()), word))
            self.free.update(told.data.get("free", {}))
            self.parts.update(told.data.get("parts", {}))
            self.closed = told.data.get("because", self.closed)
        return True

    def until(self, done: Callable[["Map"], bool]) -> None:
        """Be told until this is so."""
        deadline = monotonic() + PATIENCE
        while not done(self):
            assert monotonic() < deadline, f"told only {self.seats} {self.events}"
            assert self.hear(), f"the end, after {self.seats} {self.events}"


@contextmanager
def watched(
    scene: Scene, show: Show, part: str | None = None, since: str | None = None, how_many: int = 1
) -> Iterator[list[Map]]:
    """Maps that watch a show."""
    with ExitStack() as leaving:
        maps = []
        for _ in range(how_many):
            cursor = Cursor.read(since or seat_maps.standing_of(show.id).cursor)
            watching = watch(show.id, part=part, since=cursor, within=scene.app.app_context)
            leaving.callback(watching.leave)
            maps.append(Map(watching))
        for one in maps:
            one.hear()
        yield maps


@contextmanager
def streaming(scene: Scene, show: Show, address: str) -> Iterator[Watching]:
    """Somebody's stream of a show, from this address."""
    watching = watch(show.id, part=None, since=None, within=scene.app.app_context, network=network_of(address))
    try:
        yield watching
    finally:
        watching.leave()


def seat_of(scene: Scene, show: Show, number: str) -> int:
    [row] = scene.rows("SELECT id FROM seats WHERE show_id = %s AND seat_number = %s", show.id, number)
    return int(row["id"])
