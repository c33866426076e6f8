"""How fast Holdfast is, on this machine: `make bench`, or `python -m bench [--short] [part …]`.

The parts are measured one after another; what counts are their ratios, each to something of the same run. The figures
are printed, and kept in bench/results with a description of the machine. `--short` is the same with smaller sizes.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

from bench.growth import asking
from bench.report import machine
from bench.report.figure import Figure
from bench.report.tables import lines
from bench.speed import confirms, holds, hot_seat, memory
from bench.views import pages, snapshots

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measure, print, and keep."""
    parser = ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(_parts(is_short=False))}; all, if none is named")
    parser.add_argument("--short", action="store_true", help="smaller sizes, some minutes in all")
    parser.add_argument("--shows", type=int, help="how many shows of 1,000 seats the part Growth loads")
    asked = parser.parse_args()
    parts = _parts(is_short=asked.short, shows=asked.shows)
    if unknown := set(asked.parts) - set(parts):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    described = machine.described()
    found: dict[str, Sequence[Figure]] = {}
    for name, measure in parts.items():
        if asked.parts and name not in asked.parts:
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        begun = perf_counter()
        found[name] = measure()
        print(f"{name}: {perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    report = "\n".join(_report(described, found))
    print(report)
    _keep(described, found, report)


def _parts(*, is_short: bool, shows: int | None = None) -> Mapping[str, Callable[[], Sequence[Figure]]]:
    return {
        "holds": partial(holds.measure, is_short=is_short),
        "confirms": partial(confirms.measure, is_short=is_short),
        "hot-seat": partial(hot_seat.measure, is_short=is_short),
        "lists": partial(snapshots.measure, is_short=is_short),
        "pages": partial(pages.measure, is_short=is_short),
        "memory": partial(memory.measure, is_short=is_short),
        "growth": partial(asking.measure, shows or (asking.SHOWS // 10 if is_short else asking.SHOWS)),
    }


def _report(described: Mapping[str, str], found: Mapping[str, Sequence[Figure]]) -> Sequence[str]:
    report = [
        f"# Measured on {datetime.now(UTC):%d %B %Y}",
        "",
        *(f"- {name}: {is_}" for name, is_ in described.items()),
    ]
    for name, figures in found.items():
        report += ["", *lines(name.capitalize().replace("-", " "), figures)]
    return report


def _keep(described: Mapping[str, str], found: Mapping[str, Sequence[Figure]], report: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    kept = {
        "measured_at": now.isoformat(timespec="seconds"),
        "machine": described,
        "parts": {name: [asdict(one) | {"verdict": one.verdict} for one in figures] for name, figures in found.items()},
    }
    path = RESULTS / f"{now:%Y-%m-%d}"
    path.with_suffix(".json").write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")
    path.with_suffix(".md").write_text(report + "\n")
    print(f"Kept in {path}.json and .md", file=sys.stderr)


if __name__ == "__main__":
    main()
