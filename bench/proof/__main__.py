"""`make prove`: crowds of every mood at the service and at a real site, and what the checker says of it.

`make prove` takes some minutes; `make prove LONG=1` is the proof that a release is shipped with: a million contended
attempts, a hundred thousand groups of seats, a hundred thousand confirms at the last moment. A seed reproduces the
choices of every buyer, not the order in which the machine happens to serve them.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, time_ns

from bench.proof.crowds import MOODS
from bench.proof.trial import Size, Verdict, attempt
from bench.stage import stages
from tests.browser.site import serving
from tests.conftest import KEY
from tests.lossy import losing_replies
from tests.scenes import Scene

# Over HTTP answers take their time, and a hold must outlast its own.
SLOWER = 4
# Of the answers on their way through a bad network.
LOST_SHARE = 0.05
BAD_NETWORK = "bad network"
SHORT: Mapping[str, Size] = {
    "hot": Size(clients=16, tries=600, houses=10, processes=2),
    "cold": Size(clients=32, tries=40, houses=6, processes=2),
    "groups": Size(clients=16, tries=100, houses=2, processes=2),
    "brinks": Size(clients=32, tries=40, houses=3, processes=2),
    "tabs": Size(clients=24, tries=40, houses=2, processes=2),
}
LONG: Mapping[str, Size] = {
    "hot": Size(clients=16, tries=62_500, houses=1_000, processes=2),
    "cold": Size(clients=48, tries=400, houses=60, processes=2),
    "groups": Size(clients=16, tries=6_250, houses=100, processes=2),
    "brinks": Size(clients=64, tries=1_700, houses=200, processes=2),
    "tabs": Size(clients=24, tries=2_000, houses=100, processes=2),
}
SHORT_OVER_HTTP: Mapping[str, Size] = {
    "hot": Size(clients=12, tries=60),
    "cold": Size(clients=12, tries=8),
    "groups": Size(clients=12, tries=20),
    "brinks": Size(clients=12, tries=10),
}
LONG_OVER_HTTP: Mapping[str, Size] = {
    "hot": Size(clients=24, tries=1_000, houses=20),
    "cold": Size(clients=24, tries=60, houses=4),
    "groups": Size(clients=24, tries=200, houses=4),
    "brinks": Size(clients=24, tries=80, houses=4),
}


@dataclass(frozen=True)
class Part:
    """One part of the proof and what came of it; `where` is the service, the site, or the site behind a bad network."""

    where: str
    mood: str
    verdict: Verdict
    seconds: float

    @property
    def line(self) -> str:
        """The part as a line of the table."""
        found, answers = self.verdict, sum(self.verdict.statuses.values())
        busy = f"{found.statuses[503] / answers:.3%}" if answers else ""
        return (
            f"{self.where:16} {self.mood:7} {found.count('hold'):10,} {found.outcomes['hold ok']:9,}"
            f" {found.outcomes['confirm ok']:8,} {found.brinks:8,} {found.count(''):10,} {busy:>7}"
            f" {len(found.violations):10} {self.seconds:7.0f} s"
        )


HEAD = (
    f"{'where':16} {'mood':7} {'attempts':>10} {'held':>9} {'sold':>8} {'brinks':>8} {'operations':>10} {'503':>7}"
    f" {'violations':>10} {'took':>9}"
)


def prove(*, long: bool, seed: str, folder: Path) -> Iterator[Part]:
    """All parts of the proof, one after the other, each in a database of its own."""
    with stages() as new_stage:
        for mood, size in (LONG if long else SHORT).items():
            with new_stage() as scene:
                yield _part(scene, "service", mood, size, seed, folder)
        for mood, size in (LONG_OVER_HTTP if long else SHORT_OVER_HTTP).items():
            with new_stage() as scene, serving(scene.database, KEY) as site:
                yield _part(scene, "site", mood, size, seed, folder, site.url)
        with new_stage() as scene, serving(scene.database, KEY) as site, _bad_network(site.url, seed) as url:
            yield _part(scene, BAD_NETWORK, "hot", SHORT_OVER_HTTP["hot"], seed, folder, url)


def _part(scene: Scene, where: str, name: str, size: Size, seed: str, folder: Path, url: str | None = None) -> Part:
    begun, mood = monotonic(), MOODS[name]
    print(f"{where}, {name}: {size.clients * size.tries:,} attempts …", file=sys.stderr)
    slower = replace(mood, minute=SLOWER * mood.minute) if url else mood
    verdict = attempt(scene, slower, size, folder, seed=seed, url=url, lossy=where == BAD_NETWORK)
    return Part(where, name, verdict, monotonic() - begun)


@contextmanager
def _bad_network(url: str, seed: str) -> Iterator[str]:
    with losing_replies(url, share=LOST_SHARE, seed=hash(seed)) as network:
        yield network.url


def main(arguments: Sequence[str]) -> int:
    """Prove it, print the table, and keep the records of what was not kept; returns the exit code."""
    parser = ArgumentParser(prog="python -m bench.proof", description="Tries to sell a seat twice, lose or strand one.")
    parser.add_argument("--long", action="store_true", help="as long as a release needs")
    parser.add_argument("--seed", default=str(time_ns()))
    asked = parser.parse_args(arguments)
    folder = Path(mkdtemp(prefix="holdfast-proof-"))
    print(f"seed {asked.seed}\n{HEAD}")
    violations = 0
    for part in prove(long=asked.long, seed=asked.seed, folder=folder):
        print(part.line, flush=True)
        for violation in part.verdict.violations[:20]:
            print(f"    {violation.rule}: {violation.how}")
        violations += len(part.verdict.violations)
    print(f"{violations} violations" + (f"; the records are in {folder}" if violations else ""))
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
