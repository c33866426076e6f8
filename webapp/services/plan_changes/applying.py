"""A show gets its seats from a version of a plan: all of the difference in one transaction, or nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from webapp.services import acts, shows
from webapp.services.aside import aside
from webapp.services.asker import Asker
from webapp.services.database.statements import transaction
from webapp.services.plan_changes.choosing import Choice, choice, plan_chosen
from webapp.services.plan_changes.difference import Difference, difference
from webapp.services.plan_changes.present import Holder, Present, PresentSeat, holders_of, present
from webapp.services.plan_changes.preview import ids_of, in_the_way
from webapp.services.plan_changes.writing import write
from webapp.services.plans.plan import Plan
from webapp.services.refusals import ChangedMeanwhile, Invalid, NotOnSale, SeatsStillTaken
from webapp.services.reservations.locks import lock_show
from webapp.services.seat_words import named

# How many seats one sentence names, and how many a refusal lists.
MOST_LISTED = 200


def apply(
    asker: Asker,
    show_id: int,
    version_id: int,
    *,
    edition: int,
    plan_version: int,
    prices: Mapping[str, int],
) -> Difference:
    """Give the show the seats of the version; what was changed.

    `edition` and `plan_version` are those of the show when the difference was looked at, `prices` (minor units) those
    of the categories that are new to it. Its other prices stay. Raises `ChangedMeanwhile`, `SeatsStillTaken` where the
    plan does not have a seat that somebody has, `Invalid` for a price that is missing, `NotOnSale` for a cancelled
    show, `NotFound` and `Forbidden`; then nothing is changed.
    """
    shows.refuse_strangers(asker, show_id)
    chosen = choice(asker, show_id, version_id)
    plan = plan_chosen(chosen)
    with transaction() as connection:
        # From here on nobody holds a seat, and nobody else changes the plan.
        lock_show(connection, show_id)
        now = present(connection, show_id)
        _refuse_changed(now, edition, plan_version)
        found = aside(lambda: difference(now, plan))
        _refuse_missing_prices(found, prices)
        holders = holders_of(connection, show_id, ids_of(found))
        _refuse_removing(in_the_way(found, holders))
        write(connection, now, plan, found, prices)
        _settle(connection, now, chosen, plan)
        _record(connection, asker, now, chosen, found, holders)
        connection.commit()
    return found


def _refuse_changed(now: Present, edition: int, plan_version: int) -> None:
    if now.is_cancelled:
        raise NotOnSale.because("cancelled")
    if (now.edition, now.plan_version) != (edition, plan_version):
        raise ChangedMeanwhile(
            "This show was changed while you looked at the difference. Nothing was done. Look at the difference as it "
            "is now, and confirm it again.",
            edition=now.edition,
            plan_version=now.plan_version,
        )


def _refuse_missing_prices(found: Difference, prices: Mapping[str, int]) -> None:
    missing = [name for name in found.new_categories if name not in prices]
    if missing:
        raise Invalid(
            f"Set a price for: {', '.join(missing)}.",
            errors=[
                {"pointer": f"#/prices/{name}", "detail": "This category is new and needs a price."} for name in missing
            ],
        )


def _refuse_removing(taken: Sequence[tuple[PresentSeat, Holder]]) -> None:
    if not taken:
        return
    seats = named([seat for seat, _ in taken[:10]]) + (f" and {len(taken) - 10:,} more" if len(taken) > 10 else "")
    raise SeatsStillTaken(
        f"The plan has no place for seats that somebody has: {seats}. Nothing was changed. "
        "Move those who have them to other seats first.",
        seats=[
            {
                "seat_id": seat.id,
                "seat_number": seat.seat_number,
                "reservation_id": holder.reservation_id,
                "reason": holder.how,
            }
            for seat, holder in taken[:MOST_LISTED]
        ],
        count=len(taken),
    )


def _settle(connection: Connection, now: Present, chosen: Choice, plan: Plan) -> None:
    """Say from which version the seats are, and of which venue, where that was not said."""
    connection.execute(
        text("""
            UPDATE shows
            SET plan_version_id = :version_id,
                venue_id = coalesce(venue_id, :venue_id),
                plan_oddities = '{}',
                edition = edition + 1
            WHERE id = :show_id
        """),
        {"show_id": now.show_id, "version_id": chosen.version_id, "venue_id": chosen.venue_id},
    )


def _record(
    connection: Connection,
    asker: Asker,
    now: Present,
    chosen: Choice,
    found: Difference,
    holders: Mapping[int, Holder],
) -> None:
    touched = {holders[one.before.id].reservation_id for one in found.changed if one.before.id in holders}
    told: dict[str, Any] = {
        "plan": chosen.plan_name,
        "version": chosen.number,
        "counts": dict(found.counts),
        "reservations": len(touched),
        "edition": now.edition + 1,
        "changed": {"plan": [now.plan_version_id, chosen.version_id]},
    }
    acts.record(connection, asker, now.show_id, "change plan", **told)
