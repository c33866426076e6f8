"""Which seats of a line are free, and which blocks of them."""

from collections.abc import Collection
from typing import Self

from webapp.services.offers.line import BYTE, Line, Look, run
from webapp.services.seat_maps import Standing


class Vacancies:
    """The free seats of a line; `places` has a byte for each of its places, 1 for a free seat."""

    def __init__(self, line: Line, places: bytes | bytearray) -> None:
        self.line = line
        self.free = int.from_bytes(places, "little")
        self.taken = line.house & ~self.free
        self.count = self.free.bit_count()

    @classmethod
    def of(cls, line: Line, standing: Standing) -> Self:
        """The seats that are free in this standing. From one to the next only those are looked at that changed."""
        last = line.last
        if last and last.log is standing.log:
            places = bytearray(last.places)
            changed: Collection[int] = standing.log.since_position(min(last.position, standing.position))
        else:
            places = bytearray(line.places(line.house))
            changed = standing.taken
        for seat_id in changed:
            # A plan that changed meanwhile may have a seat that the chart does not know.
            place = line.place_of.get(seat_id)
            if place is not None:
                places[place] = seat_id not in standing.taken
        line.last = Look(standing.log, standing.position, bytes(places))
        return cls(line, places)

    def without(self, lanes: int) -> "Vacancies":
        """The same, were the seats in these places not free."""
        return Vacancies(self.line, self.line.places(self.free & ~lanes))

    def blocks(self, size: int, allowed: int) -> int:
        """Where blocks of this size begin whose seats are all free and allowed."""
        return run(self.free & allowed, size)

    def lonely_making(self, size: int) -> int:
        """Where blocks of this size begin that would leave one empty seat between themselves and a taken one."""
        could_be_lonely = self.free & self.line.plain
        before = (could_be_lonely << BYTE) & (self.taken << 2 * BYTE)
        behind = (could_be_lonely >> size * BYTE) & (self.taken >> (size + 1) * BYTE)
        return (before | behind) & self.line.house

    def left_lonely(self, seats: Collection[int]) -> list[int]:
        """The places that would be empty between two taken ones, were these places taken too."""
        free, taken, plain = (self.line.places(lanes) for lanes in (self.free, self.taken, self.line.plain))
        chosen, lonely = set(seats), set()
        for place in chosen:
            for step in (-1, 1):
                between, beyond = place + step, place + 2 * step
                if not (0 <= beyond < self.line.length) or between in chosen:
                    continue
                if free[between] and plain[between] and (taken[beyond] or beyond in chosen):
                    lonely.add(between)
        return sorted(lonely)
