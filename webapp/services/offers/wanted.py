"""What somebody wants who leaves the choice to us."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """So many seats side by side, each for `price_at_most` (minor units), of the category so named, without steps.

    `wheelchairs` of them are to be places for wheelchairs; the others may then be kept for companions.
    """

    seats: int
    price_at_most: int | None = None
    category: str | None = None
    step_free: bool = False
    wheelchairs: int = 0
