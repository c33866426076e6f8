"""A show's details are changed, and what that would change for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, text

from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.playbills import not_found
from webapp.services.refusals import NotOnSale
from webapp.services.reservations.locks import lock_show
from webapp.services.shows.details import MATTERS_TO_BUYERS, STAYS_OPEN, refuse_fields, refuse_times_that_do_not_fit
from webapp.services.shows.editions import Changed, changed_meanwhile, raise_edition
from webapp.services.shows.money import refuse_other_money
from webapp.services.shows.reading import one, refuse_strangers
from webapp.services.shows.show import Show

Details = Mapping[str, Any]

# Characters of a text that the record of a change keeps.
MOST_RECORDED = 300


@dataclass(frozen=True)
class Prospect:
    """What a change would do: `changed` is what each field was and would be, fit for JSON.

    `buyers` hold or have bought `seats` just now; the change `matters_to_them` where it is about when or where.
    """

    changed: Changed
    buyers: int
    seats: int

    @property
    def matters_to_them(self) -> bool:
        """Whether there are buyers, and something they go by would change."""
        return self.buyers > 0 and not MATTERS_TO_BUYERS.isdisjoint(self.changed)


def change(asker: Asker, show_id: int, edition: int, **details: Any) -> Show:
    """Change these details of the show; what is not among them stays. Details as they are already change nothing.

    `details` are those of `create` but for `draft`, and `picture_alt`. What was held or sold stays so. Raises
    `ChangedMeanwhile` where `edition` is not the present one, `Invalid`, `NotOnSale` for most of a cancelled show, and
    as `refuse_strangers` does.
    """
    refuse_strangers(asker, show_id)
    with transaction() as connection:
        # A hold has read the rules before it counts its neighbours: no rule begins in the middle of that.
        lock_show(connection, show_id)
        present = _present(connection, show_id, "FOR NO KEY UPDATE")
        wanted = {**present, **details}
        if changed := _changed(connection, asker, present, wanted, edition):
            _write(connection, show_id, wanted)
            raise_edition(connection, asker, show_id, "change details", changed)
        connection.commit()
    return one(show_id, asker)


def prospect(asker: Asker, show_id: int, edition: int, **details: Any) -> Prospect:
    """What `change` would do; raises as it does."""
    refuse_strangers(asker, show_id)
    with autocommitted() as connection:
        present = _present(connection, show_id)
        changed = _changed(connection, asker, present, {**present, **details}, edition)
        live = connection.execute(
            text("""
                SELECT count(DISTINCT user_id) AS buyers, count(*) AS seats
                FROM reservations
                WHERE show_id = :show_id
                  AND user_id IS NOT NULL
                  AND (status = 'CONFIRMED' OR status = 'HELD' AND hold_expiry > statement_timestamp())
            """),
            {"show_id": show_id},
        ).one()
    return Prospect(changed, live.buyers, live.seats)


def _present(connection: Connection, show_id: int, lock: Literal["", "FOR NO KEY UPDATE"] = "") -> Details:
    """The details of the show as they are, and what decides what may become of them."""
    row = connection.execute(
        text(f"""
            SELECT id, edition, title, description, picture_alt, venue, starts_at, timezone, on_sale_at, off_sale_at,
                   currency, seat_limit, hold_minutes, lonely_seats,
                   accessible_seats_released_at IS NOT NULL AS accessible_seats_released,
                   cancelled_at IS NOT NULL AS is_cancelled, clock_timestamp() AS now
            FROM shows
            WHERE id = :show_id
            {lock}
        """),  # noqa: S608 -- one of two constants
        {"show_id": show_id},
    ).one_or_none()
    if row is None:
        raise not_found(show_id)
    return row._asdict()


def _changed(connection: Connection, asker: Asker, present: Details, wanted: Details, edition: int) -> Changed:
    """What differs, if it may; raises as `change` does."""
    changed = {name: (present[name], wanted[name]) for name in wanted if present[name] != wanted[name]}
    if changed and edition != present["edition"]:
        raise changed_meanwhile(connection, asker, present["id"], edition, present["edition"])
    if changed.keys() - STAYS_OPEN and present["is_cancelled"]:
        raise NotOnSale(
            "This show was cancelled: only its title, description and picture can still be changed.",
            reason="cancelled",
        )
    if "starts_at" in changed and wanted["starts_at"] <= present["now"]:
        refuse_fields(
            {"starts_at": "The show must begin in the future. To stop selling now, end its sale or cancel it."}
        )
    if changed.keys() & {"starts_at", "on_sale_at", "off_sale_at"}:
        refuse_times_that_do_not_fit(**{name: wanted[name] for name in ("starts_at", "on_sale_at", "off_sale_at")})
    if "currency" in changed:
        refuse_other_money(connection, present["id"], *changed["currency"])
    return {name: (_for_record(before), _for_record(after)) for name, (before, after) in changed.items()}


def _for_record(value: Any) -> Any:
    """The value as JSON has it, and short."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case str() if len(value) > MOST_RECORDED:
            return f"{value[: MOST_RECORDED - 1]}…"
    return value


def _write(connection: Connection, show_id: int, wanted: Details) -> None:
    connection.execute(
        text("""
            UPDATE shows
            SET title = :title,
                description = :description,
                picture_alt = :picture_alt,
                venue = :venue,
                venue_id = CASE
                    WHEN venue = :venue THEN venue_id
                    ELSE (SELECT id FROM venues WHERE owner_id = organizer_id AND name = :venue)
                END,
                starts_at = :starts_at,
                timezone = :timezone,
                on_sale_at = :on_sale_at,
                off_sale_at = :off_sale_at,
                currency = :currency,
                seat_limit = :seat_limit,
                hold_minutes = :hold_minutes,
                lonely_seats = :lonely_seats,
                accessible_seats_released_at = CASE
                    WHEN CAST(:accessible_seats_released AS boolean)
                    THEN coalesce(accessible_seats_released_at, clock_timestamp())
                END
            WHERE id = :show_id
        """),
        {**wanted, "show_id": show_id},
    )
