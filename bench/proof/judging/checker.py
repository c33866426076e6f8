"""Whether the promise was kept: a run's record, and what the database says, held against the rules, seat by seat.

What nobody can know is never held against the product, and what is certain always is. An operation took effect at some
moment between its asking and its answer; one without an answer may have, or not. So each reservation *certainly* has
its seat from when the database witnessed it until its expiry or somebody's wish to release it, and *possibly* from the
asking of that hold until the answer to that release. What became of a hold without an answer the rows tell, of which
none is ever deleted. Two that certainly had one seat at once are a double sale; a seat that was refused while nobody
possibly had it was stuck. With reservations known by their ids this is decided exactly, in the time it takes to sort
them; no search is needed.
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
) -> list[Violation]:
    """Every way in which the run broke the promise; none, where it was kept.

    `shows`: of which show each seat of the run is. `seat_limit`: of each show.
    """
    record = sort_out(operations, evidence.births)
    seats = defaultdict(list)
    for tenure in record.tenures.values():
        seats[tenure.seat].append(tenure)
    rows = {row.id: row for row in evidence.rows if row.seat_id in shows}
    return [
        *ownership.two_owners(seats),
        *ownership.two_rows(evidence.doubled, rows.values()),
        *answers.misgiven(record),
        *ownership.stuck(record, seats, rows),
        *ownership.over_the_limit(record, shows, seat_limit, rows),
        *answers.odd(record),
        *answers.ends(record),
        *answers.told(record, rows),
        *answers.rows(record, rows.values()),
    ]
