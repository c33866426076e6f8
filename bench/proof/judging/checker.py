"""Whether the promise was kept: a run's record, and what the database says, held against the rules, seat by seat.

What nobody can know is never held against the product, and what is certain always is. An operation took effect at some
moment between its asking and its answer; one without an answer may have, or not. So each reservation *certainly* has
its seat from its birth, which the database witnesses, until its expiry or somebody's wish to release it, and *possibly*
until the answer to that release. What became of a hold without an answer the rows tell, of which none is ever deleted.
Two that certainly had one seat at once are a double sale; a seat that was refused while nobody possibly had it was
stuck. With reservations known by their ids this is decided exactly, in the time it takes to sort them; no search is
needed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bench.proof.judging import answers, ownership
from bench.proof.judging.evidence import Evidence
from bench.proof.judging.history import Operation
from bench.proof.judging.rules import Violation
from bench.proof.judging.tenures import sort_out


def check(
    operations: Iterable[Operation],
    evidence: Evidence,
    *,
    shows: Mapping[int, int],
    seat_limit: int,
    lingers: float = 0.0,
) -> list[Violation]:
    """Every way in which the run broke the promise; none, where it was kept.

    `shows`: of which show each seat of the run is. `seat_limit`: of each show. `lingers`: for how many seconds the
    product may be at work on what nobody waits for any more.
    """
    rows = {row.id: row for row in evidence.rows if row.seat_id in shows}
    record = sort_out(operations, rows.values(), evidence.births)
    seats = defaultdict(list)
    for tenure in record.tenures.values():
        seats[tenure.seat].append(tenure)
    return [
        *ownership.two_owners(seats),
        *ownership.two_rows(evidence.doubled, rows.values()),
        *answers.misgiven(record),
        *ownership.stuck(record, seats, rows),
        *ownership.over_the_limit(record, shows, seat_limit, rows),
        *answers.odd(record),
        *answers.ends(record),
        *answers.told(record, rows),
        *answers.strays(record, lingers),
        *answers.rows(rows.values()),
    ]
