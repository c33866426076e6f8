"""Who had a seat, and when: what record and rows say of each reservation, as bounds where they cannot say exactly."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

from bench.proof.judging.evidence import Row
from bench.proof.judging.history import Operation

REASONS = {
    "hold": {"SeatTaken", "SeatLimitReached", "OthersFirst"},
    "confirm": {"HoldExpired", "HoldReleased", "NotFound"},
    "release": {"HoldExpired", "AlreadyConfirmed", "NotFound"},
}


@dataclass(slots=True)
class Tenure:
    """One reservation of one seat as its answers, or else its row, tell of it.

    It was born between `born_from` and `born_by`: when the database witnessed it, or else when a hold that tells of it
    was asked for, and told of it first. `holds` are all the answers that gave it, none where nobody was told;
    `confirms` and `releases` all that asked for its end, whatever came of them, `locks` what kept them waiting.
    """

    reservation: int
    seat: int
    who: int | None
    born_from: float
    born_by: float
    expiry: float
    holds: list[Operation] = field(default_factory=list)
    confirms: list[Operation] = field(default_factory=list)
    releases: list[Operation] = field(default_factory=list)
    locks: list[Operation] = field(default_factory=list)

    @property
    def is_sold(self) -> bool:
        """Whether somebody was told that it is confirmed."""
        return any(one.outcome == "ok" for one in self.confirms)

    @property
    def is_released(self) -> bool:
        """Whether somebody was told that it is released."""
        return any(one.outcome == "ok" for one in self.releases)

    @property
    def may_be_sold(self) -> bool:
        """Whether it may be confirmed, though perhaps nobody was told."""
        return any(one.outcome != "refused" for one in self.confirms)

    @property
    def may_be_released(self) -> bool:
        """Whether it may be released, though perhaps nobody was told."""
        return any(one.outcome != "refused" for one in self.releases)

    @property
    def ends_from(self) -> float:
        """Until when it certainly has its seat."""
        if self.is_sold:
            return inf
        return min([self.expiry, *(one.invoked for one in self.releases if one.outcome != "refused")])

    @property
    def ends_by(self) -> float:
        """From when on it certainly has its seat no more."""
        if self.may_be_sold:
            return inf
        return min([self.expiry, *(one.returned for one in self.releases if one.outcome == "ok")])


@dataclass(slots=True)
class Record:
    """All of a run, sorted: the tenures by reservation, and what was asked in vain."""

    # Also those of which nobody was told, but a row tells.
    tenures: dict[int, Tenure] = field(default_factory=dict)
    # Holds that may have been done without anybody being told; by buyer and seat.
    unheard: dict[tuple[int | None, int], list[Operation]] = field(default_factory=lambda: defaultdict(list))
    # Holds that were told the seat is taken; by seat.
    taken: dict[int, list[Operation]] = field(default_factory=lambda: defaultdict(list))
    # Holds refused at the limit; by buyer.
    limited: dict[int, list[Operation]] = field(default_factory=lambda: defaultdict(list))
    # Answers that gave an id again with another buyer, seat or expiry.
    misgiven: list[tuple[Operation, int]] = field(default_factory=list)
    # Refusals for reasons that there cannot be where seats are only held, confirmed and released.
    odd: list[Operation] = field(default_factory=list)
    # Ends asked for by who never was told of the reservation; by reservation.
    strange: list[tuple[Operation, int]] = field(default_factory=list)


def sort_out(operations: Iterable[Operation], rows: Iterable[Row], births: Mapping[int, float]) -> Record:
    """Sort a run's operations, which may come in any order, with the rows at its end and the births of all."""
    record, ends = Record(), []
    for one in sorted(operations, key=lambda operation: operation.invoked):
        if one.outcome == "refused" and one.why not in REASONS[one.verb]:
            record.odd.append(one)
        if one.verb == "hold" and (one.outcome == "unknown" or one.is_repeated):
            for seat in one.seats:
                record.unheard[one.who, seat].append(one)
        if one.verb != "hold":
            ends.append(one)
        elif one.outcome == "ok":
            for place in range(len(one.seats)):
                _give(record, one, place, births)
        elif one.outcome == "unknown":
            continue
        elif one.why == "SeatLimitReached":
            record.limited[one.who].append(one)
        else:
            for seat in one.taken:
                record.taken[seat].append(one)
    for end in ends:
        for reservation in end.reservations:
            tenure = record.tenures.get(reservation)
            if end.verb == "lock":
                if tenure is not None:
                    tenure.locks.append(end)
            elif tenure is None or tenure.who != end.who:
                record.strange.append((end, reservation))
            else:
                (tenure.confirms if end.verb == "confirm" else tenure.releases).append(end)
    for row in rows:
        if row.id not in record.tenures:
            born = births.get(row.id, row.created_at), births.get(row.id, inf)
            record.tenures[row.id] = Tenure(row.id, row.seat_id, row.user_id, *born, row.hold_expiry)
    return record


def _give(record: Record, hold: Operation, place: int, births: Mapping[int, float]) -> None:
    reservation, seat, expiry = hold.reservations[place], hold.seats[place], hold.expiries[place]
    born_from, born_by = births.get(reservation, hold.invoked), births.get(reservation, hold.returned)
    tenure = record.tenures.setdefault(reservation, Tenure(reservation, seat, hold.who, born_from, born_by, expiry))
    if (tenure.seat, tenure.who, tenure.expiry) != (seat, hold.who, expiry):
        record.misgiven.append((hold, reservation))
        return
    tenure.holds.append(hold)
    # The first to ask may hear of it after somebody else, who asked the same in another tab.
    tenure.born_from = min(tenure.born_from, born_from)
    tenure.born_by = min(tenure.born_by, born_by)
