"""An example of each body that v1 takes, as its document shows it."""

from collections.abc import Mapping
from typing import Any

from webapp.schemas.api_keys import NewApiKey
from webapp.schemas.base import Question
from webapp.schemas.baskets import BasketConfirmation
from webapp.schemas.box_office import Cancellation, Cancellations, NewSeat
from webapp.schemas.house_seats import HouseSeatsRelease, NewHouseBlock
from webapp.schemas.managers import NewInvitation
from webapp.schemas.offers import BestAvailable
from webapp.schemas.plan_changes import PlanChange
from webapp.schemas.plans import NewPlan, PlanSent, VenueChange
from webapp.schemas.reservations import NewHold, NewHolds
from webapp.schemas.show_details import MadeFrom, NewDates, NewPicture, NewPrices, NewShow, ShowChange, ShowsChosen
from webapp.schemas.shows import NewSeats
from webapp.schemas.users import Credentials, NewUser
from webapp.schemas.venues import PlanName, VenueFields

# The smallest picture that can be read: one white point.
ONE_POINT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="  # a PNG file

EXAMPLES: Mapping[type[Question], Mapping[str, Any]] = {
    NewUser: {
        "name": "Ada Buyer",
        "phone_number": "+358 40 123 4567",
        "email": "ada@holdfast.example",
        "password": "a long password",
    },
    Credentials: {"email": "buyer@holdfast.example", "password": "demo-buyer"},
    NewApiKey: {"name": "Box office", "scopes": ["reading", "holding"], "expires_in_days": 90},
    NewShow: {
        "title": "Evensong",
        "venue": "Town Hall",
        "starts_at": "2027-05-01T19:30:00+03:00",
        "timezone": "Europe/Helsinki",
        "currency": "EUR",
    },
    ShowChange: {"edition": 1, "title": "Evensong, with organ", "preview": True},
    NewPrices: {"edition": 1, "prices": {"Stalls": 4500}},
    NewPicture: {"edition": 1, "picture": ONE_POINT, "alt": "A lighthouse at night"},
    MadeFrom: {"edition": 1},
    NewDates: {"starts": ["2027-05-02T19:30:00+03:00"], "preview": True},
    NewSeats: {"seat_numbers": ["A1", "A2", {"seat_number": "B1", "category": "Balcony", "price": 3000}]},
    NewHolds: {"seat_numbers": ["C5", "C6"], "hold_minutes": 5},
    NewHold: {"show_id": 1, "seat_number": "C5", "hold_minutes": 5},
    BestAvailable: {"seats": 2, "price_at_most": 4500, "hold_minutes": 5},
    BasketConfirmation: {"reservation_ids": [1, 2]},
    NewHouseBlock: {"seat_ranges": "A1-A4", "reason": "Press", "release_hours_before": 24, "preview": True},
    HouseSeatsRelease: {"seat_ranges": "A1-A4", "preview": True},
    NewInvitation: {"name": "Mona"},
    VenueFields: {"name": "Town Hall", "timezone": "Europe/Helsinki"},
    VenueChange: {"name": "Old Town Hall"},
    PlanName: {"name": "Banquet"},
    ShowsChosen: {"show_ids": [1, 2]},
    NewPlan: {"name": "Concert", "ranges": "Stalls: A1-A20, B1-B18", "preview": True},
    PlanSent: {"csv": "zone,row,start,end\nStalls,A,1,20\n", "preview": True},
    PlanChange: {"version_id": 1, "preview": True},
    NewSeat: {"seat_number": "C7", "reason": "A pillar stands before the old seat."},
    Cancellation: {"reason": "Asked for by phone"},
    Cancellations: {"reservation_ids": [1, 2], "reason": "Asked for by phone"},
}
