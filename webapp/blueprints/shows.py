"""Shows: listed, looked at, and the place where seats are held."""

from flask import Blueprint, Response, request, url_for

from webapp import paging
from webapp.blueprints.clients import clients_only
from webapp.blueprints.offers import advising
from webapp.blueprints.seat_changes import seat_changes
from webapp.blueprints.seat_maps import show_page
from webapp.conditional import revalidated
from webapp.contract import Call
from webapp.identity import asker, buyer, signed_in
from webapp.questions import about_the_part, read, read_query
from webapp.refusals import told_in
from webapp.replies import View, json_response, next_path, reply, written_response
from webapp.schemas import reservations as reservation_schemas
from webapp.schemas import shows as schemas
from webapp.schemas.show_details import NewShow
from webapp.services import offers, seat_maps, seating, shows
from webapp.services.plans.plan import PlanCategory
from webapp.services.reservations import SeatChoice
from webapp.services.seat_labels import normalize_label
from webapp.services.seat_maps import About

bp = Blueprint("shows", __name__)


@bp.get("/shows/")
@Call("list_shows", who="anyone", asks=schemas.UpcomingPage, gives={200: list[schemas.Show]})
def index() -> Response:
    """The upcoming shows."""
    asked = read_query(schemas.UpcomingPage)
    found = shows.upcoming(
        search=asked.search,
        starts_from=asked.starts_from,
        starts_before=asked.starts_before,
        limit=asked.limit,
        after=paging.read_moment_cursor(asked.cursor),
    )
    listed = [schemas.Show.model_validate(show) for show in found]
    return reply(
        listed,
        page=View("shows/index.html", lambda: {"shows": found}),
        headers=paging.next_link(found, asked, paging.start_cursor),
    )


@bp.post("/shows/")
@Call("create_show", who="a user", takes=NewShow, gives={201: schemas.Show}, located=True)
@clients_only
def create() -> Response:
    """Create a show, of which the asker is the organizer."""
    organizer = signed_in()
    show = shows.create(organizer, **read(NewShow).model_dump())
    location = url_for(".show", show_id=show.id)
    return json_response(schemas.Show.model_validate(show), 201, {"Location": location})


@bp.get("/shows/<id:show_id>")
@Call("get_show", who="anyone", gives={200: schemas.Show}, revalidates=True)
@revalidated(About.SHOW)
def show(show_id: int) -> Response:
    """A show: its counts for clients, its seat map for buyers."""
    return reply(lambda: schemas.Show.model_validate(shows.one(show_id, asker())), page=show_page(show_id))


@bp.post("/shows/<id:show_id>/seats")
@Call(
    "add_seats",
    who="its organizer",
    takes=schemas.NewSeats,
    gives={201: list[schemas.Seat]},
    refuses=("seat-number-in-use", "seat-number-unusable", "not-on-sale"),
)
@clients_only
def add_seats(show_id: int) -> Response:
    """Add seats by their labels."""
    organizer = signed_in()
    asked = read(schemas.NewSeats).seat_numbers
    seats = [
        seating.labelled_seat(
            seat.seat_number,
            section=seat.section,
            row=seat.row,
            number=seat.number,
            category=seat.category,
            accessibility=seat.accessibility,
            step_free=seat.step_free,
        )
        for seat in asked
    ]
    categories = [PlanCategory(name=seat.category or seating.STANDARD, price=seat.price) for seat in asked]
    added = seating.add_seats(organizer, show_id, seats, categories)
    return json_response([schemas.Seat.model_validate(seat) for seat in added], 201)


@bp.get("/shows/<id:show_id>/seats")
@Call("list_seats", who="anyone", asks=schemas.SeatPage, gives={200: list[schemas.Seat]}, revalidates=True)
@clients_only
@revalidated(About.SEATS)
def seats(show_id: int) -> Response:
    """The seats of a show."""
    asked = read_query(schemas.SeatPage)
    found = seating.written_seats(show_id, limit=asked.limit, after=asked.cursor)
    return written_response(found.json, paging.link_after(found.members, str(found.last_id), asked))


@bp.get("/shows/<id:show_id>/availability")
@Call(
    "list_availability",
    who="anyone",
    asks=schemas.AvailabilityPage,
    gives={200: list[schemas.SeatAvailability]},
    revalidates=True,
    names_changes=True,
)
@clients_only
@revalidated(About.AVAILABILITY)
def availability(show_id: int) -> Response:
    """How each seat of a show stands."""
    asked = read_query(schemas.AvailabilityPage)
    found = seat_maps.availability(show_id, **asked.model_dump(exclude={"cursor"}), after=asked.cursor)
    return written_response(found.json, paging.link_after(found.members, str(found.last_id), asked))


def _changes_asked_for(show_id: int) -> View:
    return seat_changes(show_id, request.form.getlist("seat_ids", type=int))


@bp.post("/shows/<id:show_id>/holds")
@Call(
    "hold_seats",
    who="a user",
    takes=reservation_schemas.NewHolds,
    gives={201: list[reservation_schemas.Reservation], 200: list[reservation_schemas.Reservation]},
    refuses=(
        "seat-taken",
        "none-together",
        "lonely-seat",
        "others-first",
        "seat-limit-reached",
        "not-on-sale",
        "seat-number-unusable",
    ),
)
@told_in(fragment=_changes_asked_for)
def hold(show_id: int) -> Response:
    """Hold seats, all or none: those that are named, or the best that are as one wishes."""
    asked = read(reservation_schemas.NewHolds)
    if asked.wish:
        return _hold_wished(show_id, asked.wish, asked.hold_minutes)
    this_page = next_path(url_for(".show", show_id=show_id)).partition("#")[0]
    if asked.seat_ids:
        this_page += f"#seat-{asked.seat_ids[0]}"
    holder = buyer(back_to=this_page)
    choice = SeatChoice(
        show_id=show_id,
        seat_ids=tuple(asked.seat_ids or ()),
        seat_numbers=tuple(normalize_label(number) for number in asked.seat_numbers or ()),
    )
    held = offers.chosen.hold(holder, choice, minutes=asked.hold_minutes)
    return reply(
        [reservation_schemas.Reservation.model_validate(one) for one in held.reservations],
        fragment=seat_changes(show_id, [one.seat_id for one in held.reservations]),
        goes_to=this_page,
        notice=advising(held),
        status=201 if held.created else 200,
    )


def _hold_wished(show_id: int, wish: reservation_schemas.Wish, minutes: int | None) -> Response:
    """What is wished for in JSON: a form has its own address for that."""
    with about_the_part("wish"):
        found = offers.best_available.hold(signed_in(), show_id, offers.Wanted(**wish.model_dump()), minutes=minutes)
    return json_response([reservation_schemas.Reservation.model_validate(one) for one in found.reservations], 201)
