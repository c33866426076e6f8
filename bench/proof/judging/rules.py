"""The rules of the promise, by the names that a broken one is told by."""

from dataclasses import dataclass

TWO_OWNERS = "two owners at once"
TWO_ROWS = "two active rows"
LOST = "acknowledged and lost"
LATE = "confirmed after its expiry"
STUCK = "refused though it was free"
MISGIVEN = "an id given to two holders"
NOT_THEIRS = "ended by who did not hold it"
LIMIT = "more seats than the limit"
LIMITED = "refused below the limit"
EARLY = "ended before its time"
CONTRARY = "both sold and released"
STRAY = "held, and nobody asked for it then"
MISTOLD = "told otherwise than it is"
ODD = "refused for a reason that cannot be"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that was broken, at which seat or by which buyer, and how."""

    rule: str
    how: str
