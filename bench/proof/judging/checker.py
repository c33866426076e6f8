"""Whether the promise was kept: a run's record, and what the database says, held against the rules, seat by seat.

What nobody can know is never held against the product, and what is certain always is. An operation took effect at some
moment between its asking and its answer; one without an answer may have, or not. So each reservation *certainly* has
its seat from the answer that gave it until its expiry or somebody's wish to release it, and *possibly* from the asking
of that hold until the answer to that release. Two that certainly had one seat at once are a double sale; a seat that
was refused while nobody possibly had it was stuck. With reservations known by their ids this is decided exactly, in
the time it takes to sort them; no search is needed.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from bench.proof.judging.evidence import Evidence, Row
from bench.proof.judging.history import Operation
from bench.proof.judging.tenures import Record, Tenure, sort_out

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
STRAY = "held, and nobody was told"
MISTOLD = "told otherwise than it is"
ODD = "refused for a reason that cannot be"

# How far the time of an answer may be off that of the database: what becomes of microseconds in a float.
GRAIN = 2e-6


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that was broken, at which seat or by which buyer, and how."""

    rule: str
    how: str


def check(
    operations: Iterable[Operation],
    evidence: Evidence,
    *,
    shows: Mapping[int, int],
    seat_limit: int,
    longest_hold: float,
) -> list[Violation]:
    """Every way in which the run broke the promise; none, where it was kept.

    `shows`: of which show each seat of the run is. `seat_limit`: of each show. `longest_hold`: seconds that a hold of
    the run can last; how long one that nobody heard of may be in the way.
    """
    record = sort_out(operations)
    seats = defaultdict(list)
    for tenure in record.tenures.values():
        seats[tenure.seat].append(tenure)
    rows = {row.id: row for row in evidence.rows if row.seat_id in shows}
    return [
        *_two_owners(seats),
        *_two_rows(evidence.doubled, rows.values()),
        *_misgiven(record),
        *_stuck(record, seats, rows, longest_hold),
        *_over_the_limit(record, shows, seat_limit, longest_hold),
        *(violation for tenure in record.tenures.values() for violation in _ends(tenure)),
        *(violation for tenure in record.tenures.values() for violation in _told(tenure, rows.get(tenure.reservation))),
        *_rows(record, rows.values()),
        *(Violation(ODD, f"{one.verb} of seats {one.seats} by buyer {one.who}: {one.why}") for one in record.odd),
    ]


def _two_owners(seats: Mapping[int, Sequence[Tenure]]) -> Iterator[Violation]:
    """By their births, each tenure must find its seat given up by all before it."""
    for seat, tenures in seats.items():
        owner: Tenure | None = None
        for tenure in sorted(tenures, key=lambda one: one.born_by):
            if owner is not None and owner.ends_from > tenure.born_by:
                yield Violation(TWO_OWNERS, f"seat {seat}: reservations {owner.reservation} and {tenure.reservation}")
            if owner is None or tenure.ends_from > owner.ends_from:
                owner = tenure


def _two_rows(seen: Set[int], rows: Iterable[Row]) -> Iterator[Violation]:
    active = Counter(row.seat_id for row in rows if row.status in {"HELD", "CONFIRMED"})
    doubled = seen | {seat for seat, count in active.items() if count > 1}
    return (Violation(TWO_ROWS, f"seat {seat}: {active[seat]} in the end") for seat in sorted(doubled))


def _misgiven(record: Record) -> Iterator[Violation]:
    for hold, reservation in record.misgiven:
        first = record.tenures[reservation]
        yield Violation(MISGIVEN, f"reservation {reservation}: buyers {first.who} and {hold.who}, seat {first.seat}")
    for end, reservation in record.strange:
        if end.outcome == "ok":
            yield Violation(NOT_THEIRS, f"reservation {reservation}: {end.verb} by buyer {end.who}")


def _stuck(
    record: Record, seats: Mapping[int, Sequence[Tenure]], rows: Mapping[int, Row], longest_hold: float
) -> Iterator[Violation]:
    """Whoever was told that a seat is taken asked while somebody may have had it."""
    for seat, refused in record.taken.items():
        unknown = ((one.invoked, one.returned + longest_hold) for one in record.unknown.get(seat, ()))
        had = _union([*((one.born_from, _gone_by(one, rows)) for one in seats.get(seat, ())), *unknown])
        begins = [begin for begin, _ in had]
        for one in refused:
            # The last who came before the answer: did they stay until it was asked?
            place = bisect_right(begins, one.returned) - 1
            if place < 0 or had[place][1] < one.invoked:
                yield Violation(STUCK, f"seat {seat}: asked for by buyer {one.who} at {one.invoked:.6f}")


def _gone_by(tenure: Tenure, rows: Mapping[int, Row]) -> float:
    """When nobody had the seat any more by this tenure; what a confirm without answer became, the database tells."""
    row = rows.get(tenure.reservation)
    if tenure.is_sold or tenure.ends_by < inf or row is None or row.status == "CONFIRMED":
        return tenure.ends_by
    return tenure.expiry


def _union(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for begin, end in sorted(spans):
        if united and begin <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((begin, end))
    return united


def _over_the_limit(
    record: Record, shows: Mapping[int, int], seat_limit: int, longest_hold: float
) -> Iterator[Violation]:
    """No buyer certainly has more seats of a show than the limit at once; who is refused there may have as many."""
    tenures = defaultdict(list)
    for tenure in record.tenures.values():
        tenures[tenure.who, shows[tenure.seat]].append(tenure)
    for (who, show), had in tenures.items():
        most = _most_at_once(had)
        if most > seat_limit:
            yield Violation(LIMIT, f"buyer {who}: {most} seats of show {show} at once")
    unknown = defaultdict(list)
    for seat, holds in record.unknown.items():
        for hold in holds:
            unknown[hold.who, shows[seat]].append((hold.invoked, hold.returned + longest_hold))
    for who, refused in record.limited.items():
        for one in refused:
            show = shows[one.seats[0]]
            spans = [(tenure.born_from, tenure.ends_by) for tenure in tenures[who, show]] + unknown[who, show]
            had_then = sum(begin <= one.returned and end >= one.invoked for begin, end in spans)
            if had_then + len(one.seats) <= seat_limit:
                yield Violation(LIMITED, f"buyer {who}: {had_then} seats of show {show}, and {len(one.seats)} more")


def _most_at_once(tenures: Iterable[Tenure]) -> int:
    """How many of them certainly had their seats at one moment."""
    certain = ((one.born_by, one.ends_from) for one in tenures if one.born_by < one.ends_from)
    turns = sorted(turn for begin, end in certain for turn in ((begin, 1), (end, -1)))
    return max(accumulate(step for _, step in turns), default=0)


def _ends(tenure: Tenure) -> Iterator[Violation]:
    """What its holder was told of its end agrees with itself and with the time."""
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


def _told(tenure: Tenure, row: Row | None) -> Iterator[Violation]:
    """What was acknowledged is what the database has at the end."""
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


def _rows(record: Record, rows: Iterable[Row]) -> Iterator[Violation]:
    """What the database says of its own accord: every row was asked for, and none ended before or after its time."""
    asked = {(hold.who, seat) for seat, holds in record.unknown.items() for hold in holds}
    for row in rows:
        name = f"reservation {row.id} of seat {row.seat_id}"
        if row.id not in record.tenures and (row.user_id, row.seat_id) not in asked:
            yield Violation(STRAY, name)
        if row.confirmed_at is not None and row.confirmed_at > row.hold_expiry + GRAIN:
            yield Violation(LATE, f"{name}: {1000 * (row.confirmed_at - row.hold_expiry):.3f} ms after, the row says")
        if row.status == "EXPIRED" and row.updated_at < row.hold_expiry - GRAIN:
            yield Violation(EARLY, f"{name}: expired {1000 * (row.hold_expiry - row.updated_at):.3f} ms too early")
