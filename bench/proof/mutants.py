"""Planted bugs, each of which the checker must find and name: `python -m bench.proof.mutants` prints the table.

Each is planted in a database of its own, in the guards, the index, or the statements and verbs of the service, and a
crowd of each mood meets it. What one mood misses another finds.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep, time_ns
from types import ModuleType
from typing import Any
from unittest.mock import patch

import psycopg
from sqlalchemy import Connection, text

from bench.proof import checker, trial
from bench.proof.crowds import MOODS
from bench.proof.trial import Size, Verdict, attempt
from bench.stage import stages
from tests.races import change_guard, quick_deadlocks, rewriting, run
from tests.scenes import Scene
from webapp.extensions import db
from webapp.services import reservations
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.reservations import ending, holding

Plant = Callable[[Scene], AbstractContextManager[None] | None]

INDEX = "unique_active_reservation_per_seat"
ACTIVE = "status IN ('HELD','CONFIRMED')"
IN_ORDER = "ORDER BY seats.id ON CONFLICT DO NOTHING"
LAPSED = "OLD.hold_expiry <= moment"
MAY_EXPIRE = f"OLD.status = 'HELD' AND NEW.status = 'EXPIRED' AND {LAPSED}"
# What the sweeper and the guard ask of a hold before they mark it.
SWEPT = "AND hold_expiry <= statement_timestamp()"
OVER = "AND hold_expiry <= clock_timestamp();"
SOON = "interval '25 milliseconds'"
# For how many seconds a sweeper has its eyes closed.
BLIND = 0.06


@dataclass(frozen=True)
class Mutant:
    """A bug, how it is planted, the rules that it breaks, any of which names it, and a mood of the crowd to find it."""

    name: str
    rules: frozenset[str]
    mood: str
    plants: Sequence[Plant]

    @contextmanager
    def planted(self, scene: Scene) -> Iterator[None]:
        """The product with the bug."""
        with ExitStack() as planted:
            for plant in self.plants:
                if (growing := plant(scene)) is not None:
                    planted.enter_context(growing)
            # What is planted in the database must be met by statements that were not planned before.
            db.engine.dispose()
            yield


def _ddl(statement: str) -> Plant:
    return lambda scene: run(scene, statement)


def _guard(moment: str, *changes: tuple[str, str]) -> Plant:
    return lambda scene: change_guard(scene, f"guard_reservation_{moment}", *changes)


def _rewritten(words: str, instead: str) -> Plant:
    return lambda _: rewriting(words, instead)


def _patched(where: ModuleType, name: str, instead: Callable[..., Any]) -> Plant:
    @contextmanager
    def patched(_: Scene) -> Iterator[None]:
        with patch.object(where, name, instead):
            yield

    return patched


def _never_indexed(scene: Scene) -> None:
    """What a CREATE INDEX CONCURRENTLY that failed leaves behind."""
    with psycopg.connect(scene.database.superuser_url) as connection:
        connection.execute(
            f"UPDATE pg_index SET indisvalid = false, indisready = false WHERE indexrelid = '{INDEX}'::regclass"
        )


@contextmanager
def _commits_in_vain(chance: Random, every: int) -> Iterator[Connection]:
    """A transaction that is told of as committed, and once in so many times is not."""
    with transaction() as connection:
        end = connection.rollback if chance.randrange(every) == 0 else connection.commit
        with patch.object(connection, "commit", end):
            yield connection
        end()


def _sweep_blindly() -> int:
    """Choose which holds are to be expired, and do it a moment later, whatever became of them."""
    with autocommitted() as connection:
        ids = connection.execute(
            text("SELECT id FROM reservations WHERE status = 'HELD' AND hold_expiry <= clock_timestamp() + :soon"),
            {"soon": timedelta(seconds=BLIND)},
        )
        chosen = list(ids.scalars())
        sleep(BLIND)
        return connection.execute(
            text("UPDATE reservations SET status = 'EXPIRED' WHERE id = ANY(:ids)"), {"ids": chosen}
        ).rowcount


NO_UPDATE_GUARD = _ddl("ALTER TABLE reservations DISABLE TRIGGER guard_update")
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
TWICE = frozenset({checker.TWO_OWNERS, checker.TWO_ROWS})


def _of(*rules: str) -> frozenset[str]:
    return frozenset(rules)


MUTANTS = [
    Mutant("no index", TWICE, "hot", [_ddl(f"DROP INDEX {INDEX}")]),
    Mutant("an index that was never finished", TWICE, "hot", [_never_indexed]),
    Mutant(
        "an index of held seats only",
        TWICE,
        "hot",
        [_ddl(f"DROP INDEX {INDEX}; CREATE UNIQUE INDEX {INDEX} ON reservations (seat_id) WHERE status = 'HELD'")],
    ),
    Mutant(
        "an index per buyer and seat",
        TWICE,
        "hot",
        [_ddl(f"DROP INDEX {INDEX}; CREATE UNIQUE INDEX {INDEX} ON reservations (seat_id, user_id) WHERE {ACTIVE}")],
    ),
    Mutant(
        "check, then insert",
        TWICE,
        "hot",
        [_ddl(f"DROP INDEX {INDEX}"), _rewritten(IN_ORDER, CHECK_THEN_INSERT)],
    ),
    Mutant(
        "no guard of births",
        _of(checker.STUCK, trial.BUSY),
        "hot",
        [_ddl("ALTER TABLE reservations DISABLE TRIGGER guard_insert")],
    ),
    Mutant("no guard of changes", _of(checker.LATE), "cold", [NO_UPDATE_GUARD]),
    Mutant(
        "lapsed holds stay in the way", _of(checker.STUCK, trial.BUSY), "hot", [_guard("insert", (OVER, "AND false;"))]
    ),
    Mutant(
        "a takeover that keeps the id",
        _of(checker.MISGIVEN),
        "hot",
        [_guard("insert", (OVER, "AND false;")), NO_UPDATE_GUARD, _rewritten(IN_ORDER, TAKE_OVER)],
    ),
    Mutant(
        "a hold gives way before its end",
        _of(checker.TWO_OWNERS, checker.EARLY),
        "hot",
        [
            _guard("insert", (OVER, f"AND hold_expiry <= clock_timestamp() + {SOON};")),
            _guard("update", (MAY_EXPIRE, "NEW.status = 'EXPIRED'")),
        ],
    ),
    Mutant(
        "a confirm asks the time before it waits",
        _of(checker.LATE),
        "brinks",
        [_guard("update", ("moment := clock_timestamp();", "moment := now();"))],
    ),
    Mutant(
        "a confirm does not ask the time",
        _of(checker.LATE),
        "cold",
        [_guard("update", (f"AND {LAPSED} THEN", "AND false THEN"))],
    ),
    Mutant(
        "anybody ends anybody's hold",
        _of(checker.NOT_THEIRS),
        "hot",
        [
            _rewritten(
                "AND reservations.user_id = %(user_id)s AND reservations.status",
                "AND reservations.status",
            )
        ],
    ),
    Mutant(
        "a sale is released",
        _of(checker.CONTRARY),
        "hot",
        [
            NO_UPDATE_GUARD,
            _rewritten("AND reservations.status = 'HELD' AND seats.id", "AND seats.id"),
        ],
    ),
    Mutant(
        "several seats in any order",
        _of(trial.DEADLOCK),
        "groups",
        [
            quick_deadlocks,
            _rewritten(IN_ORDER, "ORDER BY random() ON CONFLICT DO NOTHING"),
        ],
    ),
    Mutant(
        "a part of several seats is kept",
        _of(checker.STRAY, checker.STUCK),
        "groups",
        [_patched(holding, "transaction", autocommitted)],
    ),
    Mutant(
        "the reply goes out before a commit that fails",
        _of(checker.LOST),
        "hot",
        [_patched(holding, "autocommitted", partial(_commits_in_vain, Random(1), 40))],
    ),
    Mutant(
        "a confirm is told before a commit that fails",
        _of(checker.LOST),
        "cold",
        [_patched(ending, "autocommitted", partial(_commits_in_vain, Random(1), 4))],
    ),
    Mutant(
        "the limit is counted without the buyer's lock",
        _of(checker.LIMIT),
        "tabs",
        [_guard("insert", ("PERFORM pg_advisory_xact_lock(7302, NEW.user_id);", ""))],
    ),
    Mutant(
        "a sweeper that does not look again",
        _of(checker.LOST, checker.EARLY),
        "cold",
        [
            _guard("update", (MAY_EXPIRE, "NEW.status = 'EXPIRED'")),
            # Even then a constraint would refuse to expire a sale.
            _ddl("ALTER TABLE reservations DROP CONSTRAINT ck_reservations_confirmed_have_their_time"),
            _patched(reservations, "expire_lapsed", _sweep_blindly),
        ],
    ),
    Mutant(
        "a sweeper whose clock is ahead",
        _of(checker.EARLY),
        "cold",
        [
            _guard("update", (MAY_EXPIRE, "NEW.status = 'EXPIRED'")),
            _rewritten(SWEPT, f"AND hold_expiry <= statement_timestamp() + {SOON}"),
        ],
    ),
    Mutant(
        "an expiry that is told too late",
        _of(checker.MISTOLD),
        "hot",
        [
            _rewritten(
                "reservations.hold_expiry, reservations.created_at",
                "reservations.hold_expiry + interval '1 second' AS hold_expiry, reservations.created_at",
            )
        ],
    ),
]


# How large the crowds are that find the bugs.
SIZES = {
    "hot": Size(clients=12, tries=60, houses=2),
    "cold": Size(clients=12, tries=8),
    "groups": Size(clients=12, tries=25),
    "brinks": Size(clients=12, tries=10),
    "tabs": Size(clients=12, tries=20),
}
# A bug that shows itself now and then is not missed for bad luck.
ROUNDS = 4


def meet(scene: Scene, mutant: Mutant, mood: str, folder: Path, *, seed: str) -> Verdict:
    """Let crowds of this mood meet the bug, in a database of its own, until one finds it; at most `ROUNDS` of them."""
    with mutant.planted(scene):
        for round_of in range(ROUNDS):
            verdict = attempt(scene, MOODS[mood], SIZES[mood], folder, seed=f"{seed} {round_of}")
            if verdict.broken & mutant.rules:
                break
    return verdict


def find_all(*, seed: str) -> Sequence[str]:
    """Let each bug be met by crowds of its mood, and print which rules it was found to break; those that were not."""
    missed = []
    with stages() as new_stage, TemporaryDirectory() as folder:
        for mutant in MUTANTS:
            with new_stage() as scene:
                named = meet(scene, mutant, mutant.mood, Path(folder), seed=seed).broken & mutant.rules
            print(f"{mutant.name:50} {mutant.mood:7} {', '.join(sorted(named)) or 'NOT FOUND'}", flush=True)
            missed += [] if named else [mutant.name]
    return missed


def main() -> None:
    """Let a crowd of each mood meet each bug, and print which finds it."""
    parser = ArgumentParser(prog="python -m bench.proof.mutants", description="Planted bugs, and who finds them.")
    parser.add_argument("--seed", default=str(time_ns()))
    seed = parser.parse_args().seed
    print(f"seed {seed}\n{'planted bug':50} {' '.join(f'{mood:7}' for mood in SIZES)} named by")
    missed = []
    with stages() as new_stage, TemporaryDirectory() as folder:
        for mutant in MUTANTS:
            named: dict[str, set[str]] = {}
            for mood in SIZES:
                with new_stage() as scene:
                    named[mood] = set(meet(scene, mutant, mood, Path(folder), seed=seed).broken & mutant.rules)
            marks = " ".join(f"{'found' if rules else '-':7}" for rules in named.values())
            print(f"{mutant.name:50} {marks} {', '.join(sorted(set().union(*named.values())))}", flush=True)
            missed += [] if any(named.values()) else [mutant.name]
    sys.exit(f"not found: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    main()
