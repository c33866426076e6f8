"""How a show and its seats are just now, in 64 characters: enough to know later, by one read of an index, whether all
is still as it was."""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from typing import Any, Self

from sqlalchemy import Row, text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted
from webapp.services.playbills import VISIBLE, not_found
from webapp.services.seat_maps.standing.cursor import EPOCH, Cursor
from webapp.services.seat_maps.standing.reading import CLUSTER, HORIZON

LENGTH = 64  # characters
# Cluster, edition, plan version, version of the show's row, horizon, microseconds, and how many changes above it.
PACKED = struct.Struct(">8sIIIQqI8s")
# In the order of ids: it is the same for the same rows, whatever way they were found.
DIGEST = "left(md5(coalesce(string_agg(id || ':' || changed_xid, ',' ORDER BY id), '')), 16)"
A_MICROSECOND = timedelta(microseconds=1)


class About(Enum):
    """What something is told about, and so what it depends on."""

    SHOW = "its details, how many seats stand how, and what they cost"
    AVAILABILITY = "its seats and how they stand"
    SEATS = "its seats"


@dataclass(frozen=True, slots=True)
class Revision:
    """What one statement saw of a show.

    `row` counts with every change of the show's own row, `plan_version` with every one of its seats and categories.
    Reservations change in transactions that may end in another order than they are counted: those from `horizon` on are
    kept by their number and a digest. A hold that lapses changes nothing: therefore `now`.
    """

    cluster: bytes
    edition: int
    plan_version: int
    row: int
    horizon: int
    now: datetime
    changes: int
    digest: bytes

    def __str__(self) -> str:
        microseconds = (self.now - EPOCH) // A_MICROSECOND
        packed = PACKED.pack(
            self.cluster,
            self.edition,
            self.plan_version,
            self.row,
            self.horizon,
            microseconds,
            self.changes,
            self.digest,
        )
        return urlsafe_b64encode(packed).decode()

    @classmethod
    def read(cls, written: str) -> Self | None:
        """The revision that was written so; None for anything else."""
        if len(written) != LENGTH or not written.isascii():
            return None
        try:
            cluster, edition, plan_version, row, horizon, microseconds, changes, digest = PACKED.unpack(
                urlsafe_b64decode(written)
            )
            now = EPOCH + microseconds * A_MICROSECOND
        except (NotBase64, struct.error, OverflowError):
            return None
        return cls(cluster, edition, plan_version, row, horizon, now, changes, digest)


@dataclass(frozen=True, slots=True)
class Revised:
    """The revision of a show, and where its changes go on from there.

    `same` is what is still as it was at the revision that was known.
    """

    revision: Revision
    cursor: Cursor
    same: frozenset[About]


def revised(show_id: int, viewer: Asker | None, known: Revision | None = None) -> Revised:
    """The revision of the show, for the viewer, and what has stayed the same since the `known` one.

    What is read afterwards may be newer than the revision, and never older. Raises `NotFound`, also for somebody
    else's draft.
    """
    with autocommitted() as connection:
        found = connection.execute(
            text(f"""
                SELECT shows.edition, shows.plan_version, CAST(CAST(shows.xmin AS text) AS bigint) AS row,
                       statement_timestamp() AS now, {HORIZON}, {CLUSTER},
                       recent.changes, recent.digest, since.changes AS changes_since, since.digest AS digest_since,
                       EXISTS (
                           SELECT
                           FROM reservations
                           WHERE show_id = shows.id
                             AND status = 'HELD'
                             AND hold_expiry > CAST(:known_now AS timestamptz)
                             AND hold_expiry <= statement_timestamp()
                       ) AS has_lapsed
                FROM shows
                CROSS JOIN LATERAL (
                    SELECT count(*) AS changes, {DIGEST} AS digest
                    FROM reservations
                    WHERE show_id = shows.id
                      AND changed_xid >= pg_snapshot_xmin(pg_current_snapshot())
                      AND changed_xid < pg_snapshot_xmax(pg_current_snapshot())
                ) AS recent
                CROSS JOIN LATERAL (
                    SELECT count(*) AS changes, {DIGEST} AS digest
                    FROM (SELECT id, changed_xid
                          FROM reservations
                          WHERE show_id = shows.id
                            AND changed_xid >= CAST(:known_horizon AS xid8)
                            AND changed_xid < pg_snapshot_xmax(pg_current_snapshot())
                          ORDER BY changed_xid
                          LIMIT CAST(:known_changes AS bigint) + 1) AS no_more_than_tell_a_difference
                ) AS since
                WHERE shows.id = :show_id
                  AND {VISIBLE}
            """),  # noqa: S608 -- made of constants
            {
                "show_id": show_id,
                "viewer_id": viewer.id if viewer else None,
                "known_horizon": str(known.horizon) if known else None,
                "known_now": known.now if known else None,
                "known_changes": known.changes if known else 0,
            },
        ).one_or_none()
    if found is None:
        raise not_found(show_id)
    return _revised(found, known)


def _revised(found: Row[Any], known: Revision | None) -> Revised:
    revision = Revision(
        cluster=sha256(found.cluster.encode()).digest()[:8],
        edition=found.edition,
        plan_version=found.plan_version,
        row=found.row,
        horizon=found.horizon,
        now=found.now,
        changes=found.changes,
        digest=bytes.fromhex(found.digest),
    )
    cursor = Cursor(found.cluster, found.horizon, found.now, found.plan_version)
    return Revised(revision, cursor, _same(found, revision, known) if known else frozenset())


def _same(found: Row[Any], revision: Revision, known: Revision) -> frozenset[About]:
    if (known.cluster, known.plan_version) != (revision.cluster, revision.plan_version):
        return frozenset()
    # A clock that was set back lets holds live again.
    is_later = known.horizon <= revision.horizon and known.now <= revision.now
    stands = (found.changes_since, bytes.fromhex(found.digest_since)) == (known.changes, known.digest)
    if not is_later or not stands or found.has_lapsed:
        return frozenset({About.SEATS})
    if (known.row, known.edition) != (revision.row, revision.edition):
        return frozenset({About.SEATS, About.AVAILABILITY})
    return frozenset(About)
