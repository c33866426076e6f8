"""Who had which seat, and who was refused one: by tenures that overlap, and by refusals that nobody explains."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import accumulate
from math import inf

from bench.proof.judging.evidence import Row
from bench.proof.judging.rules import LIMIT, LIMITED, STUCK, TWO_OWNERS, TWO_ROWS, Violation
from bench.proof.judging.tenures import Record, Tenure


def two_owners(seats: Mapping[int, Sequence[Tenure]]) -> Iterator[Violation]:
    """By their births, each tenure must find its seat given up by all before it."""
    for seat, tenures in seats.items():
        owner: Tenure | None = None
        # One that was over before anybody could witness it may never have had its seat.
        certain = (one for one in tenures if one.born_by < one.ends_from)
        for tenure in sorted(certain, key=lambda one: one.born_by):
            if owner is not None and owner.ends_from > tenure.born_by:
                yield Violation(TWO_OWNERS, f"seat {seat}: reservations {owner.reservation} and {tenure.reservation}")
            if owner is None or tenure.ends_from > owner.ends_from:
                owner = tenure


def two_rows(seen: Set[int], rows: Iterable[Row]) -> Iterator[Violation]:
    """No seat has two active rows, in the end or when somebody looked."""
    active = Counter(row.seat_id for row in rows if row.status in {"HELD", "CONFIRMED"})
    doubled = seen | {seat for seat, count in active.items() if count > 1}
    return (Violation(TWO_ROWS, f"seat {seat}: {active[seat]} in the end") for seat in sorted(doubled))


def stuck(record: Record, seats: Mapping[int, Sequence[Tenure]], rows: Mapping[int, Row]) -> Iterator[Violation]:
    """Whoever was told that a seat is taken asked while somebody may have had it."""
    for seat, refused in record.taken.items():
        had = _union((one.born_from, _gone_by(one, rows)) for one in seats.get(seat, ()))
        begins = [begin for begin, _ in had]
        for one in refused:
            # The last who came before the answer: did they stay until it was asked?
            place = bisect_right(begins, one.returned) - 1
            if place < 0 or had[place][1] < one.invoked:
                yield Violation(STUCK, f"seat {seat}: asked for by buyer {one.who} at {one.invoked:.6f}")


def _gone_by(tenure: Tenure, rows: Mapping[int, Row]) -> float:
    """When nobody had the seat any more by this tenure; what a confirm without answer became, the database tells."""
    row = rows.get(tenure.reservation)
    if row is not None and row.status == "CONFIRMED":
        return inf
    return tenure.ends_by if tenure.is_sold or tenure.ends_by < inf or row is None else tenure.expiry


def _union(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for begin, end in sorted(spans):
        if united and begin <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((begin, end))
    return united


def over_the_limit(
    record: Record, shows: Mapping[int, int], seat_limit: int, rows: Mapping[int, Row]
) -> Iterator[Violation]:
    """No buyer certainly has more seats of a show than the limit at once; who is refused there may have as many."""
    tenures = defaultdict(list)
    for tenure in record.tenures.values():
        tenures[tenure.who, shows[tenure.seat]].append(tenure)
    for (who, show), had in tenures.items():
        most = _most_at_once(had)
        if most > seat_limit:
            yield Violation(LIMIT, f"buyer {who}: {most} seats of show {show} at once")
    for who, refused in record.limited.items():
        for one in refused:
            show = shows[one.seats[0]]
            had_then = {
                tenure.seat
                for tenure in tenures[who, show]
                if tenure.born_from <= one.returned and _gone_by(tenure, rows) >= one.invoked
            }
            if len(had_then | set(one.seats)) <= seat_limit:
                yield Violation(LIMITED, f"buyer {who}: of show {show} the seats {had_then}, and {one.seats} more")


def _most_at_once(tenures: Iterable[Tenure]) -> int:
    """How many of them certainly had their seats at one moment."""
    certain = ((one.born_by, one.ends_from) for one in tenures if one.born_by < one.ends_from)
    turns = sorted(turn for begin, end in certain for turn in ((begin, 1), (end, -1)))
    return max(accumulate(step for _, step in turns), default=0)
