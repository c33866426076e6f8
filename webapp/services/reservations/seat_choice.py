"""Which seats somebody wants, and how SQL finds them."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class SeatChoice:
    """The seats somebody wants, by id or by normalized seat number; numbers need the show they are of."""

    seat_ids: tuple[int, ...] = ()
    seat_numbers: tuple[str, ...] = ()
    show_id: int | None = None

    @cached_property
    def seats(self) -> list[int] | list[str]:
        """What was asked for, each seat once."""
        return list(dict.fromkeys(self.seat_numbers)) if self.seat_numbers else list(dict.fromkeys(self.seat_ids))

    @property
    def condition(self) -> str:
        """The SQL that finds the seats by the `values`.

        One seat by an `=`: for a list, whose length PostgreSQL does not know beforehand, it plans each time anew.
        """
        by = "seats.seat_number" if self.seat_numbers else "seats.id"
        found = f"{by} = :seat" if len(self.seats) == 1 else f"{by} = ANY(:seats)"
        return found if self.show_id is None else f"seats.show_id = :show_id AND {found}"

    @property
    def values(self) -> dict[str, object]:
        """What the `condition` asks for."""
        seats: dict[str, object] = {"seat": self.seats[0]} if len(self.seats) == 1 else {"seats": self.seats}
        return seats if self.show_id is None else {**seats, "show_id": self.show_id}
