"""What a release tells of its proof on the page `/status`: `webapp/proof_run.json`."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from bench.proof.parts import BAD_NETWORK, SERVICE, Part
from bench.report import machine
from webapp.services.operations.proof_run import SHIPPED, Figure


def ship(parts: Sequence[Part], *, planted: int, found: int) -> None:
    """Write the figures of a run that broke nothing into the release; `found` of the `planted` bugs were."""
    told = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": _machine(),
        "figures": [asdict(figure) for figure in _figures(parts, planted, found)],
    }
    SHIPPED.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def _machine() -> str:
    described = machine.described()
    return f"{described['cores']} cores ({described['processor']}) with PostgreSQL {described['PostgreSQL']}"


def _figures(parts: Sequence[Part], planted: int, found: int) -> Iterator[Figure]:
    at_service = {part.mood: part.verdict for part in parts if part.where == SERVICE}
    over_http = [part for part in parts if part.where != SERVICE]
    tried = {
        "Attempts to hold one of four seats, by sixteen buyers at once": at_service["hot"].count("hold"),
        "Attempts to hold four of the same twelve seats, all or none": at_service["groups"].count("hold"),
        "Confirms within 5 ms of the end of their hold": at_service["brinks"].brinks,
        "Wishes of programs and browsers at the site itself": sum(part.verdict.count("") for part in over_http),
    }
    for what, number in tried.items():
        yield Figure(what, f"{number:,}: nothing broken", "nothing broken")
    busy = max(part.busy_share for part in over_http if part.where != BAD_NETWORK)
    yield Figure("Answers of the site that asked to come again in a moment", f"{busy:.3%}", "under 0.1%")
    yield Figure("Bugs that were planted to see whether they are found", f"{found} of {planted} found", "all")
