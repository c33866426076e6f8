"""The planted bugs: what is wrong, the rules that name it, a mood of a crowd that finds it, and how it is planted."""

from functools import partial
from random import Random

from bench.proof import trial
from bench.proof.judging import rules
from bench.proof.mutants.misbehaviour import INDEX, commits_in_vain, never_indexed, sweep_blindly
from bench.proof.mutants.mutant import Mutant, ddl, guard, patched, rewritten
from tests.races import quick_deadlocks
from webapp.services import reservations
from webapp.services.database.statements import autocommitted
from webapp.services.reservations import ending, holding

ACTIVE = "status IN ('HELD','CONFIRMED')"
IN_ORDER = "ORDER BY seats.id ON CONFLICT DO NOTHING"
LAPSED = "OLD.hold_expiry <= moment"
MAY_EXPIRE = f"OLD.status = 'HELD' AND NEW.status = 'EXPIRED' AND {LAPSED}"
# What the sweeper and the guard ask of a hold before they mark it.
SWEPT = "AND hold_expiry <= statement_timestamp()"
OVER = "AND hold_expiry <= clock_timestamp();"
SOON = "interval '25 milliseconds'"
NO_UPDATE_GUARD = ddl("ALTER TABLE reservations DISABLE TRIGGER guard_update")
TAKE_OVER = f"""
    ORDER BY seats.id
    ON CONFLICT (seat_id) WHERE {ACTIVE} DO UPDATE
    SET user_id = EXCLUDED.user_id, created_at = clock_timestamp(), hold_expiry = EXCLUDED.hold_expiry
    WHERE reservations.status = 'HELD' AND reservations.hold_expiry <= clock_timestamp()
"""
CHECK_THEN_INSERT = f"""
    AND NOT EXISTS (
        SELECT FROM reservations AS others
        WHERE others.seat_id = seats.id
          AND others.{ACTIVE}
          AND (others.status = 'CONFIRMED' OR others.hold_expiry > clock_timestamp())
    )
    ORDER BY seats.id
"""
TWICE = frozenset({rules.TWO_OWNERS, rules.TWO_ROWS})


def _of(*rules: str) -> frozenset[str]:
    return frozenset(rules)


MUTANTS = [
    Mutant("no index", TWICE, "hot", [ddl(f"DROP INDEX {INDEX}")]),
    Mutant("an index that was never finished", TWICE, "hot", [never_indexed]),
    # Only of several seats no statement looks beforehand which are taken: the index and the guards alone know.
    Mutant(
        "an index of held seats only",
        TWICE,
        "groups",
        [ddl(f"DROP INDEX {INDEX}; CREATE UNIQUE INDEX {INDEX} ON reservations (seat_id) WHERE status = 'HELD'")],
    ),
    Mutant(
        "an index per buyer and seat",
        TWICE,
        "hot",
        [ddl(f"DROP INDEX {INDEX}; CREATE UNIQUE INDEX {INDEX} ON reservations (seat_id, user_id) WHERE {ACTIVE}")],
    ),
    Mutant(
        "check, then insert",
        TWICE,
        "hot",
        [ddl(f"DROP INDEX {INDEX}"), rewritten(IN_ORDER, CHECK_THEN_INSERT)],
    ),
    Mutant(
        "no guard of births",
        _of(rules.STUCK, trial.BUSY),
        "hot",
        [ddl("ALTER TABLE reservations DISABLE TRIGGER guard_insert")],
    ),
    Mutant("no guard of changes", _of(rules.LATE), "cold", [NO_UPDATE_GUARD]),
    Mutant(
        "lapsed holds stay in the way", _of(rules.STUCK, trial.BUSY), "hot", [guard("insert", (OVER, "AND false;"))]
    ),
    Mutant(
        "a takeover that keeps the id",
        _of(rules.MISGIVEN),
        "hot",
        [guard("insert", (OVER, "AND false;")), NO_UPDATE_GUARD, rewritten(IN_ORDER, TAKE_OVER)],
    ),
    Mutant(
        "a hold gives way before its end",
        _of(rules.TWO_OWNERS, rules.EARLY),
        "groups",
        [
            guard("insert", (OVER, f"AND hold_expiry <= clock_timestamp() + {SOON};")),
            guard("update", (MAY_EXPIRE, "NEW.status = 'EXPIRED'")),
        ],
    ),
    Mutant(
        "a confirm asks the time before it waits",
        _of(rules.LATE),
        "brinks",
        [guard("update", ("moment := clock_timestamp();", "moment := now();"))],
    ),
    Mutant(
        "a confirm does not ask the time",
        _of(rules.LATE),
        "cold",
        [guard("update", (f"AND {LAPSED} THEN", "AND false THEN"))],
    ),
    Mutant(
        "anybody ends anybody's hold",
        _of(rules.NOT_THEIRS),
        "hot",
        [
            rewritten(
                "AND reservations.user_id = %(user_id)s AND reservations.status",
                "AND reservations.status",
            )
        ],
    ),
    Mutant(
        "a sale is released",
        _of(rules.CONTRARY),
        "hot",
        [
            NO_UPDATE_GUARD,
            rewritten("AND reservations.status = 'HELD' AND seats.id", "AND seats.id"),
        ],
    ),
    Mutant(
        "several seats in any order",
        _of(trial.DEADLOCK),
        "groups",
        [
            quick_deadlocks,
            rewritten(IN_ORDER, "ORDER BY random() ON CONFLICT DO NOTHING"),
        ],
    ),
    Mutant(
        "a part of several seats is kept",
        _of(rules.STRAY, rules.STUCK),
        "groups",
        [patched(holding, "transaction", autocommitted)],
    ),
    Mutant(
        "the reply goes out before a commit that fails",
        _of(rules.LOST),
        "hot",
        [patched(holding, "autocommitted", partial(commits_in_vain, Random(1), 40))],
    ),
    Mutant(
        "a confirm is told before a commit that fails",
        _of(rules.LOST),
        "cold",
        [patched(ending, "autocommitted", partial(commits_in_vain, Random(1), 4))],
    ),
    Mutant(
        "the limit is counted without the buyer's lock",
        _of(rules.LIMIT),
        "tabs",
        [guard("insert", ("PERFORM pg_advisory_xact_lock(7302, NEW.user_id);", ""))],
    ),
    Mutant(
        "a sweeper that does not look again",
        _of(rules.LOST, rules.EARLY),
        "cold",
        [
            guard("update", (MAY_EXPIRE, "NEW.status = 'EXPIRED'")),
            # Even then a constraint would refuse to expire a sale.
            ddl("ALTER TABLE reservations DROP CONSTRAINT ck_reservations_confirmed_have_their_time"),
            patched(reservations, "expire_lapsed", sweep_blindly),
        ],
    ),
    Mutant(
        "a sweeper whose clock is ahead",
        _of(rules.EARLY),
        "cold",
        [
            guard("update", (MAY_EXPIRE, "NEW.status = 'EXPIRED'")),
            rewritten(SWEPT, f"AND hold_expiry <= statement_timestamp() + {SOON}"),
        ],
    ),
    Mutant(
        "an expiry that is told too late",
        _of(rules.MISTOLD),
        "hot",
        [
            rewritten(
                "reservations.hold_expiry, reservations.created_at",
                "reservations.hold_expiry + interval '1 second' AS hold_expiry, reservations.created_at",
            )
        ],
    ),
]
