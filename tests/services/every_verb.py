"""One round through everything that can be done: every verb and question of the services, every branch with SQL.

No transaction is rolled back on the way: psycopg forgets all prepared statements of a connection then.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from tests.scenes import Scene
from tests.services.admins.round import look_at_everything
from tests.services.api_keys.round import give_keys_to_programs
from tests.services.box_office.round import at_the_box_office
from tests.services.house_seats.round import keep_and_give_back
from tests.services.limits.round import ask_and_guess
from tests.services.managers.round import come_and_go
from tests.services.offers.halls import hall, id_of, minding
from tests.services.shows.round import run_a_show
from tests.services.venues.round import change_plans, keep_plans
from webapp.services import (
    accounts,
    acts,
    baskets,
    dashboards,
    demo,
    kept_answers,
    offers,
    plan_drafts,
    playbills,
    seat_maps,
    seating,
    shows,
    venues,
)
from webapp.services import reservations as seats_of_buyers
from webapp.services.asker import Asker, Bearer
from webapp.services.database import clock
from webapp.services.offers.nearest import nearest_open
from webapp.services.operations import readiness, status
from webapp.services.plans.plan import Plan, PlanCategory
from webapp.services.plans.typed import read_typed
from webapp.services.refusals import LonelySeat, NoneTogether, Refusal, SeatTaken
from webapp.services.reservations import Block, SeatChoice
from webapp.services.shows import Show

SECRET, NEW_SECRET = "a password of the round", "another password of it"
_numbers = count(100_000)


def walk(scene: Scene) -> None:
    """Do everything once."""
    demo.create_once()
    demo.create_stadium_once(2_000)
    clock.now()
    assert readiness.look().is_ready
    assert status.look().holds
    assert status.seen().never_twice
    organizer, buyer, other = (_sign_up(role) for role in ("organizer", "buyer", "other"))
    show = _set_up(organizer)
    _read_shows(organizer, show)
    _buy(scene, buyer, other, show)
    _read_reservations(buyer, show)
    _look(buyer, show)
    at_the_box_office(scene, organizer, buyer)
    _look_at_a_glance(organizer, show)
    come_and_go(organizer, buyer, show)
    look_at_everything(other, show)
    keep_and_give_back(organizer, show)
    run_a_show(scene, organizer)
    shows.cancel(organizer, show.id)
    give_keys_to_programs(buyer, SECRET)
    ask_and_guess(other)
    _leave(buyer)
    _come_as_guests(scene, other)
    _leave_the_choice_to_us(scene, organizer)
    _draw_a_plan(organizer, show)
    change_plans(scene, organizer, keep_plans(organizer))
    _do_once(other)


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
    seating.add_plan(organizer, show.id, read_typed("Box: P1-P3"))
    seating.oddities_of(show.id)
    seating.accessible_seats(show.id)
    shows.change(organizer, show.id, 1, lonely_seats="warn", accessible_seats_released=True)
    shows.change(organizer, show.id, 2, lonely_seats="off", accessible_seats_released=False)
    [category, *_] = seat_maps.categories_of(show.id)
    seating.set_prices(organizer, show.id, 3, {category.id: 800})
    return show


def _read_shows(organizer: Asker, show: Show) -> None:
    assert seating.seats_of(show.id)
    assert seating.seats_of(show.id, limit=2, after=1)
    assert seating.written_seats(show.id, limit=2, after=1).members == 2
    assert shows.one(show.id) == shows.organized(organizer, show.id)
    assert playbills.playbill(show.id).title == show.title
    assert playbills.playbill_for(show.id, lambda: None).title == show.title
    assert acts.of_show(show.id, limit=5)
    refused(playbills.playbill, 2**31 - 1)
    assert shows.upcoming()
    shows.upcoming(search="verb", starts_from=show.starts_at, limit=2, after=(show.starts_at, show.id))
    assert shows.of_organizer(organizer)
    shows.of_organizer(organizer, search="verb", status="draft", limit=2, after=(show.starts_at, show.id))


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
    refused(scene.hold, other, show, "Z99")
    seats_of_buyers.confirm(buyer, by_id.id)
    seats_of_buyers.confirm(buyer, by_id.id)
    refused(seats_of_buyers.confirm, other, by_id.id)
    _buy_by_a_token(scene, show)
    seats_of_buyers.release(buyer, by_number.reservations[0].id)
    seats_of_buyers.confirm_basket(buyer, show.id, [held.id for held in several.reservations])
    scene.lapse(*lapsing)
    assert seats_of_buyers.expire_lapsed() >= 2  # and where a round takes minutes, some of those before


def _buy_by_a_token(scene: Scene, show: Show) -> None:
    bearer = Bearer(scene.user().id, token_version=1)
    for _ in range(2):  # the second time it is theirs already
        [held] = scene.hold(bearer, show, "A8")
    for _ in range(2):
        seats_of_buyers.confirm(bearer, held.id)


def _read_reservations(buyer: Asker, show: Show) -> None:
    [newest, *_] = seats_of_buyers.of_buyer(buyer)
    seats_of_buyers.of_buyer(buyer, seats_of_buyers.Wanted(status="HELD", search="a"), limit=3, before=newest.id)
    seats_of_buyers.one(buyer, newest.id)
    seats_of_buyers.history(buyer, newest.id)


def _look(buyer: Asker, show: Show) -> None:
    assert baskets.basket(show.id, buyer).holds
    assert baskets.seats_in_the_news(show.id, buyer)
    assert seats_of_buyers.extend_basket(buyer, show.id)
    chart, standing = seat_maps.chart_of(show.id, -1), seat_maps.standing_of(show.id)
    assert standing.taken == seat_maps.standing_of(show.id).taken
    assert seat_maps.free_seats(chart, standing).in_all < len(chart.seats)
    seat_maps.availability(show.id)
    revised = seat_maps.revised(show.id, buyer)
    assert seat_maps.About.SEATS in seat_maps.revised(show.id, None, revised.revision).same
    assert not seat_maps.changes(show.id, buyer, revised.cursor).everything
    assert seat_maps.changes(show.id, None).seats
    seat_maps.availability(show.id, status="HELD", section="Box", price_at_most=900, limit=2, after=1)


def _look_at_a_glance(organizer: Asker, show: Show) -> None:
    found = dashboards.dashboard(organizer, show.id)
    assert found.history.periods
    assert found.sales == dashboards.sales_of(show.id)
    assert dashboards.history_of(show.id).lost == found.history.lost
    assert dashboards.paces(organizer, show.id)[0].days
    assert found.categories


def _leave_the_choice_to_us(scene: Scene, organizer: Asker) -> None:
    buyer, other = _sign_up("chooser"), _sign_up("rival")
    rows = {"A": "x...x........", "B": "x...x........", "C": "x" * 13}
    show = hall(scene, rows, organizer=organizer, seat_limit=40, taken_by=organizer)
    found = offers.best_available.hold(buyer, show.id, offers.Wanted(2), minutes=5)
    seats_of_buyers.refuse_waiting(buyer, [one.seat_id for one in found.reservations])
    block = Block(show.id, [id_of(scene, show, "B3")], price_at_most=4500)
    assert seats_of_buyers.take(buyer, block, minutes=5, wait=True)
    for seats, wheelchairs in ((9, 0), (2, 1), (25, 0)):
        with pytest.raises(NoneTogether) as none:
            offers.best_available.hold(other, show.id, offers.Wanted(seats, wheelchairs=wheelchairs), minutes=5)
        assert none.value.offers or wheelchairs
    [taken, _] = [_no(SeatTaken, other, SeatChoice(show_id=show.id, seat_numbers=(seat,))) for seat in ("C1", "C2")]
    assert taken.offers
    assert _no(SeatTaken, other, SeatChoice(seat_ids=(id_of(scene, show, "C1"),))).offers
    assert nearest_open(other, show.id, [id_of(scene, show, "A12")])
    free = SeatChoice(show_id=show.id, seat_numbers=("A12",))
    assert not offers.chosen.hold(buyer, free, minutes=5).advise()
    minding(scene, show, "warn")
    assert offers.chosen.hold(buyer, SeatChoice(show_id=show.id, seat_numbers=("B12",)), minutes=5).advise() is None
    minding(scene, show)
    assert _no(LonelySeat, other, SeatChoice(show_id=show.id, seat_numbers=("B7",))).offers
    offers.choices(seat_maps.chart_of(show.id, -1))


def _no(kind: type[Refusal], buyer: Asker, choice: SeatChoice) -> Refusal:
    """The refusal that the choice meets."""
    with pytest.raises(kind) as caught:
        offers.chosen.hold(buyer, choice, minutes=5)
    return caught.value


def _leave(buyer: Asker) -> None:
    accounts.change_password(buyer, current_password=SECRET, new_password=NEW_SECRET)
    accounts.delete_account(buyer, password=NEW_SECRET)


def _come_as_guests(scene: Scene, account: Asker) -> None:
    show = scene.show(account, seats="A1-A4")
    number = next(_numbers)
    guest, version = accounts.begin_guest(address="an address", browser=f"browser {number}")
    assert accounts.asker(guest.id, version, through="page") == guest
    assert not accounts.is_account(guest.id)
    seats_of_buyers.refuse_unless_held(guest, show.id, [held.id for held in scene.hold(guest, show, "A1")])
    accounts.take_over(guest, account)
    guest, _ = accounts.begin_guest(address="an address", browser=f"browser {number}")
    known, _ = accounts.become_account(
        guest, name="G", email=f"guest{number}@every.example", phone_number=f"+98{number}"
    )
    assert not accounts.has_password(known)
    accounts.set_first_password(known, new_password=SECRET)
    accounts.end_session(f"session {number}")
    assert accounts.asker(known.id, accounts.end_all_sessions(known), through="page", session_id="another") == known
    accounts.forget_ended_sessions(timedelta(days=14))
    accounts.leave_browser(accounts.begin_guest(address="an address", browser=f"left {number}")[0])
    accounts.forget_guests()


def _draw_a_plan(organizer: Asker, show: Show) -> None:
    draft_id = plan_drafts.begin(organizer, name="Hall", start="rows", show_id=show.id)
    meant = plan_drafts.show_of(organizer, draft_id)
    assert meant
    assert (meant.id, meant.title) == (show.id, show.title)
    block = plan_drafts.add_part(organizer, draft_id, "block").part_id
    assert block
    for rows in (6, 7):  # typed on, which is one act
        plan_drafts.change_part(organizer, draft_id, block, typed={"rows": rows}, seen=1)
    plan_drafts.change_part(organizer, draft_id, block, typed={}, deed="right", step="fine")
    plan_drafts.undo(organizer, draft_id)
    plan_drafts.redo(organizer, draft_id)
    assert plan_drafts.sketched(organizer, draft_id).state == 4
    assert plan_drafts.drafts_of(organizer)
    refused(plan_drafts.begin_from_version, organizer, 2**31 - 1)
    for as_next_version in (False, True):
        name = {"venue": "The Lantern", "timezone": "UTC", "name": "Concert", "as_next_version": as_next_version}
        drawn = plan_drafts.begin(organizer, name="Hall", start="rows")
        saved = plan_drafts.save(organizer, drawn, **name)
    assert venues.venues_of(organizer)
    assert venues.plans_of(organizer)[0].version_id == saved.id
    plan_drafts.discard(organizer, plan_drafts.begin_from_version(organizer, saved.id))
    plan_drafts.discard(organizer, draft_id)
    refused(plan_drafts.discard, organizer, draft_id)
    refused(plan_drafts.show_of, organizer, draft_id)


def _do_once(asker: Asker) -> None:
    named = (f"user {asker.id}", f"key {next(_numbers)}", b"POST /v1/shows/")
    begun = kept_answers.once(*named, is_read_long=True)
    assert isinstance(begun, kept_answers.Once)
    answer = kept_answers.Answer(201, {"Location": "/v1/shows/1"}, b"{}")
    begun.keep(answer)
    assert kept_answers.once(*named) == answer
    assert kept_answers.forget() == 0
