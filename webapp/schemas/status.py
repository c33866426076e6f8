"""What is told of whether the promises hold."""

from datetime import date, datetime
from typing import Literal

from webapp.schemas.base import Answer


class Promise(Answer):
    """One promise, and whether what enforces it is in force."""

    promise: Literal["never twice", "never lost", "never stranded"]
    holds: bool


class ProofFigure(Answer):
    """What was tried, what came out, and the bound it had to keep."""

    what: str
    figure: str
    bound: str


class ProofRun(Answer):
    """The last run of the proof, as it was shipped with the release."""

    date: date
    machine: str
    figures: list[ProofFigure]


class Status(Answer):
    """Whether all promises hold, and what the site does just now.

    `sweeper_lag` are the seconds that the oldest lapsed hold has waited to be marked, which it need not be to be free.
    Both numbers are null where the database does not answer, and `proof_run` where none was shipped.
    """

    looked_at: datetime
    all_hold: bool
    promises: list[Promise]
    complaints: list[str]
    live_holds: int | None
    sweeper_lag: float | None
    proof_run: ProofRun | None
