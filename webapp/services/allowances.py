"""How much each caller may ask in each lane, counted for all processes in one table.

The generic cell rate algorithm: a caller's row holds only the moment until which its allowance is spent. Each request
moves that moment on by window / quota, and is refused where it would come to lie more than a window ahead: so a quota
can be spent at once, and comes back evenly. A refused request writes nothing, and waits for no lock.
"""

from dataclasses import dataclass
from functools import cache
from math import ceil, floor
from typing import Any

from sqlalchemy import Connection, text

from webapp.services.database.statements import autocommitted_apart, written_once

WINDOW_SECONDS = 60
# How many rows are forgotten in one turn, so that none lasts long.
TURN = 10_000


def spending(lane: str, window: int = WINDOW_SECONDS) -> str:
    """Parts of a statement that has found(caller, quota, …) before them and asks for SPENT from PAID: so who asks, and
    whether they may, is one round trip.

    What is refused early takes no lock; the WHERE of the UPDATE decides among those who come at once. Lane and window
    are written into the statement: sending them with each request would cost more than all the rest.
    """
    return f"""
        standing AS (
            SELECT found.*,
                   make_interval(secs => {window}.0 / found.quota) AS each,
                   allowances.spent_until AS before
            FROM found
            LEFT JOIN allowances ON allowances.caller = found.caller
                                AND allowances.lane = '{lane}'
        ),
        spent AS (
            INSERT INTO allowances (caller, lane, spent_until)
            SELECT caller, '{lane}', statement_timestamp() + each
            FROM standing
            WHERE before IS NULL
               OR before + each <= statement_timestamp() + interval '{window} seconds'
            ON CONFLICT (caller, lane) DO UPDATE
            SET spent_until = greatest(allowances.spent_until, statement_timestamp())
                            + (excluded.spent_until - statement_timestamp())
            WHERE allowances.spent_until + (excluded.spent_until - statement_timestamp())
                  <= statement_timestamp() + interval '{window} seconds'
            RETURNING spent_until
        )
    """  # noqa: S608 -- made of constants


PAID = "standing LEFT JOIN spent ON true"
SPENT = """
    CAST(EXTRACT(epoch FROM coalesce(spent.spent_until, before) - statement_timestamp()) AS float) AS seconds_spent,
    spent.spent_until IS NULL AS is_refused
"""


@dataclass(frozen=True)
class Spent:
    """What a request cost its caller; `seconds` is how much of the window is spent."""

    lane: str
    caller: str
    quota: int
    window: int
    seconds: float
    is_refused: bool

    @property
    def left(self) -> int:
        """How many more requests would be answered right now."""
        return max(0, floor((self.window - self.seconds) / self._each + 1e-6))

    @property
    def seconds_until_next(self) -> int:
        """In how many seconds another one will be."""
        return max(1, ceil(self.seconds + self._each - self.window - 1e-6))

    @property
    def may_go_on(self) -> bool:
        """Whether another one would be answered."""
        return self.seconds + self._each <= self.window

    @property
    def _each(self) -> float:
        return self.window / self.quota


@dataclass
class Toll:
    """What a request is to cost whoever sent it: one of the `quota` that an account has in a minute, or of the
    `network_quota` that all have together who ask without one from this `network`; and what it did cost, once paid."""

    lane: str
    quota: int
    network: str
    network_quota: int
    spent: Spent | None = None

    def note(self, row: Any, account: str | None) -> None:
        """Keep what a statement with SPENT told of this account, or, where it is None, of the network."""
        quota = self.quota if account else self.network_quota
        self.spent = _spent(row, self.lane, account or self.network, quota, WINDOW_SECONDS)


def pay_by_network(toll: Toll) -> None:
    """Have the network pay for a request that nobody with an account sent."""
    with autocommitted_apart() as connection:
        toll.spent = spend(connection, toll.lane, toll.network, toll.network_quota)


def spend(connection: Connection, lane: str, caller: str, quota: int, window: int = WINDOW_SECONDS) -> Spent:
    """Spend one of the `quota` (at least one) that the caller has in a window of so many seconds, if any is left."""
    row = connection.execute(written_once(_spending_alone(lane, quota, window)), {"caller": caller}).one()
    return _spent(row, lane, caller, quota, window)


@cache
def _spending_alone(lane: str, quota: int, window: int) -> str:
    return f"""
        WITH found AS (
            SELECT CAST(:caller AS text) AS caller, {quota} AS quota
        ),
        {spending(lane, window)}
        SELECT {SPENT}
        FROM {PAID}
    """  # noqa: S608 -- made of constants


def give_back(connection: Connection, spent: Spent) -> None:
    """Undo what was spent, as if it had not been asked."""
    connection.execute(
        text("""
            UPDATE allowances
            SET spent_until = spent_until - make_interval(secs => CAST(:window AS float) / :quota)
            WHERE caller = :caller
              AND lane = :lane
        """),
        {"lane": spent.lane, "caller": spent.caller, "quota": spent.quota, "window": spent.window},
    )


def pay_in(toll: Toll, lane: str, quota: int) -> Spent:
    """Have whoever paid the toll pay in another lane instead, with so large a quota there."""
    assert toll.spent
    with autocommitted_apart() as connection:
        give_back(connection, toll.spent)
        return spend(connection, lane, toll.spent.caller, quota)


def forget() -> int:
    """Forget some of the callers who have all their allowance again; how many."""
    with autocommitted_apart() as connection:
        return connection.execute(
            text("""
                DELETE FROM allowances
                WHERE (caller, lane) IN (
                    SELECT caller, lane
                    FROM allowances
                    WHERE spent_until <= statement_timestamp()
                    LIMIT :turn
                    FOR UPDATE SKIP LOCKED
                )
            """),
            {"turn": TURN},
        ).rowcount


def _spent(row: Any, lane: str, caller: str, quota: int, window: int) -> Spent:
    # Somebody who came at once may have spent all of it, in a row that this statement could not see.
    seconds = window if row.seconds_spent is None else max(0.0, row.seconds_spent)
    return Spent(lane, caller, quota, window, seconds, row.is_refused)
