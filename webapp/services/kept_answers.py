"""Requests that are done once, however often they are sent: the answer is kept in the transaction of what it tells of.

The rules are those of the IETF draft "The Idempotency-Key HTTP Header Field".
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from json import dumps

from sqlalchemy import Connection, text

from webapp.extensions import db
from webapp.services.database.statements import autocommitted
from webapp.services.database.whole import begin_whole, connect_for_whole, disconnect, end_whole
from webapp.services.refusals import KeyReused, KeyUnusable, Refusal, StillUnderWay, ToldOnce, TooManyKeys

LONGEST_KEY = 255
HOURS_KEPT = 24
# Of one caller, so that nobody fills the database with answers.
MOST_KEYS = 10_000
# A plan of 5 MB takes some seconds to read, many where the machine is busy.
SECONDS_TO_READ = 120
# How many are forgotten in one turn, so that none lasts long.
TURN = 1_000


@dataclass(frozen=True)
class Answer:
    """What was answered to a request: `body` is None where it holds a secret that is told only once."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None


class Once:
    """A request under way that is to be done once; `keep` its answer, or `let_go` of all it did."""

    def __init__(self, connection: Connection, caller: str, key: str, fingerprint: bytes) -> None:
        self._connection = connection
        self._named = {"caller": caller, "key": key}
        self._fingerprint = fingerprint
        begin_whole(connection)

    def keep(self, answer: Answer) -> None:
        """Commit what was done together with its answer. Raises `Busy` where nobody can tell whether that was done."""
        end_whole()
        try:
            self._connection.execute(
                text("""
                    INSERT INTO kept_answers (caller, key, fingerprint, status, headers, body, created_at)
                    VALUES (:caller, :key, :fingerprint, :status, CAST(:headers AS jsonb), :body, clock_timestamp())
                    ON CONFLICT (caller, key) DO UPDATE
                    SET fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
                        body = excluded.body, created_at = excluded.created_at
                """),
                {
                    **self._named,
                    "fingerprint": self._fingerprint,
                    "status": answer.status,
                    "headers": dumps(dict(answer.headers)),
                    "body": answer.body,
                },
            )
            self._connection.commit()
        finally:
            disconnect(self._connection)

    def let_go(self) -> None:
        """Undo whatever was done, so that the key is as good as new."""
        end_whole()
        with suppress(Refusal):
            disconnect(self._connection)


def once(caller: str, key: str, request: bytes, *, is_read_long: bool = False, waits: bool = False) -> Once | Answer:
    """Begin a request (its bytes, with method and address) that has this key, or the answer it had before.

    One that `is_read_long` may take `SECONDS_TO_READ` until something is written; any other some seconds between two
    statements, so that a worker that stops keeps no seat from others.

    Raises `KeyUnusable`, `KeyReused` where the key was another request's, `StillUnderWay` while the same request is,
    `ToldOnce` where its answer is not kept, and `TooManyKeys`. One that `waits` for the same request to end is refused
    only where that takes long, with `Busy`.
    """
    if not (1 <= len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise KeyUnusable(f"An Idempotency-Key has 1 to {LONGEST_KEY} printable ASCII characters.")
    fingerprint = sha256(request).digest()
    connection = connect_for_whole(db.engine)
    try:
        before = _before(connection, caller, key, fingerprint, waits=waits)
        if before is None and is_read_long:
            connection.execute(
                text("SELECT set_config('idle_in_transaction_session_timeout', :milliseconds, true)"),
                {"milliseconds": str(SECONDS_TO_READ * 1000)},
            )
    except BaseException:
        disconnect(connection)
        raise
    if before is not None:
        try:
            _let_it_last(connection)
        finally:
            disconnect(connection)
        return before
    return Once(connection, caller, key, fingerprint)


def _let_it_last(connection: Connection) -> None:
    """Tell nothing again that could yet be lost: what was done may be seen here, and not yet be on a standby.

    The commit of anything that is written waits for all that was written before; a message to nobody is enough.
    """
    connection.execute(text("SELECT pg_logical_emit_message(true, 'holdfast', '')"))
    connection.commit()


def _before(connection: Connection, caller: str, key: str, fingerprint: bytes, *, waits: bool) -> Answer | None:
    named = {"caller": caller, "key": key}
    lock = "pg_advisory_xact_lock" if waits else "pg_try_advisory_xact_lock"
    is_ours = connection.execute(
        text(f"SELECT {lock}(hashtextextended(:caller || ' ' || :key, 14))"),
        named,
    ).scalar_one()
    if is_ours is False:
        raise StillUnderWay("The same request is still under way. Ask again in a moment.", retry_after=1)
    # A statement of its own: it sees what was committed before the lock was ours.
    found = connection.execute(
        text("""
            SELECT kept.fingerprint, kept.status, kept.headers, kept.body,
                   EXISTS (SELECT FROM kept_answers WHERE caller = :caller OFFSET :most - 1) AS is_full
            FROM (VALUES (1)) AS always
            LEFT JOIN kept_answers AS kept ON kept.caller = :caller
                                          AND kept.key = :key
                                          AND kept.created_at > clock_timestamp() - make_interval(hours => :hours)
        """),
        {**named, "most": MOST_KEYS, "hours": HOURS_KEPT},
    ).one()
    if found.status is None:
        if found.is_full:
            raise TooManyKeys(
                f"You have used {MOST_KEYS:,} keys within {HOURS_KEPT} hours. Send this without a key, or later.",
                retry_after=60,
            )
        return None
    if bytes(found.fingerprint) != fingerprint:
        raise KeyReused("This Idempotency-Key was sent with another request. Take a new key for each thing to be done.")
    if found.body is None:
        raise ToldOnce("This was done, and its answer is not kept, because it holds a secret that is told only once.")
    return Answer(found.status, found.headers, bytes(found.body))


def forget() -> int:
    """Forget some of the answers that are a day old; how many that were."""
    with autocommitted() as connection:
        return connection.execute(
            text("""
                DELETE FROM kept_answers
                WHERE (caller, key) IN (
                    SELECT caller, key
                    FROM kept_answers
                    WHERE created_at <= statement_timestamp() - make_interval(hours => :hours)
                    ORDER BY created_at
                    LIMIT :turn
                    FOR UPDATE SKIP LOCKED
                )
            """),
            {"hours": HOURS_KEPT, "turn": TURN},
        ).rowcount
