"""The checker finds every broken rule in a record, and holds nothing against the product that nobody can know."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pytest

from bench.proof.judging import rules
from bench.proof.judging.checker import check
from bench.proof.judging.evidence import Evidence, Row
from bench.proof.judging.history import Operation

SEAT, OTHER_SEAT, THIRD_SEAT, SHOW = 7, 8, 9, 1
ANN, BOB = 1, 2


def hold(
    who: int, invoked: float, returned: float, *, reservation: int = 1, until: float = 10, seat: int = SEAT
) -> Operation:
    return Operation(who, "hold", (seat,), invoked, returned, "ok", (reservation,), (until,))


def refused(who: int, invoked: float, returned: float, why: str = "SeatTaken") -> Operation:
    return Operation(who, "hold", (SEAT,), invoked, returned, "refused", why=why, taken=(SEAT,))


def confirm(
    who: int, invoked: float, returned: float, *, reservation: int = 1, outcome: str = "ok", why: str | None = None
) -> Operation:
    return Operation(who, "confirm", (SEAT,), invoked, returned, outcome, (reservation,), why=why)


def release(
    who: int, invoked: float, returned: float, *, reservation: int = 1, outcome: str = "ok", why: str | None = None
) -> Operation:
    return Operation(who, "release", (SEAT,), invoked, returned, outcome, (reservation,), why=why)


def unanswered(who: int, invoked: float, returned: float) -> Operation:
    return Operation(who, "hold", (SEAT,), invoked, returned, "unknown")


def limited(who: int, invoked: float, returned: float) -> Operation:
    return Operation(who, "hold", (THIRD_SEAT,), invoked, returned, "refused", why="SeatLimitReached")


def repeated(operation: Operation) -> Operation:
    return replace(operation, is_repeated=True)


def lock(invoked: float, returned: float) -> Operation:
    return Operation(0, "lock", (SEAT,), invoked, returned, "ok", (1,))


def row(
    status: str,
    *,
    reservation: int = 1,
    who: int = ANN,
    until: float = 10,
    seat: int = SEAT,
    created: float = 1,
    updated: float = 10,
    confirmed: float | None = None,
) -> Row:
    return Row(reservation, who, seat, status, created, until, updated, confirmed)


def broken(
    operations: Sequence[Operation],
    *rows: Row,
    births: Mapping[int, float] = MappingProxyType({}),
    doubled: set[int] = frozenset(),
    limit: int = 9,
) -> set[str]:
    """The rules that this record breaks, whatever the order in which it was written."""
    verdicts = [
        {
            violation.rule
            for violation in check(
                order,
                Evidence(list(rows), births=dict(births), looks=1, doubled=set(doubled)),
                shows={SEAT: SHOW, OTHER_SEAT: SHOW, THIRD_SEAT: SHOW},
                seat_limit=limit,
                lingers=8,
            )
        }
        for order in (operations, operations[::-1])
    ]
    assert verdicts[0] == verdicts[1]
    return verdicts[0]


HELD, SOLD = row("EXPIRED"), row("CONFIRMED", confirmed=3)
BOBS = row("EXPIRED", reservation=2, who=BOB, until=20, updated=20)

KEPT = {
    "one hold that lapsed": ([hold(ANN, 1, 2)], [HELD]),
    "two at once, of whom one was refused": ([hold(ANN, 1, 5), refused(BOB, 2, 3)], [HELD]),
    "a hold after the end of another": ([hold(ANN, 1, 2), hold(BOB, 9, 10.1, reservation=2, until=20)], [HELD, BOBS]),
    "a hold while another is being released": (
        [hold(ANN, 1, 2), release(ANN, 3, 6), hold(BOB, 4, 5, reservation=2, until=20)],
        [row("CANCELLED"), BOBS],
    ),
    "a hold whose release nobody answered": (
        [hold(ANN, 1, 2), release(ANN, 3, 6, outcome="unknown"), hold(BOB, 4, 5, reservation=2, until=20)],
        [row("CANCELLED"), BOBS],
    ),
    "a refusal while a hold without an answer may be there": (
        [unanswered(ANN, 1, 2), refused(BOB, 9, 10.5)],
        [HELD],
    ),
    "a hold that was done when nobody waited for its answer any more": (
        [unanswered(ANN, 1, 2), refused(BOB, 11, 12)],
        [row("EXPIRED", created=9, until=18, updated=18)],
    ),
    "a hold that was asked for twice, and told of the second time only": (
        [repeated(hold(ANN, 1, 12, reservation=2, until=20))],
        [HELD, row("EXPIRED", reservation=2, created=11, until=20, updated=20)],
    ),
    "a hold that was asked for twice, and lost the second time": (
        [repeated(refused(ANN, 1, 12)), hold(BOB, 10.5, 11, reservation=2, until=20)],
        [HELD, BOBS],
    ),
    "a refusal at the limit, for a hold without an answer": (
        [unanswered(ANN, 1, 2), hold(ANN, 3, 4, reservation=2, seat=OTHER_SEAT), limited(ANN, 5, 6)],
        [HELD, row("EXPIRED", reservation=2, seat=OTHER_SEAT)],
    ),
    "a refusal while a confirm without an answer may have been done": (
        [hold(ANN, 1, 2), confirm(ANN, 3, 4, outcome="unknown"), refused(BOB, 30, 31)],
        [SOLD],
    ),
    "a sale whose confirm was asked for in time": (
        [hold(ANN, 1, 2), confirm(ANN, 9, 12)],
        [row("CONFIRMED", confirmed=9.5)],
    ),
    "a confirm that is repeated after the end": (
        [hold(ANN, 1, 2), confirm(ANN, 3, 4), confirm(ANN, 30, 31)],
        [SOLD],
    ),
    "the same hold in two tabs": ([hold(ANN, 1, 5), hold(ANN, 2, 3)], [HELD]),
    "two of a limit of two, one after the other": (
        [hold(ANN, 1, 2), hold(ANN, 3, 4, reservation=2, seat=OTHER_SEAT), limited(ANN, 5, 6)],
        [HELD, row("EXPIRED", reservation=2, seat=OTHER_SEAT)],
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_can_have_been_is_held_against_nobody(name: str) -> None:
    operations, rows = KEPT[name]
    assert broken(operations, *rows, limit=2) == set()


BROKEN = {
    rules.TWO_OWNERS: ([hold(ANN, 1, 2), hold(BOB, 3, 4, reservation=2, until=20)], [HELD, BOBS]),
    rules.TWO_ROWS: (
        [unanswered(ANN, 1, 2), unanswered(BOB, 1, 2)],
        [row("HELD"), row("HELD", reservation=2, who=BOB)],
    ),
    rules.LOST: ([hold(ANN, 1, 2)], []),
    rules.LATE: ([hold(ANN, 1, 2), confirm(ANN, 10.001, 10.002)], [row("CONFIRMED", confirmed=9.9)]),
    rules.STUCK: ([hold(ANN, 1, 2), refused(BOB, 10.001, 10.002)], [HELD]),
    rules.MISGIVEN: ([hold(ANN, 1, 2), hold(BOB, 11, 12)], [HELD]),
    rules.NOT_THEIRS: ([hold(ANN, 1, 2), release(BOB, 3, 4)], [HELD]),
    rules.LIMIT: (
        [hold(ANN, 1, 2), hold(ANN, 1, 2, reservation=2, seat=OTHER_SEAT)],
        [HELD, row("EXPIRED", reservation=2, seat=OTHER_SEAT)],
    ),
    rules.LIMITED: ([refused(ANN, 1, 2, "SeatLimitReached")], []),
    rules.EARLY: ([hold(ANN, 1, 2), confirm(ANN, 3, 4, outcome="refused", why="HoldExpired")], [HELD]),
    rules.CONTRARY: ([hold(ANN, 1, 2), confirm(ANN, 3, 4), release(ANN, 5, 6)], [SOLD]),
    rules.STRAY: ([], [HELD]),
    rules.ODD: ([hold(ANN, 1, 2), confirm(ANN, 3, 4, outcome="refused", why="NotOnSale")], [HELD]),
    rules.MISTOLD: ([hold(ANN, 1, 2, until=11)], [HELD]),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_named(rule: str) -> None:
    operations, rows = BROKEN[rule]
    assert broken(operations, *rows, limit=1) == {rule}


MORE = {
    "a sale that is lost": ([hold(ANN, 1, 2), confirm(ANN, 3, 4)], [HELD], rules.LOST),
    "a release that is lost": ([hold(ANN, 1, 2), release(ANN, 3, 4)], [HELD], rules.LOST),
    "a hold that its buyer is told is not there": (
        [hold(ANN, 1, 2), confirm(ANN, 3, 4, outcome="refused", why="NotFound")],
        [HELD],
        rules.LOST,
    ),
    "a sale decided after its end, because its row was locked until then": (
        [hold(ANN, 1, 2), lock(8, 10.5), confirm(ANN, 9, 11)],
        [row("CONFIRMED", confirmed=9.9)],
        rules.LATE,
    ),
    "a sale that is late by its own row": (
        [hold(ANN, 1, 2), confirm(ANN, 9, 11)],
        [row("CONFIRMED", confirmed=10.5)],
        rules.LATE,
    ),
    "a hold that was marked too early": ([hold(ANN, 1, 2)], [row("EXPIRED", updated=9)], rules.EARLY),
    "a hold that nobody released": ([hold(ANN, 1, 2)], [row("CANCELLED")], rules.EARLY),
    "a hold that is given once more when it is over": (
        [hold(ANN, 1, 2), hold(ANN, 11, 12)],
        [HELD],
        rules.MISTOLD,
    ),
    "a row that is older than the only wish it may have come of": ([unanswered(ANN, 1.5, 2)], [HELD], rules.STRAY),
    "a row of a hold that was given up long ago": (
        [unanswered(ANN, 1, 2)],
        [row("EXPIRED", created=10.5, until=20, updated=20)],
        rules.STRAY,
    ),
    "a sale of which nobody was told, and who was refused because of it": (
        [unanswered(ANN, 1, 2), refused(BOB, 30, 31)],
        [SOLD],
        rules.MISTOLD,
    ),
    "a hold without an answer that was cancelled": ([unanswered(ANN, 1, 2)], [row("CANCELLED")], rules.EARLY),
    "a refusal for a hold without an answer, which came to nothing": (
        [unanswered(ANN, 1, 2), refused(BOB, 2, 3)],
        [],
        rules.STUCK,
    ),
    "a refusal for a hold without an answer, which is over": (
        [unanswered(ANN, 1, 2), refused(BOB, 10.5, 11)],
        [HELD],
        rules.STUCK,
    ),
    "a refusal at the limit, for one seat that was had twice": (
        [
            hold(ANN, 1, 2, until=3),
            hold(ANN, 4, 5, reservation=2, until=6),
            refused(ANN, 2.5, 5.5, "SeatLimitReached"),
        ],
        [row("EXPIRED", until=3), row("EXPIRED", reservation=2, until=6)],
        rules.LIMITED,
    ),
    "a sale that nobody asked for": ([hold(ANN, 1, 2)], [SOLD], rules.MISTOLD),
}


@pytest.mark.parametrize("name", MORE)
def test_so_is_each_way_to_break_it(name: str) -> None:
    operations, rows, rule = MORE[name]
    assert broken(operations, *rows) == {rule}


SLOWLY_TOLD = hold(ANN, 1, 12)


@pytest.mark.parametrize("birth", [3, 8.9, 9, 9.5])
def test_a_hold_whose_answer_came_after_its_end_is_judged_by_its_birth(birth: float) -> None:
    bobs = row("EXPIRED", reservation=2, who=BOB, until=9, updated=9)
    found = broken([SLOWLY_TOLD, hold(BOB, 2, 2.5, reservation=2, until=9)], HELD, bobs, births={1: birth, 2: 2.4})
    assert found == ({rules.TWO_OWNERS} if birth < 9 else set())


def test_a_hold_that_was_over_when_it_was_born_is_in_nobodys_way() -> None:
    operations = [SLOWLY_TOLD, hold(BOB, 10.2, 10.5, reservation=2, until=20)]
    assert broken(operations, HELD, BOBS, births={1: 11, 2: 10.4}) == set()


def test_a_hold_of_which_nobody_was_told_is_judged_by_its_row_and_birth() -> None:
    beside = [unanswered(ANN, 1, 2), hold(BOB, 3, 4, reservation=2, until=20)]
    assert broken(beside, HELD, BOBS, births={1: 1.5, 2: 3.5}) == {rules.TWO_OWNERS}
    both = [unanswered(ANN, 1, 2), hold(ANN, 3, 4, reservation=2, seat=OTHER_SEAT)]
    others = row("EXPIRED", reservation=2, seat=OTHER_SEAT)
    assert broken(both, HELD, others, births={1: 1.5, 2: 3.5}, limit=1) == {rules.LIMIT}


def test_a_hold_that_was_kept_though_it_was_refused_is_a_stray_also_when_it_is_told_later() -> None:
    operations = [refused(ANN, 1, 2), refused(BOB, 3, 4), hold(ANN, 5, 6)]
    assert broken(operations, HELD, births={1: 1.5}) == {rules.STRAY}


def test_a_hold_without_an_answer_of_which_a_later_one_tells_was_in_the_way_from_its_birth() -> None:
    operations = [unanswered(ANN, 1, 2), refused(BOB, 3, 4), hold(ANN, 5, 6)]
    assert broken(operations, HELD, births={1: 1.5}) == set()
    assert broken(operations, HELD, births={1: 4.5}) == {rules.STUCK}


def test_two_rows_that_were_seen_meanwhile_are_not_forgotten() -> None:
    assert broken([hold(ANN, 1, 2)], HELD, doubled={SEAT}) == {rules.TWO_ROWS}


def test_a_record_is_read_as_it_was_written() -> None:
    for operation in (hold(ANN, 1.5, 2.25), refused(BOB, 1, 2), repeated(unanswered(ANN, 1, 2)), lock(1, 2)):
        assert Operation.of(operation.line) == operation
