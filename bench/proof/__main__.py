"""`make prove`: crowds of every mood at the service and at a real site, and what the checker says of it.

`make prove` takes some minutes; `make prove LONG=1` is the proof that a release is shipped with: a million contended
attempts, a hundred thousand groups of seats, a hundred thousand confirms at the last moment, and every planted bug.
A seed reproduces the choices of every buyer, not the order in which the machine happens to serve them.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from time import time_ns

from bench.proof.mutants.bugs import MUTANTS
from bench.proof.mutants.meeting import find_all
from bench.proof.parts import LONG, SHORT, Part, play
from bench.proof.shipping import ship

HEAD = (
    f"{'where':12} {'mood':7} {'attempts':>10} {'held':>9} {'sold':>8} {'at brinks':>9} {'operations':>10} {'busy':>7}"
    f" {'violations':>10} {'took':>9}"
)


def main(arguments: Sequence[str]) -> int:
    """Prove it, print the table, and keep the records where a rule was broken; returns the exit code."""
    parser = ArgumentParser(prog="python -m bench.proof", description="Tries to sell a seat twice, lose or strand one.")
    parser.add_argument("--long", action="store_true", help="as long as a release needs, with all planted bugs")
    parser.add_argument("--ship", action="store_true", help="write the figures of a long proof into the release")
    parser.add_argument("--seed", default=str(time_ns()))
    asked = parser.parse_args(arguments)
    folder = Path(mkdtemp(prefix="holdfast-proof-"))
    print(f"seed {asked.seed}\n{HEAD}", flush=True)
    parts = []
    for part in play(LONG if asked.long else SHORT, seed=asked.seed, folder=folder):
        parts.append(part)
        _print(part)
    violations = sum(len(part.verdict.violations) for part in parts)
    print(f"{violations} violations" + (f"; the records are in {folder}" if violations else ""), flush=True)
    missed = find_all(seed=asked.seed) if asked.long else []
    if asked.ship and asked.long and not violations:
        ship(parts, planted=len(MUTANTS), found=len(MUTANTS) - len(missed))
    return 1 if violations or missed else 0


def _print(part: Part) -> None:
    found = part.verdict
    print(
        f"{part.where:12} {part.mood:7} {found.count('hold'):10,} {found.outcomes['hold ok']:9,}"
        f" {found.outcomes['confirm ok']:8,} {found.brinks:9,} {found.count(''):10,} {part.busy_share:7.3%}"
        f" {len(found.violations):10} {part.seconds:7.0f} s",
        flush=True,
    )
    for violation in found.violations[:20]:
        print(f"    {violation.rule}: {violation.how}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
