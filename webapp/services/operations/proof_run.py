"""The last run of the proof, as it was shipped with the release.

`webapp/proof_run.json` is an object with `date` ("2026-11-28"), `machine` (in words) and `figures`: a list of objects
with `what` was tried, the `figure` that came out, and the `bound` it had to keep, all of them texts for people.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "proof_run.json"


@dataclass(frozen=True)
class Figure:
    """One thing that was tried."""

    what: str
    figure: str
    bound: str


@dataclass(frozen=True)
class ProofRun:
    """When and where the proof was run, and what came out."""

    date: date
    machine: str
    figures: Sequence[Figure]


@cache
def shipped() -> ProofRun | None:
    """The run that was shipped; None where none was."""
    if not SHIPPED.exists():
        return None
    told = json.loads(SHIPPED.read_text())
    figures = [Figure(**figure) for figure in told["figures"]]
    return ProofRun(date.fromisoformat(told["date"]), told["machine"], figures)
