"""Whether what was told agrees with itself, with the time, and with what the database has in the end."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from bench.proof.judging.evidence import Row
from bench.proof.judging.history import Operation
from bench.proof.judging.rules import CONTRARY, EARLY, LATE, LOST, MISGIVEN, MISTOLD, NOT_THEIRS, ODD, STRAY, Violation
from bench.proof.judging.tenures import Record, Tenure

# How far the time of an answer may be off that of the database: what becomes of microseconds in a float.
GRAIN = 2e-6


def misgiven(record: Record) -> Iterator[Violation]:
    """No id is given to two, and nobody ends what is another's."""
    for hold, reservation in record.misgiven:
        first = record.tenures[reservation]
        yield Violation(MISGIVEN, f"reservation {reservation}: buyers {first.who} and {hold.who}, seat {first.seat}")
    for end, reservation in record.strange:
        if end.outcome == "ok":
            yield Violation(NOT_THEIRS, f"reservation {reservation}: {end.verb} by buyer {end.who}")


def odd(record: Record) -> Iterator[Violation]:
    """Nobody is refused for a reason that there cannot be."""
    return (Violation(ODD, f"{one.verb} of seats {one.seats} by buyer {one.who}: {one.why}") for one in record.odd)


def ends(record: Record) -> Iterator[Violation]:
    """What holders were told of the ends of their holds agrees with itself and with the time."""
    return chain.from_iterable(map(_ends, record.tenures.values()))


def _ends(tenure: Tenure) -> Iterator[Violation]:
    name = f"reservation {tenure.reservation} of seat {tenure.seat}"
    if tenure.is_sold and tenure.is_released:
        yield Violation(CONTRARY, name)
    if tenure.is_sold:
        begun = min(_earliest(one, tenure.locks) for one in tenure.confirms if one.outcome != "refused")
        if begun > tenure.expiry:
            yield Violation(LATE, f"{name}: {1000 * (begun - tenure.expiry):.3f} ms after")
    for hold in tenure.holds:
        if tenure.ends_by < hold.invoked:
            yield Violation(MISTOLD, f"{name}: given once more when it was over")
    for end in (*tenure.confirms, *tenure.releases):
        if end.outcome != "refused":
            continue
        if end.why == "NotFound" and len(end.reservations) == 1:
            yield Violation(LOST, f"{name}: not found")
        # Of several that are confirmed together the first to lapse decides.
        if end.why == "HoldExpired" and end.returned < (first := min([tenure.expiry, *end.expiries])):
            yield Violation(EARLY, f"{name}: {1000 * (first - end.returned):.3f} ms before its expiry")
        if end.why == "HoldReleased" and len(end.reservations) == 1 and not _asked_before(end, tenure.releases):
            yield Violation(EARLY, f"{name}: nobody released it")
        if end.why == "AlreadyConfirmed" and not _asked_before(end, tenure.confirms):
            yield Violation(MISTOLD, f"{name}: nobody confirmed it")


def _asked_before(answer: Operation, others: Sequence[Operation]) -> bool:
    """Whether one of the others may have been done before the answer."""
    return any(one.outcome != "refused" and one.invoked <= answer.returned for one in others)


def _earliest(confirm: Operation, locks: Sequence[Operation]) -> float:
    """The first moment at which it can have been decided: not while the row was kept locked."""
    let_go = [lock.returned for lock in locks if lock.invoked <= confirm.invoked <= lock.returned]
    return max([confirm.invoked, *let_go])


def told(record: Record, rows: Mapping[int, Row]) -> Iterator[Violation]:
    """What was acknowledged is what the database has at the end."""
    return chain.from_iterable(_told(tenure, rows.get(tenure.reservation)) for tenure in record.tenures.values())


def _told(tenure: Tenure, row: Row | None) -> Iterator[Violation]:
    name = f"reservation {tenure.reservation} of seat {tenure.seat}"
    if row is None:
        yield Violation(LOST, f"{name}: no such row")
        return
    if (row.seat_id, row.user_id) != (tenure.seat, tenure.who):
        yield Violation(MISGIVEN, f"{name}: of seat {row.seat_id} and buyer {row.user_id} in the end")
    if abs(row.hold_expiry - tenure.expiry) > GRAIN:
        yield Violation(MISTOLD, f"{name}: until {tenure.expiry:.6f}, not {row.hold_expiry:.6f}")
    if tenure.is_sold and not tenure.is_released and row.status != "CONFIRMED":
        yield Violation(LOST, f"{name}: sold, and {row.status} in the end")
    if tenure.is_released and not tenure.is_sold and row.status != "CANCELLED":
        yield Violation(LOST, f"{name}: released, and {row.status} in the end")
    if row.status == "CONFIRMED" and not tenure.may_be_sold:
        yield Violation(MISTOLD, f"{name}: sold, and nobody confirmed it")
    if row.status == "CANCELLED" and not tenure.may_be_released:
        yield Violation(EARLY, f"{name}: cancelled, and nobody released it")


def strays(record: Record, lingers: float) -> Iterator[Violation]:
    """Nobody has a seat for whom nobody had asked for it just then.

    A hold may be done for some seconds after nobody waits for its answer any more: so long it `lingers`. One of which
    nobody heard explains any number of them, since pages repeat theirs without a key.
    """
    for tenure in record.tenures.values():
        is_told = any(hold.invoked <= tenure.born_from for hold in tenure.holds)
        unheard = record.unheard.get((tenure.who, tenure.seat), ())
        if not is_told and not any(one.invoked <= tenure.born_from <= one.returned + lingers for one in unheard):
            yield Violation(STRAY, f"reservation {tenure.reservation} of seat {tenure.seat}")


def rows(rows: Iterable[Row]) -> Iterator[Violation]:
    """What the database says of its own accord: no row ended before or after its time."""
    for row in rows:
        name = f"reservation {row.id} of seat {row.seat_id}"
        if row.confirmed_at is not None and row.confirmed_at > row.hold_expiry + GRAIN:
            yield Violation(LATE, f"{name}: {1000 * (row.confirmed_at - row.hold_expiry):.3f} ms after, the row says")
        if row.status == "EXPIRED" and row.updated_at < row.hold_expiry - GRAIN:
            yield Violation(EARLY, f"{name}: expired {1000 * (row.hold_expiry - row.updated_at):.3f} ms too early")
