"""One round through everything that can be done: every verb and question of the services, every branch with SQL.

No transaction is rolled back on the way: psycopg forgets all prepared statements of a connection then.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from tests.scenes import Scene
from webapp.services import accounts, baskets, demo, seat_maps, seating, shows
from webapp.services import reservations as seats_of_buyers
from webapp.services.asker import Asker
from webapp.services.database import clock
from webapp.services.plans.plan import Plan, PlanCategory
from webapp.services.refusals import Refusal
from webapp.services.reservations import SeatChoice
from webapp.services.shows import Show

SECRET, NEW_SECRET = "a password of the round", "another password of it"
_numbers = count(100_000)
A_PLAN = b"zone,row,start,end\nBox,P,1,3\n"


def walk(scene: Scene) -> None:
    """Do everything once."""
    demo.create_once()
    clock.now()
    organizer, buyer, other = (_sign_up(role) for role in ("organizer", "buyer", "other"))
    show = _set_up(organizer)
    _read_shows(organizer, show)
    _buy(scene, buyer, other, show)
    _read_reservations(buyer, show)
    _look(buyer, show)
    shows.cancel(organizer, show.id)
    _leave(buyer)


def refused(act: Callable[..., Any], *arguments: Any, **more: Any) -> None:
    """An act that the round needs for its no."""
    try:
        act(*arguments, **more)
    except Refusal:
        return
    raise AssertionError("this was to be refused")


def _sign_up(role: str) -> Asker:
    number = next(_numbers)
    email, phone_number = f"{role}{number}@every.example", f"+99{number}"
    accounts.sign_up(name=role, phone_number=phone_number, email=email, password=SECRET, through="command")
    found, version = accounts.sign_in(email=email, password=SECRET, through="command")
    assert accounts.asker(found.id, version, through="command") == found
    assert accounts.by_email(email) == found
    return found


def _set_up(organizer: Asker) -> Show:
    details: dict[str, Any] = {
        "title": "Every verb",
        "venue": "The Lantern",
        "starts_at": datetime.now(UTC) + timedelta(days=9),
        "timezone": "UTC",
        "currency": "EUR",
        "seat_limit": 10,
    }
    show = shows.create(organizer, **details)
    seating.create_show(organizer, Plan(name=None, seats=[seating.labelled_seat("Z1", category=None)]), **details)
    price = [PlanCategory(name="Stalls", price=900)]
    labels = [seating.labelled_seat(f"A{number}", category="Stalls") for number in range(1, 13)]
    seating.add_seats(organizer, show.id, labels, price)
    seating.add_seats(organizer, show.id, [seating.labelled_seat("B1", category="Stalls")], price)
    seating.import_plan(organizer, show.id, filename="plan.csv", data=A_PLAN)
    seating.oddities_of(show.id)
    [category, *_] = seat_maps.categories_of(show.id)
    seating.set_prices(organizer, show.id, {category.id: 800})
    return show


def _read_shows(organizer: Asker, show: Show) -> None:
    assert seating.seats_of(show.id)
    assert seating.seats_of(show.id, limit=2, after=1)
    assert shows.one(show.id) == shows.organized(organizer, show.id)
    assert shows.upcoming()
    shows.upcoming(limit=2, after=(show.starts_at, show.id))
    assert shows.of_organizer(organizer)


def _buy(scene: Scene, buyer: Asker, other: Asker, show: Show) -> None:
    ids = [seat.id for seat in seating.seats_of(show.id)]
    by_id = seats_of_buyers.hold(buyer, SeatChoice(seat_ids=(ids[0],)), minutes=5).reservations[0]
    seats_of_buyers.hold(buyer, SeatChoice(seat_ids=(ids[1],), show_id=show.id), minutes=5)
    by_number = seats_of_buyers.hold(buyer, SeatChoice(seat_numbers=("A3",), show_id=show.id), minutes=5)
    several = seats_of_buyers.hold(buyer, SeatChoice(seat_ids=tuple(ids[3:5]), show_id=show.id), minutes=5)
    lapsing = scene.hold(buyer, show, "A6", "A7")
    refused(seats_of_buyers.hold, other, SeatChoice(seat_ids=(ids[0],)), minutes=5)
    refused(seats_of_buyers.hold, other, SeatChoice(seat_ids=(ids[0],), show_id=show.id), minutes=5)
    refused(scene.hold, other, show, "A3")
    seats_of_buyers.confirm(buyer, by_id.id)
    seats_of_buyers.confirm(buyer, by_id.id)
    refused(seats_of_buyers.confirm, other, by_id.id)
    seats_of_buyers.release(buyer, by_number.reservations[0].id)
    seats_of_buyers.confirm_basket(buyer, show.id, [held.id for held in several.reservations])
    scene.lapse(*lapsing)
    assert seats_of_buyers.expire_lapsed() == 2


def _read_reservations(buyer: Asker, show: Show) -> None:
    [newest, *_] = seats_of_buyers.of_buyer(buyer)
    seats_of_buyers.of_buyer(buyer, status="HELD", show_id=show.id, limit=3, before=newest.id)
    seats_of_buyers.one(buyer, newest.id)
    seats_of_buyers.of_show(show.id, limit=50)
    seats_of_buyers.of_show(show.id, limit=50, before=newest.id)


def _look(buyer: Asker, show: Show) -> None:
    assert baskets.basket(show.id, buyer).holds
    seat = seat_maps.seat_map(show.id, buyer).sections[0].rows[0].seats[0]
    seat_maps.map_seats(show.id, buyer, [seat.id])
    seat_maps.availability(show.id)
    seat_maps.availability(show.id, status="HELD", section="Box", limit=2, after=1)


def _leave(buyer: Asker) -> None:
    accounts.change_password(buyer, current_password=SECRET, new_password=NEW_SECRET)
    accounts.delete_account(buyer, password=NEW_SECRET)
