"""The parts that the proof is made of, and how large each is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from time import monotonic

from bench.proof.buying.crowds import MOODS
from bench.proof.trial import Size, Verdict, attempt
from bench.stage import stages
from tests.browser.site import serving
from tests.conftest import KEY
from tests.lossy import losing_replies
from webapp.config import Settings

SERVICE, SITE, BAD_NETWORK = "service", "site", "bad network"
# Over HTTP answers take their time, and a hold must outlast its own.
SLOWER = 4
# Of the answers on their way through a bad network.
LOST_SHARE = 0.05

SHORT: Mapping[tuple[str, str], Size] = {
    (SERVICE, "hot"): Size(clients=16, tries=600, houses=10, processes=2),
    (SERVICE, "cold"): Size(clients=32, tries=40, houses=6, processes=2),
    (SERVICE, "groups"): Size(clients=16, tries=100, houses=2, processes=2),
    (SERVICE, "brinks"): Size(clients=24, tries=40, houses=3, processes=2),
    (SERVICE, "tabs"): Size(clients=24, tries=40, houses=2, processes=2),
    (SITE, "hot"): Size(clients=12, tries=60),
    (SITE, "cold"): Size(clients=12, tries=8),
    (SITE, "groups"): Size(clients=12, tries=20),
    (SITE, "brinks"): Size(clients=12, tries=10),
    (BAD_NETWORK, "hot"): Size(clients=12, tries=60),
}
LONG: Mapping[tuple[str, str], Size] = {
    (SERVICE, "hot"): Size(clients=16, tries=62_500, houses=1_000, processes=2),
    (SERVICE, "cold"): Size(clients=48, tries=400, houses=60, processes=2),
    (SERVICE, "groups"): Size(clients=16, tries=6_250, houses=100, processes=2),
    (SERVICE, "brinks"): Size(clients=24, tries=8_000, houses=250, processes=2),
    (SERVICE, "tabs"): Size(clients=24, tries=2_000, houses=100, processes=2),
    (SITE, "hot"): Size(clients=24, tries=1_000, houses=20),
    (SITE, "cold"): Size(clients=24, tries=60, houses=4),
    (SITE, "groups"): Size(clients=24, tries=200, houses=4),
    (SITE, "brinks"): Size(clients=24, tries=80, houses=4),
    (BAD_NETWORK, "hot"): Size(clients=24, tries=200, houses=4),
}


@dataclass(frozen=True)
class Part:
    """One part of the proof, and what came of it: where the crowd asked, in which mood, and how long it took."""

    where: str
    mood: str
    verdict: Verdict
    seconds: float

    @property
    def busy_share(self) -> float:
        """The share of HTTP answers that said that too much is going on."""
        answers = sum(self.verdict.statuses.values())
        return self.verdict.statuses[503] / answers if answers else 0.0


def play(sizes: Mapping[tuple[str, str], Size], *, seed: str, folder: Path) -> Iterator[Part]:
    """All parts, one after the other, each in a database of its own.

    At the site, seats that come back are for others first, for as much shorter as minutes are.
    """
    with stages() as new_stage:
        for (where, name), size in sizes.items():
            begun, mood = monotonic(), MOODS[name]
            with new_stage() as scene:
                if where == SERVICE:
                    verdict = attempt(scene, mood, size, folder, seed=seed)
                else:
                    slower = replace(mood, minute=SLOWER * mood.minute)
                    others_first = round(Settings.others_first * slower.minute / 60)
                    with (
                        serving(scene.database, KEY, OTHERS_FIRST=others_first) as site,
                        _network(where, site.url, seed) as url,
                    ):
                        lossy = where == BAD_NETWORK
                        verdict = attempt(scene, slower, size, folder, seed=seed, url=url, lossy=lossy)
            yield Part(where, name, verdict, monotonic() - begun)


@contextmanager
def _network(where: str, url: str, seed: str) -> Iterator[str]:
    if where != BAD_NETWORK:
        yield url
        return
    with losing_replies(url, share=LOST_SHARE, seed=Random(seed).randrange(2**32)) as network:
        yield network.url
