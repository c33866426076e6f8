"""A crowd's crews: the part of it that one process plays, at the service itself or at a site."""

import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from bench.proof.buying.crowds import Crowd, Mood
from bench.proof.buying.lines import Line
from bench.proof.buying.stage import House, at_the_service, over_http
from bench.proof.judging.history import Recorder
from tests.conftest import app_on
from tests.postgres import Database
from tests.scenes import Scene
from webapp.extensions import db
from webapp.services.asker import Asker


@dataclass(frozen=True)
class Crew:
    """Who comes to which houses, how often each tries, and where it is recorded; `url` is the site's, if it is one."""

    database: Database
    mood: Mood
    people: Sequence[Asker]
    houses: Sequence[House]
    tries: int
    seed: str
    record: Path
    url: str | None = None

    def play(self, scene: Scene) -> Counter[int]:
        """Let them come; how many answers of which HTTP status they heard."""
        statuses = Counter[int]()
        with self.record.open("w") as file, ExitStack() as hanging_up:
            recorder = Recorder(file)
            if self.url is None:
                buyers = at_the_service(scene, self.people, recorder, self.houses)
            else:
                lines = [Line(self.url, statuses) for _ in self.people]
                for line in lines:
                    hanging_up.callback(line.hang_up)
                buyers = over_http(scene, self.people, recorder, lines, self.houses)
            Crowd(self.mood, buyers, self.seed).come([house.seats for house in self.houses], tries=self.tries)
        return statuses


def play_all(crews: Sequence[Crew], scene: Scene) -> Counter[int]:
    """Let the crews come at once: a single one in this process, of several each in its own."""
    if len(crews) == 1:
        return crews[0].play(scene)
    with ProcessPoolExecutor(len(crews), get_context("spawn"), initializer=_end_with_parent) as pool:
        return sum(pool.map(_play_alone, crews), Counter[int]())


def _end_with_parent() -> None:
    """Buy for a proof no longer than it lasts: once it was killed, nobody waits for what comes of it."""
    parent = parent_process()
    assert parent, "the crew is in the proof's own process"

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _play_alone(crew: Crew) -> Counter[int]:
    app = app_on(crew.database, DATABASE_POOL_SIZE=str(len(crew.people) + 2))
    with app.app_context():
        heard = crew.play(Scene(app, crew.database))
        db.engine.dispose()
    return heard
