"""Many rows are written in portions, each with a statement of its own, so that none comes near the time it may take.

They are parts of one transaction all the same.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

# Also where others keep the machine busy: a seat is written within some 0.2 ms, a reservation, of which the guards ask
# this and that, within twice that.
SEATS_AT_ONCE = 10_000
RESERVATIONS_AT_ONCE = 2_500

Row = TypeVar("Row")


def portions_of_seats(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in their order, so many seats at once."""
    return _portions(rows, SEATS_AT_ONCE)


def portions_of_reservations(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in their order, so many reservations at once."""
    return _portions(rows, RESERVATIONS_AT_ONCE)


def _portions(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    return (rows[first : first + size] for first in range(0, len(rows), size))
