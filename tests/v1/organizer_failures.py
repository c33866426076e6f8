"""The ways in which those who run a show are refused; each asks for what is refused, and gives the answer."""

from base64 import b64encode

from werkzeug.test import TestResponse

from tests.pictures import picture_file
from tests.scenes import PASSWORD, Scene
from webapp.services import accounts, house_seats, managers, reservations
from webapp.services.asker import Asker
from webapp.services.reservations import Reservation
from webapp.services.shows import Show


def sold_seat(scene: Scene, organizer: Asker, buyer: Asker) -> tuple[Show, Reservation]:
    """A show of the organizer with a seat that the buyer bought."""
    show = scene.show(organizer, seats="A1-A4")
    [held] = scene.hold(buyer, show, "A4")
    return show, reservations.confirm(buyer, held.id)


def changed_meanwhile(scene: Scene) -> TestResponse:
    show = scene.show(organizer := scene.user())
    edition, client = scene.edition(show.id), scene.client(organizer)
    client.post(f"/shows/{show.id}/prices", {"edition": edition, "prices": {"Stalls": 5000}})
    return client.post(f"/shows/{show.id}/prices", {"edition": edition, "prices": {"Stalls": 6000}})


def precondition_failed(scene: Scene) -> TestResponse:
    show = scene.show(organizer := scene.user())
    client = scene.client(organizer)
    headers = {"If-Match": client.get(f"/shows/{show.id}").headers["ETag"]}
    client.post(f"/shows/{show.id}/prices", {"prices": {"Stalls": 5000}}, headers=headers)
    return client.post(f"/shows/{show.id}/prices", {"prices": {"Stalls": 6000}}, headers=headers)


def tag_of_another_show(scene: Scene) -> TestResponse:
    organizer = scene.user()
    client = scene.client(organizer)
    headers = {"If-Match": client.get(f"/shows/{scene.show(organizer).id}").headers["ETag"]}
    return client.post(f"/shows/{scene.show(organizer).id}/prices", {"prices": {"Stalls": 6000}}, headers=headers)


def has_buyers(scene: Scene) -> TestResponse:
    show, _ = sold_seat(scene, organizer := scene.user(), scene.user())
    return scene.client(organizer).post(f"/shows/{show.id}/unpublish")


def not_sold(scene: Scene) -> TestResponse:
    show = scene.show(organizer := scene.user())
    [held] = scene.hold(scene.user(), show, "A1")
    return scene.client(organizer).post(f"/shows/{show.id}/reservations/{held.id}/cancel", {"reason": "No"})


def buyer_gone(scene: Scene) -> TestResponse:
    show, sold = sold_seat(scene, organizer := scene.user(), buyer := scene.user())
    accounts.delete_account(buyer, password=PASSWORD)
    return scene.client(organizer).post(f"/shows/{show.id}/reservations/{sold.id}/move", {"seat_number": "A1"})


def seats_not_free(scene: Scene) -> TestResponse:
    show, _ = sold_seat(scene, organizer := scene.user(), scene.user())
    asked = {"seat_numbers": ["A4"], "reason": "Press"}
    return scene.client(organizer).post(f"/shows/{show.id}/house-seats", asked)


def seats_not_blocked(scene: Scene) -> TestResponse:
    show = scene.show(organizer := scene.user())
    house_seats.block(
        organizer, house_seats.Choice(show.id, seat_numbers=["A1"]), reason="Press", until=house_seats.Until()
    )
    return scene.client(organizer).post(f"/shows/{show.id}/house-seats/release", {"seat_numbers": ["A1", "A2"]})


def seats_still_taken(scene: Scene) -> TestResponse:
    show, _ = sold_seat(scene, organizer := scene.user(), scene.user())
    client = scene.client(organizer)
    venue_id = client.post("/venues/", {"name": "Town Hall", "timezone": "UTC"}).json["id"]
    version_id = client.post(f"/venues/{venue_id}/plans", {"name": "Hall", "ranges": "A1-A3"}).json["id"]
    seen = client.post(f"/shows/{show.id}/plan", {"version_id": version_id, "preview": True}).json
    now = {name: seen[name] for name in ("edition", "plan_version")}
    asked = {"version_id": version_id, **now, "prices": dict.fromkeys(seen["new_categories"], 4500)}
    return client.post(f"/shows/{show.id}/plan", asked)


def plan_unusable(scene: Scene) -> TestResponse:
    client = scene.client(scene.user())
    venue_id = client.post("/venues/", {"name": "Town Hall", "timezone": "UTC"}).json["id"]
    sent = {"name": "Hall", "csv": "zone,row,start,end\nStalls,A,9,1\n"}
    return client.post(f"/venues/{venue_id}/plans", sent)


def invitation_unusable(scene: Scene) -> TestResponse:
    show = scene.show(organizer := scene.user())
    _, token = managers.invite(organizer, show.id, name="Mona")
    return scene.client(organizer).post(f"/invitations/{token}/accept")


def picture_unusable(scene: Scene) -> TestResponse:
    show = scene.show(organizer := scene.user())
    asked = {"edition": scene.edition(show.id), "picture": b64encode(picture_file(64, 40)[:40]).decode(), "alt": "A"}
    return scene.client(organizer).post(f"/shows/{show.id}/picture", asked)
