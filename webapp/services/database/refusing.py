"""What the database says no with, as refusals: by SQLSTATE and constraint name, never by the text of a message."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from psycopg import Error as DriverError
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from webapp.services.refusals import (
    AlreadyInUse,
    Busy,
    Forbidden,
    GuestLimitReached,
    Invalid,
    LonelySeat,
    NotFound,
    NotOnSale,
    NotSignedIn,
    OthersFirst,
    Refusal,
    SeatLimitReached,
    SeatNumberInUse,
)

RETRY_AFTER_SECONDS = 2


def account_deleted() -> NotSignedIn:
    """The refusal for somebody whose account was deleted while they asked."""
    return NotSignedIn("This account was deleted.")


def _seat_limit(error: DriverError) -> Refusal:
    limit = int(error.diag.message_detail or 0)
    return SeatLimitReached(
        f"One buyer can have at most {limit} seats in this show. Release one to take another.", limit=limit
    )


def _guest_limit(error: DriverError) -> Refusal:
    return GuestLimitReached(
        "Many seats of this show are held without an account from your network just now. "
        "Sign in or sign up to hold more: what you hold stays yours.",
        limit=int(error.diag.message_detail or 0),
    )


def _draft(error: DriverError) -> Refusal:
    """Of somebody else's draft nobody learns that it is there."""
    is_theirs = error.diag.message_detail == "t"
    return NotOnSale.because("draft") if is_theirs else NotFound("There is no such show.")


def _lonely_seat(error: DriverError) -> Refusal:
    seats = json.loads(error.diag.message_detail or "[]")
    numbers = ", ".join(seat["seat_number"] for seat in seats)
    which = f"seat {numbers} single" if len(seats) == 1 else f"seats {numbers} single"
    return LonelySeat(f"That would leave {which} between taken ones. Nothing was held.", seats=seats)


def others_first(seats: Sequence[Mapping[str, Any]]) -> OthersFirst:
    """The refusal for seats that have just come back, as the database tells of them."""
    numbers, seconds = ", ".join(seat["seat_number"] for seat in seats), max(seat["seconds"] for seat in seats)
    whose = "Buyers without an account in your network" if seats[0]["of_network"] else "You"
    came_back, are = (f"Seat {numbers} has", "it is") if len(seats) == 1 else (f"Seats {numbers} have", "they are")
    return OthersFirst(
        f"{came_back} just come back. {whose} have had such seats already, so {are} for others first. "
        f"Nothing was held: try again in {seconds} second{'s'[: seconds > 1]}.",
        seats=[{name: seat[name] for name in ("seat_id", "seat_number", "open_at")} for seat in seats],
        open_at=max(seat["open_at"] for seat in seats),
        retry_after=seconds,
    )


# Raised by the guards; the states are listed in the migrations that make them.
GUARDS: dict[str, Callable[[DriverError], Refusal]] = {
    "SR001": lambda _: NotOnSale.because("cancelled"),
    "SR002": lambda _: NotOnSale.because("begun"),
    "SR003": _seat_limit,
    "SR004": lambda _: account_deleted(),
    "SR005": _guest_limit,
    "SR006": lambda _: NotSignedIn("Say who you are to confirm your seats."),
    "SR007": lambda _: NotSignedIn("Sign in to organize a show."),
    "SR020": _lonely_seat,
    "SR050": lambda error: others_first(json.loads(error.diag.message_detail or "")),
    "SR030": lambda _: Forbidden("Only those who run a show can do this with it."),
    "SR031": _draft,
    "SR032": lambda error: NotOnSale.because("not yet", on_sale_at=error.diag.message_detail),
    "SR033": lambda _: NotOnSale.because("ended"),
    "SR040": lambda _: NotFound("This seat is not in the plan of the show any more. Nothing was held."),
}


def _in_use(field: str, what: str) -> Refusal:
    sentence = f"An account with this {what} exists. Sign in instead."
    return AlreadyInUse(sentence, errors=[{"pointer": f"#/{field}", "detail": sentence}])


def _named_twice(sentence: str) -> Refusal:
    return Invalid(sentence, errors=[{"pointer": "#/name", "detail": sentence}])


CONSTRAINTS: dict[str, Callable[[], Refusal]] = {
    "uq_users_email": lambda: _in_use("email", "e-mail address"),
    "uq_users_phone_number": lambda: _in_use("phone_number", "phone number"),
    "uq_venues_owner_id_name": lambda: _named_twice("There is a venue of this name already."),
    "uq_plans_venue_id_name": lambda: _named_twice("The venue has a plan of this name already."),
    "uq_seats_show_id_seat_number": lambda: SeatNumberInUse("A seat with this number exists in the show."),
}

# Lock not available, deadlock, statement cancelled by its timeout, serialization failure, out of connections or of
# memory, disk full, and a server that is starting, stopping or gone. The statement did nothing, unless the connection
# broke at its end; an earlier one of the same request may have been committed.
BUSY_STATES = ("55P03", "40P01", "57014", "40001", "53", "57P", "08", "25P03", "25P04")


def refusal_of(error: BaseException | None) -> Refusal | None:
    """The refusal that a driver's error means, or None when it is a bug of ours."""
    if not isinstance(error, DriverError):
        return None
    state, constraint = error.sqlstate, error.diag.constraint_name
    if state in GUARDS:
        return GUARDS[state](error)
    if state == "23505" and constraint in CONSTRAINTS:
        return CONSTRAINTS[constraint]()
    # A connection that could not be made, or broke, has no state.
    if state is None or state.startswith(BUSY_STATES):
        return busy()
    return None


def busy() -> Busy:
    """The refusal for a request that the database could not answer in time."""
    return Busy(
        "Too much is going on just now. Look whether it was done, or simply try again in a moment.",
        retry_after=RETRY_AFTER_SECONDS,
    )


def refuse_through(engine: Engine) -> None:
    """Make every statement on `engine` raise refusals in place of the driver's errors they stand for."""

    @event.listens_for(engine, "handle_error")
    def refuse(context: ExceptionContext) -> None:
        refusal = refusal_of(context.original_exception)
        if refusal:
            raise refusal from context.original_exception
