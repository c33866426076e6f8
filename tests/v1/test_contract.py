"""The tables of docs/API.md say what the code does."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from tests.v1 import shapes
from tests.v1.contract import CONTRACT, contract_table
from webapp import LARGEST_BODY
from webapp.blueprints.figures import FIGURES
from webapp.every_request import LARGER_BODIES
from webapp.problems import HTTP_PROBLEMS, PROBLEMS
from webapp.schemas import (
    api_keys,
    base,
    baskets,
    box_office,
    changes,
    dashboards,
    house_seats,
    managers,
    offers,
    plan_changes,
    plans,
    reservations,
    show_details,
    shows,
    users,
    venues,
)
from webapp.services.api_keys import MOST_KEYS
from webapp.services.house_seats import MOST_SEATS
from webapp.services.pictures import redrawing as pictures
from webapp.services.shows.duplicating import MOST_DATES, MOST_SEATS_COPIED


def names(cell: str) -> list[str]:
    """The names of fields in a cell: what stands in backticks in small letters."""
    return re.findall(r"`([a-z_]+)`", cell)


def test_the_fields_of_every_answer_are_those_of_the_contract() -> None:
    shown: Mapping[str, Mapping[str, Any]] = {
        "user": shapes.USER,
        "API key": shapes.API_KEY,
        "new API key": shapes.MADE_API_KEY,
        "access token": shapes.TOKEN,
        "show": shapes.SHOW,
        "prospect": shapes.PROSPECT,
        "planned date": shapes.PLANNED_DATE,
        "seat": shapes.SEAT,
        "availability": shapes.HELD_SEAT,
        "changes": shapes.CHANGES,
        "house block": shapes.HOUSE_BLOCK,
        "house date": shapes.HOUSE_DATE,
        "reservation": shapes.RESERVATION,
        "venue": shapes.VENUE,
        "kept plan": shapes.KEPT_PLAN,
        "version": shapes.VERSION,
        "plan as read": shapes.PLAN_READ,
        "show's plan": shapes.SHOW_PLAN,
        "difference": shapes.DIFFERENCE,
        "manager": shapes.MANAGER,
        "invitation": shapes.INVITATION,
        "new invitation": shapes.MADE_INVITATION,
        "act": shapes.ACT,
        "buyer's reservation": shapes.BUYERS_RESERVATION,
        "counts": shapes.COUNTS,
        "status": shapes.STATUS,
        "line of a history": shapes.HISTORY_LINE,
    }
    promised = {row[0]: names(row[1]) for row in contract_table("answer")}
    assert promised == {name: list(shape) for name, shape in shown.items()}


def test_the_parameters_of_every_list_are_those_of_the_contract() -> None:
    asked: Mapping[str, type[BaseModel]] = {
        "GET /shows/": shows.UpcomingPage,
        "GET /users/me/shows": shows.OwnShowPage,
        "GET /shows/{show_id}/seats": shows.SeatPage,
        "GET /shows/{show_id}/availability": shows.AvailabilityPage,
        "GET /shows/{show_id}/changes": changes.ChangesSince,
        "GET /shows/{show_id}/house-seats": house_seats.BlockPage,
        "GET /shows/{show_id}/reservations": box_office.WantedPage,
        "GET /shows/{show_id}/reservations/counts": box_office.Wanted,
        "GET /reservations/": reservations.ReservationPage,
        "GET /shows/{show_id}/managers": managers.ManagerPage,
        "GET /shows/{show_id}/invitations": managers.InvitationPage,
        "GET /venues/": plans.ListPage,
        "GET /venues/{venue_id}/plans": plans.ListPage,
        "GET /plans/{plan_id}/versions": plans.ListPage,
        "GET /shows/{show_id}/acts": managers.ActPage,
    }
    promised = {row[0].strip("`"): set(names(row[1])) for row in contract_table("list")}
    assert promised == {call: set(schema.model_fields) for call, schema in asked.items()}


def test_the_fields_of_every_body_are_those_of_the_contract() -> None:
    asked: Mapping[str, type[BaseModel]] = {
        "POST /users/": users.NewUser,
        "POST /users/me/keys": api_keys.NewApiKey,
        "POST /login": users.Credentials,
        "POST /shows/": show_details.NewShow,
        "PATCH /shows/{show_id}": show_details.ShowChange,
        "POST /shows/{show_id}/prices": show_details.NewPrices,
        "POST /shows/{show_id}/picture": show_details.NewPicture,
        "POST /shows/{show_id}/picture/remove": show_details.MadeFrom,
        "POST /shows/{show_id}/duplicate": show_details.NewDates,
        "POST /shows/{show_id}/seats": shows.NewSeats,
        "POST /shows/{show_id}/house-seats": house_seats.NewHouseBlock,
        "POST /shows/{show_id}/house-seats/release": house_seats.HouseSeatsRelease,
        "POST /shows/{show_id}/holds": reservations.NewHolds,
        "POST /shows/{show_id}/best-available": offers.BestAvailable,
        "POST /shows/{show_id}/basket/confirm": baskets.BasketConfirmation,
        "POST /reservations/{user_id}/hold": reservations.NewHold,
        "POST /venues/": venues.VenueFields,
        "PATCH /venues/{venue_id}": plans.VenueChange,
        "PATCH /plans/{plan_id}": venues.PlanName,
        "POST /shows/publish": show_details.ShowsChosen,
        "POST /venues/{venue_id}/plans": plans.NewPlan,
        "POST /plans/{plan_id}/versions": plans.PlanSent,
        "POST /shows/{show_id}/plan": plan_changes.PlanChange,
        "POST /shows/{show_id}/invitations": managers.NewInvitation,
        "POST /shows/{show_id}/reservations/cancel": box_office.Cancellations,
        "POST /shows/{show_id}/reservations/{reservation_id}/move": box_office.NewSeat,
        "POST /shows/{show_id}/reservations/{reservation_id}/cancel": box_office.Cancellation,
    }
    promised = {row[0].strip("`"): set(names(row[2])) for row in contract_table("call") if names(row[2])}
    assert promised == {call: set(schema.model_fields) for call, schema in asked.items()}


def test_every_field_that_may_be_asked_for_has_its_rule_in_the_contract() -> None:
    rules = {name for row in contract_table("field") for name in [*names(row[0]), *names(row[1])]}
    schemas: list[type[BaseModel]] = [
        users.NewUser,
        users.Credentials,
        api_keys.NewApiKey,
        shows.NewSeats,
        shows.NewSeat,
    ]
    schemas += [show_details.NewShow, show_details.ShowChange, show_details.NewPrices, show_details.NewPicture]
    schemas += [show_details.NewDates, show_details.ShowsChosen]
    schemas += [reservations.NewHolds, reservations.NewHold, baskets.BasketConfirmation, offers.BestAvailable]
    schemas += [house_seats.NewHouseBlock, house_seats.HouseSeatsRelease, house_seats.SeatRow]
    schemas += [managers.NewInvitation, venues.VenueFields, plans.NewPlan, plan_changes.PlanChange]
    schemas += [box_office.Cancellations, box_office.NewSeat]
    for schema in schemas:
        assert set(schema.model_fields) <= rules


def test_the_figures_of_a_dashboard_are_those_of_the_contract() -> None:
    answers: Mapping[str, list[type[BaseModel]]] = {
        "standing": [dashboards.Standing],
        "over-time": [dashboards.Period],
        "categories": [dashboards.Category],
        "pace": [dashboards.Pace, dashboards.DayOfSale],
        "sections": [dashboards.Section],
        "seats": [dashboards.Seat],
        "lost-holds": [dashboards.LostHolds, dashboards.Minute],
    }
    promised = {row[0].strip("`"): names(row[2]) for row in contract_table("figure")}
    assert promised == {name: [field for one in kinds for field in one.model_fields] for name, kinds in answers.items()}
    assert FIGURES.keys() == promised.keys()


def test_the_limits_of_the_contract_are_those_of_the_code() -> None:
    text = " ".join(CONTRACT.read_text().split())
    most, most_seats, picture = (
        LARGEST_BODY // 1024,
        *(LARGER_BODIES[f"v1.{endpoint}"] // 1024**2 for endpoint in ("shows.add_seats", "running.set_picture")),
    )
    assert f"of at most {most} KB ({most_seats} MB for new seats, {picture} MB for a picture)" in text
    assert f"up to {pictures.LARGEST_FILE // 1024**2} MB and {pictures.MOST_PIXELS // 10**6} million pixels" in text
    assert f"at most {pictures.LONGEST_SIDE:,} pixels a side" in text
    assert f"up to {show_details.MOST_DESCRIBED:,} characters" in text
    assert f"1 to {MOST_DATES} times with their offsets" in text
    assert MOST_DATES == show_details.MOST_STARTS
    assert f"at most {MOST_SEATS_COPIED:,} seats are made" in text
    assert f"`limit` (1 to {base.MOST_IN_A_PAGE})" in text
    assert f"1 to {shows.MOST_SEATS_ADDED:,}, each a label" in text
    assert f"at most {reservations.MOST_SEATS_IN_A_HOLD} seats in one call" in text
    assert f"of house seats | at most {house_seats.MOST_NAMED:,} |" in text
    assert f"at most {house_seats.MOST_DATES} other dates" in text
    assert f"1 to {house_seats.MOST_HOURS} |" in text
    assert f"at most {MOST_SEATS:,} seats, those of all dates together" in text
    assert f"the API key is good, 1 to {api_keys.MOST_DAYS};" in text
    assert f"A user can have {MOST_KEYS} keys" in text
    assert f"{users.FEWEST_DIGITS} to {users.MOST_DIGITS} digits" in text


def test_every_problem_of_the_contract_has_its_status() -> None:
    known = {problem.slug: problem.status for problem in [*PROBLEMS.values(), *HTTP_PROBLEMS.values()]}
    promised = {row[0].strip("`"): int(row[1]) for row in contract_table("type")}
    assert promised.items() <= known.items()
    told_on_pages_only = {"still-organizing", "guest-limit-reached", "form-outdated", "plan-unwritable", "error"}
    assert known.keys() - promised.keys() <= told_on_pages_only
