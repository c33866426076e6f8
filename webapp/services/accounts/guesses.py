"""Wrong passwords slow down whoever tries them, and nobody locks the owner out.

A try is counted before the password is looked at, so that tries at once are not more tries, and forgiven where it was
right. Three things are counted, whether there is such an account or not:

- the e-mail from this network: after `FREE_TRIES` each failure doubles the wait, up to `LONGEST_WAIT`;
- all e-mails from this network, but those that have signed in from it before;
- the e-mail from all networks it never signed in from. Where those are many, an account is under siege: from such a
  network one has to ask, and to come back after `SIEGE_WAIT` for a single try. So guessers gain nothing by being many
  at once, and an owner on a journey, who waits as told, gets a try whatever they do meanwhile.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

from sqlalchemy import Connection, text

from webapp.services.allowances import Spent, give_back, spend
from webapp.services.database.statements import apart, autocommitted_apart
from webapp.services.refusals import Busy, Refusal, SignInFailed, SignInSlowed

# Its own, so that an operator can have it without all else (webapp.telemetry.request_log).
log = logging.getLogger("holdfast.security")

FREE_TRIES = 5
# In seconds, as all waits.
LONGEST_WAIT, SIEGE_WAIT = 60, 30
# Failures within so many seconds, and as many again only as they come back.
WINDOW, OF_NETWORK, OF_STRANGERS = 600, 100, 10
# After how long without a try the failures in a row are forgotten.
SECONDS_REMEMBERED = 3600
NETWORKS_KNOWN = 10
# How many rows are forgotten in one turn, so that none lasts long.
TURN = 10_000

WAIT = f"""
    make_interval(secs => greatest(
        CAST(:least AS float),
        CASE WHEN tries.failures < {FREE_TRIES} THEN 0
             ELSE least({LONGEST_WAIT}, power(2, least(tries.failures - {FREE_TRIES}, 6)))
        END
    ))
"""


@dataclass(frozen=True)
class Guesser:
    """Who tries the password of an e-mail address; `account` and `network` are keyed hashes of it and of where they
    are (webapp.services.accounts.addresses)."""

    email: str
    account: str
    network: str


@contextmanager
def counted(guesser: Guesser) -> Iterator[None]:
    """Let a password be tried in this block, which raises `SignInFailed` where it is wrong.

    Raises `SignInSlowed` before, where it is too early for another try.
    """
    try:
        spent = _count(guesser)
    except SignInSlowed:
        _tell("a password was not looked at", guesser)
        raise
    try:
        yield
    except Refusal as refusal:
        if isinstance(refusal, SignInFailed):
            _tell("a password was wrong", guesser)
        if not isinstance(refusal, SignInFailed | Busy):  # the password was right, and something else was not
            _forgive(guesser, spent)
        raise
    _forgive(guesser, spent)


def _tell(what: str, guesser: Guesser) -> None:
    """Log what happened, for whoever watches over the site: by keyed hashes, which name nobody."""
    log.info(what, extra={"fields": {"account": guesser.account, "network": guesser.network}})


def forget() -> int:
    """Forget some of the failures that are long past; how many."""
    with autocommitted_apart() as connection:
        return connection.execute(
            text("""
                DELETE FROM password_tries
                WHERE (account, network) IN (
                    SELECT account, network
                    FROM password_tries
                    WHERE tried_at <= statement_timestamp() - make_interval(secs => :remembered)
                    LIMIT :turn
                    FOR UPDATE SKIP LOCKED
                )
            """),
            {"remembered": SECONDS_REMEMBERED, "turn": TURN},
        ).rowcount


def _count(guesser: Guesser) -> list[Spent]:
    """Count this try as a failure; what it spent, where the account is not at home here.

    Everybody locks in one order: the account, the account here, the network.
    """
    with apart() as connection:
        if _is_at_home(connection, guesser):
            _try(connection, guesser, least_wait=0)
            connection.commit()
            return []
        of_account = spend(connection, "guesses at an account", guesser.account, OF_STRANGERS, WINDOW)
        _try(connection, guesser, least_wait=SIEGE_WAIT if of_account.is_refused else 0)
        of_network = spend(connection, "guesses from a network", guesser.network, OF_NETWORK, WINDOW)
        if of_network.is_refused:
            raise _slowed(of_network.seconds_until_next)
        connection.commit()
    return [one for one in (of_account, of_network) if not one.is_refused]


def _is_at_home(connection: Connection, guesser: Guesser) -> bool:
    found: bool = connection.execute(
        text("SELECT EXISTS (SELECT FROM users WHERE email = :email AND :network = ANY(known_networks))"),
        {"email": guesser.email, "network": guesser.network},
    ).scalar_one()
    return found


def _try(connection: Connection, guesser: Guesser, *, least_wait: int) -> None:
    """Count a try of this account from this network. Raises `SignInSlowed` where the wait is not over, or begins."""
    named = {"account": guesser.account, "network": guesser.network, "least": least_wait}
    failures = connection.execute(
        text(f"""
            INSERT INTO password_tries AS tries (account, network, failures, tried_at)
            VALUES (:account, :network, CASE WHEN CAST(:least AS float) > 0 THEN 0 ELSE 1 END, clock_timestamp())
            ON CONFLICT (account, network) DO UPDATE
            SET failures = CASE WHEN tries.tried_at <= clock_timestamp() - make_interval(secs => :remembered) THEN 1
                                ELSE tries.failures + 1
                           END,
                tried_at = clock_timestamp()
            -- Tried later than now: the clock was set back.
            WHERE tries.tried_at + {WAIT} <= clock_timestamp()
               OR tries.tried_at > clock_timestamp() + make_interval(secs => {LONGEST_WAIT})
            RETURNING failures
        """),  # noqa: S608 -- made of constants
        {**named, "remembered": SECONDS_REMEMBERED},
    ).scalar_one_or_none()
    if failures:
        return
    seconds = connection.execute(
        text(f"""
            SELECT EXTRACT(epoch FROM tries.tried_at + {WAIT} - clock_timestamp())
            FROM password_tries AS tries
            WHERE account = :account
              AND network = :network
        """),  # noqa: S608 -- made of constants
        named,
    ).scalar_one_or_none()
    if least_wait:
        connection.commit()  # from now on they wait
    raise _slowed(max(1, ceil(seconds or 0)))


def _forgive(guesser: Guesser, spent: list[Spent]) -> None:
    """It was the right password: there was no failure, and the account is at home here.

    Statement by statement, so that no lock is kept while another is waited for; and where the account is just being
    changed, by what came after the password perhaps, it is at home here from the next time on.
    """
    with autocommitted_apart() as connection:
        for one in spent:
            give_back(connection, one)
        connection.execute(
            text("DELETE FROM password_tries WHERE account = :account AND network = :network"),
            {"account": guesser.account, "network": guesser.network},
        )
        connection.execute(
            text(f"""
                UPDATE users
                SET known_networks =
                    (CAST(:network AS text) || array_remove(known_networks, :network))[1 : {NETWORKS_KNOWN}]
                WHERE id IN (
                    SELECT id
                    FROM users
                    WHERE email = :email
                      AND known_networks[1] IS DISTINCT FROM :network
                    FOR NO KEY UPDATE SKIP LOCKED
                )
            """),  # noqa: S608 -- made of constants
            {"email": guesser.email, "network": guesser.network},
        )


def _slowed(seconds: int) -> SignInSlowed:
    wait = "a second" if seconds == 1 else f"{seconds} seconds"
    return SignInSlowed(f"Wrong passwords were tried. Wait {wait}, then try again.", retry_after=seconds)
