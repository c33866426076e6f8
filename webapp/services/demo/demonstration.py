"""The demonstration: a theatre, a show, an organizer and a buyer to try everything with."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from webapp.services import accounts, seating, shows
from webapp.services.asker import Asker
from webapp.services.database import clock
from webapp.services.database.statements import autocommitted
from webapp.services.demo.stadium import stadium_plan
from webapp.services.demo.theatre import demo_plan
from webapp.services.plans.plan import Plan
from webapp.services.refusals import AlreadyInUse, SignInFailed

TIMEZONE = "Europe/Helsinki"
MATCH = "Harbour City v Northern Lights"


@dataclass(frozen=True)
class DemoAccount:
    """Somebody to sign in as; everybody knows the password, so this is for one's own machine only."""

    role: str
    name: str
    email: str
    phone_number: str
    password: str


ORGANIZER = DemoAccount("organizer", "Olga Organizer", "organizer@holdfast.example", "+358400000001", "demo-organizer")
BUYER = DemoAccount("buyer", "Bruno Buyer", "buyer@holdfast.example", "+358400000002", "demo-buyer")


def create_once() -> None:
    """Create the demonstration in a database without accounts, or finish one that a killed start began."""
    organizer = _organizer()
    if organizer and not shows.of_organizer(organizer):
        _create_show(organizer, demo_plan(), "The Lighthouse Keepers", _evening_in(days=30))


def create_stadium_once(seats: int) -> int | None:
    """Create a match in an arena with so many seats, once, beside the demonstration; the id of its show.

    None where people have made the place their own, so that there is no demonstration.
    """
    create_once()
    organizer = _organizer()
    if organizer is None:
        return None
    before = (show.id for show in shows.of_organizer(organizer) if show.title == MATCH and show.seats == seats)
    return next(before, None) or _create_show(organizer, stadium_plan(seats), MATCH, _evening_in(days=45))


def _organizer() -> Asker | None:
    """The organizer of the demonstration, signed up in a database without accounts; None where it has no place."""
    try:
        if not _has_accounts():
            _sign_up(BUYER)
            _sign_up(ORGANIZER)
        organizer, _ = accounts.sign_in(email=ORGANIZER.email, password=ORGANIZER.password, through="command")
    except (AlreadyInUse, SignInFailed):
        return None  # another start is at it, or people have made the place their own
    return organizer


def _has_accounts() -> bool:
    with autocommitted() as connection:
        return bool(connection.execute(text("SELECT EXISTS (SELECT FROM users)")).scalar_one())


def _create_show(organizer: Asker, plan: Plan, title: str, starts_at: datetime) -> int:
    show, _ = seating.create_show(
        organizer,
        plan,
        title=title,
        venue=plan.name or "",
        starts_at=starts_at,
        timezone=TIMEZONE,
        currency="EUR",
        seat_limit=10,
    )
    return show.id


def _sign_up(account: DemoAccount) -> None:
    accounts.sign_up(
        name=account.name,
        phone_number=account.phone_number,
        email=account.email,
        password=account.password,
        through="command",
    )


def _evening_in(days: int) -> datetime:
    """Half past seven in the evening at the venue, that many days ahead."""
    day = clock.now().astimezone(ZoneInfo(TIMEZONE)).date() + timedelta(days=days)
    return datetime.combine(day, time(19, 30), ZoneInfo(TIMEZONE))
