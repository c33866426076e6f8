"""Whether what Holdfast promises holds right now, because what enforces it is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from webapp.services.operations import holds, readiness
from webapp.services.operations.glances import Glance
from webapp.services.operations.holds import Holds
from webapp.services.operations.readiness import Readiness
from webapp.services.refusals import Busy

# Seconds after which a lapsed hold should have been marked, so that lists and maps hear of it.
LONGEST_LAG = 10


@dataclass(frozen=True)
class Status:
    """What was seen, and when by the clock of the server; `holds` is None where the database does not answer."""

    looked_at: datetime
    readiness: Readiness
    holds: Holds | None

    @property
    def never_twice(self) -> bool:
        """Whether no seat can be sold twice."""
        return self.readiness.is_fine("migrations", "index", "guards")

    @property
    def never_lost(self) -> bool:
        """Whether no confirmed sale can be lost."""
        return self.readiness.is_fine("migrations", "guards") and self.holds is not None and not self.holds.unsafe

    @property
    def never_stranded(self) -> bool:
        """Whether no seat is kept by a hold that is over."""
        return self.readiness.is_fine("migrations", "guards") and self.holds is not None

    @property
    def all_hold(self) -> bool:
        """Whether all of it is so, and the site sells."""
        return self.readiness.is_ready and self.never_twice and self.never_lost and self.never_stranded

    @property
    def is_sweeper_late(self) -> bool:
        """Whether lapsed holds wait to be marked; they are free all the same."""
        return self.holds is not None and self.holds.sweeper_lag > LONGEST_LAG

    @property
    def complaints(self) -> Sequence[str]:
        """What is wrong, in sentences."""
        found = [check.complaint for check in self.readiness.checks]
        return [complaint for complaint in [*found, self.holds and self.holds.unsafe] if complaint]


def look() -> Status:
    """Look once; a database that does not answer is told, not raised."""
    found = readiness.look()
    try:
        held = holds.look() if found.is_fine("migrations") else None
    except Busy:
        held = None
    return Status(datetime.now(UTC), found, held)


# Anybody may ask, so a process looks every other second at most.
_status = Glance(look, seconds=2)


def seen() -> Status:
    """What this process saw within the last seconds."""
    return _status.seen()
