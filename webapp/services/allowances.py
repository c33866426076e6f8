"""How much each caller may ask in each lane, counted for all processes in one table.

The generic cell rate algorithm: a caller's row holds only the moment until which its allowance is spent. Each request
moves that moment on by window / quota, and is refused where it would come to lie more than a window ahead: so a quota
can be spent at once, and comes back evenly. A refused request writes nothing, and waits for no lock.
"""

from dataclasses import dataclass
from functools import cache
from math import ceil, floor

from sqlalchemy import Connection, text

from webapp.services.database.statements import autocommitted_apart, written_once

WINDOW_SECONDS = 60
# How many rows are forgotten in one turn, so that none lasts long.
TURN = 10_000


@dataclass(frozen=True)
class Spent:
    """What so many requests (`units`) cost their caller, or would; `seconds` is how much of the window is spent."""

    lane: str
    caller: str
    quota: int
    window: int
    seconds: float
    is_refused: bool
    units: int = 1

    @property
    def left(self) -> int:
        """How many more requests would be answered right now."""
        return max(0, floor((self.window - self.seconds) / self._each + 1e-6))

    @property
    def seconds_until_next(self) -> int:
        """In how many seconds as many will be."""
        return max(1, ceil(self.seconds + self._each * self.units - self.window - 1e-6))

    @property
    def may_go_on(self) -> bool:
        """Whether as many would be answered."""
        return self.seconds + self._each * self.units <= self.window

    @property
    def _each(self) -> float:
        return self.window / self.quota


def pay(lane: str, caller: str, quota: int, *, units: int) -> Spent:
    """Have the caller pay for so many requests in this lane, if there is so much left of its quota in a minute."""
    with autocommitted_apart() as connection:
        return spend(connection, lane, caller, quota, units=units)


def spend(
    connection: Connection, lane: str, caller: str, quota: int, window: int = WINDOW_SECONDS, *, units: int = 1
) -> Spent:
    """Spend some of the `quota` (at least one) that the caller has in a window of so many seconds, if it is left."""
    row = connection.execute(written_once(_spending(lane, window, quota, units)), {"caller": caller}).one()
    # Somebody who came at once may have spent all of it, in a row that this statement could not see.
    seconds = window if row.seconds_spent is None else max(0.0, row.seconds_spent)
    return Spent(lane, caller, quota, window, seconds, row.is_refused, units)


@cache
def _spending(lane: str, window: int, quota: int, units: int) -> str:
    """What is refused early takes no lock; the WHERE of the UPDATE decides among those who come at once.

    All but the caller is written into the statement: sending it would cost more than the rest.
    """
    cost, whole = f"interval '{window * units / quota:.6f} seconds'", f"interval '{window} seconds'"
    # Nobody comes so far by asking: the clock was set back, and nobody is to wait for it to come round again.
    beyond = f"statement_timestamp() + 2 * {whole}"
    return f"""
        WITH standing AS (
            SELECT CAST(:caller AS text) AS caller,
                   (SELECT spent_until FROM allowances WHERE caller = :caller AND lane = '{lane}') AS before
        ),
        spent AS (
            INSERT INTO allowances (caller, lane, spent_until)
            SELECT caller, '{lane}', statement_timestamp() + {cost}
            FROM standing
            WHERE before IS NULL
               OR before + {cost} <= statement_timestamp() + {whole}
               OR before > {beyond}
            ON CONFLICT (caller, lane) DO UPDATE
            SET spent_until = CASE WHEN allowances.spent_until > {beyond} THEN statement_timestamp()
                                   ELSE greatest(allowances.spent_until, statement_timestamp())
                              END + {cost}
            WHERE allowances.spent_until + {cost} <= statement_timestamp() + {whole}
               OR allowances.spent_until > {beyond}
            RETURNING spent_until
        )
        SELECT CAST(EXTRACT(epoch FROM coalesce(spent.spent_until, before) - statement_timestamp()) AS float)
                   AS seconds_spent,
               spent.spent_until IS NULL AS is_refused
        FROM standing
        LEFT JOIN spent ON true
    """  # noqa: S608 -- made of constants


def give_back(connection: Connection, spent: Spent) -> None:
    """Undo what one request spent, as if it had not been asked."""
    connection.execute(
        text("""
            UPDATE allowances
            SET spent_until = spent_until - make_interval(secs => CAST(:window AS float) / :quota)
            WHERE caller = :caller
              AND lane = :lane
        """),
        {"lane": spent.lane, "caller": spent.caller, "quota": spent.quota, "window": spent.window},
    )


def take_back(spent: Spent) -> None:
    """The same in a statement of its own."""
    with autocommitted_apart() as connection:
        give_back(connection, spent)


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
