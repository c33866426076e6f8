"""Everybody who may ask, and what there is to be asked for."""

import io
import re
from base64 import b64encode
from copy import copy
from dataclasses import dataclass
from typing import Any

from werkzeug.routing import Rule

from tests.keeping import put_back
from tests.pictures import picture_file
from tests.routes.answers import WHO
from tests.scenes import PASSWORD, Scene
from tests.services.box_office.sales import buy
from webapp.services import api_keys, house_seats, managers, pictures, plan_drafts, plan_imports
from webapp.services.asker import Asker
from webapp.services.baskets import BasketLink, token_of
from webapp.services.house_seats import Choice, Until

A_PICTURE = picture_file(64, 40)


@dataclass
class World:
    """One show with a held seat, and everybody who may ask."""

    scene: Scene

    def __post_init__(self) -> None:
        organizer, rival, buyer, other = (self.scene.user(name) for name in ("Olga", "Rita", "Bruno", "Bert"))
        self.show = self.scene.show(organizer)
        self.scene.show(rival)
        self.held = self.scene.hold(buyer, self.show, "A10")[0]
        [self.sold] = buy(self.scene, buyer, self.show, "A7")
        self.people: dict[str, Asker | None] = dict(zip(WHO, [None, buyer, other, organizer, rival], strict=True))
        self.manager = self.scene.manager(self.show)
        self.people |= {"manager": self.manager, "admin": self.scene.admin()}
        self.invitation = managers.invite(organizer, self.show.id, name="Mona")
        pictures.describe_with(organizer, self.show.id, 1, data=A_PICTURE, alt="A lamp")
        self.pictured = self.show.id
        self.picture_id = self.scene.rows("SELECT max(id) AS id FROM pictures")[0]["id"]
        self.buyer = buyer
        self.guest = self.scene.guest()
        [self.guests_hold] = self.scene.hold(self.guest, self.show, "A8")
        link = BasketLink(self.guest.id, 1, self.show.id, self.guests_hold.hold_expiry)
        self.token = token_of(link, key=self.scene.app.config["SECRET_KEY"])
        kept = plan_drafts.begin(organizer, name="Hall", start="chamber")
        self.kept = plan_drafts.save(organizer, kept, venue="Chapel", timezone="UTC", name="Hall")
        ranges = plan_imports.begin_typed(organizer, name="Hall", ranges="Stalls: A1-A10, Z1")
        self.rows = plan_imports.save(organizer, ranges, venue="Chapel", name="Rows")
        self.import_id = plan_imports.begin_typed(organizer, name="Hall", ranges="A1-A3")
        self.draft_id = plan_drafts.begin(organizer, name="Hall", start="rows")
        a9 = Choice(self.show.id, seat_numbers=["A9"])
        [self.block] = house_seats.block(organizer, a9, reason="Press", until=Until())
        self.key_id = api_keys.make(organizer, name="Till", scopes=["reading"], expires_in_days=None)[0].id
        self.category_id = self.scene.rows("SELECT id FROM categories WHERE show_id = %s", self.show.id)[0]["id"]

    def copy(self) -> "World":
        """The same world, for a test to change."""
        copied = copy(self)
        copied.people = dict(self.people)
        return copied

    def path(self, rule: Rule) -> str:
        """The rule's path in this world."""
        named = {
            "show_id": self.show.id,
            "user_id": self.manager.id if "manager" in rule.rule else self.buyer.id,
            "invitation_id": self.invitation[0].id,
            "key_id": self.key_id,
            "picture_id": self.picture_id,
            "reservation_id": self.sold if rule.endpoint.startswith(("box", "v1.box")) else self.held.id,
            "draft_id": self.import_id if "plan_imports." in rule.endpoint else self.draft_id,
            "venue_id": self.kept.venue_id,
            "number": 1,
            "plan_id": self.rows.plan_id,
            "part_id": 2,
            "version_id": self.kept.id,
            "token": self.invitation[1] if "invitation" in rule.rule else self.token,
            "slug": "all" if rule.endpoint.startswith(("seat_maps.", "house_seats.")) else "seat-taken",
            "version": 1,
            "filename": "buy.py" if rule.endpoint == "docs.example" else "favicon.svg",
            "figure": "pace",
        }
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(named[found[1]]), rule.rule)

    def body(self, endpoint: str, who: str) -> dict[str, Any]:
        """What this person sends to the endpoint: the same for pages and clients, except for lists."""
        place = WHO.index(who) + 1 if who in WHO else len(WHO) + 1
        person = {
            "name": "Eve",
            "phone_number": f"+35841000000{place}",
            "email": f"eve{place}@example.com",
            "password": PASSWORD,
        }
        show = {"title": "Evensong", "venue": "Hall"}
        form = {"starts_at": "2027-05-01T19:30", "timezone": "UTC", "currency": "EUR", "seat_limit": 4}
        edition = self.scene.edition(self.pictured)
        bodies: dict[str, dict[str, Any]] = {
            "users.sign_up": person,
            "accounts.make_account": person,
            "users.login": {"email": self.buyer.email, "password": PASSWORD},
            "accounts.begin": {"email": self.buyer.email, "password": PASSWORD},
            "accounts.change_password": {"current_password": PASSWORD, "new_password": "another long password"},
            "accounts.set_first_password": {"new_password": "another long password"},
            "accounts.delete_account": {"password": PASSWORD},
            "api_keys.make": {"name": "Till", "scopes": ["reading"]},
            "account_keys.make": {"name": "Till", "scopes": "reading", "password": PASSWORD},
            "shows.create": {**show, "starts_at": "2027-05-01T19:30:00Z"},
            "organizers.create_show": {**show, **form},
            "house_blocks.block": {"seat_numbers": [f"A{place}"], "reason": "Press"},
            "house_blocks.release": {"seat_numbers": ["A9"]},
            "house_seats.preview_block": {"seat_ranges": f"A{place}", "reason": "Press"},
            "house_seats.block": {"seat_ranges": f"A{place}", "reason": "Press"},
            "house_seats.preview_release": {"seat_ranges": "A9"},
            "house_seats.release": {"seat_ranges": "A9"},
            "shows.add_seats": {"seat_numbers": [f"B{place}"]},
            "organizers.add_seats": {"labels": "B1-B3", "category": "Boxes", "price": "45"},
            "organizers.settle": {"edition": edition, "lonely_seats": "warn"},
            "organizers.change_details": {**show, **form, "edition": edition, "confirmed": "y"},
            "organizers.publish_drafts": {"show_ids": self.show.id},
            "organizers.set_picture": {"edition": edition, "alt": "A lamp"},
            "organizers.remove_picture": {"edition": edition},
            "organizers.preview_dates": {"dates": "2027-06-01"},
            "organizers.copy_to_dates": {"starts": "2027-06-01T19:30:00Z"},
            "running.change": {"edition": edition, "title": "Matins", "on_sale_at": None},
            "running.set_prices": {"edition": edition, "prices": {"Stalls": 1250}},
            "running.set_picture": {"edition": edition, "picture": b64encode(A_PICTURE).decode(), "alt": "A lamp"},
            "running.remove_picture": {"edition": edition},
            "running.duplicate": {"starts": ["2027-06-01T19:30:00Z"]},
            "organizers.set_prices": {"edition": edition, f"price-{self.category_id}": "12.50"},
            "plan_drafts.begin": {"name": "Hall", "start": "fan"},
            "plan_builder.add": {"kind": "area"},
            "venues.create": {"name": "Town Hall", "timezone": "UTC"},
            "venues.change": {"name": "Town Hall", "timezone": "UTC"},
            "venues.rename_plan": {"name": "Banquet"},
            "plans.create_venue": {"name": "Town Hall", "timezone": "UTC"},
            "running.publish_several": {"show_ids": [self.show.id]},
            "plans.change_venue": {"timezone": "UTC"},
            "plans.rename": {"name": "Banquet"},
            "plans.create": {"name": "Banquet", "ranges": "A1-A3"},
            "plans.save_version": {"csv": "zone,row,start,end\nStalls,A,1,3\n"},
            "plans.change": {"version_id": self.rows.id, **self.seen()},
            "plan_changes.apply": {"version": self.rows.id, **self.seen()},
            "plan_imports.begin": {"ranges": "A1-A3"},
            "plan_imports.keep": {"keep_as": "new", "venue": "Town Hall", "name": "Concert"},
            "plan_drafts.save": {"venue": "Town Hall", "name": "Concert"},
            "plan_builder.change": {"deed": "remove"},
            "people.invite": {"name": "Mina"},
            "managers.invite": {"name": "Mina"},
            "offers.hold_best": {"seats": 1},
            "shows.hold": {"seat_numbers": [f"A{place}"]},
            "reservations.hold": {"show_id": self.show.id, "seat_number": f"A{place}"},
            "baskets.confirm": {"reservation_ids": [self.held.id]},
            "box_office.cancel_several": {"reservation_ids": [self.sold], "reason": "ill"},
            "box_office_calls.cancel_several": {"reservation_ids": [self.sold], "reason": "ill"},
            "box_office.cancel": {"reason": "ill"},
            "box_office_calls.cancel": {"reason": "ill"},
            "box_office.move": {"seat_id": self.show_seat("A6")},
            "box_office_calls.move": {"seat_number": "A6"},
        }
        return bodies.get(endpoint, {})

    def show_seat(self, number: str) -> int:
        """The id of a seat of the show."""
        seats = self.scene.rows("SELECT id FROM seats WHERE show_id = %s AND seat_number = %s", self.show.id, number)
        return seats[0]["id"] if seats else 1

    def seen(self) -> dict[str, int]:
        """The show as a page has it that was opened just now."""
        found = self.scene.rows("SELECT edition, plan_version FROM shows WHERE id = %s", self.show.id)
        return dict(found[0]) if found else {"edition": 1, "plan_version": 1}

    def file(self, endpoint: str) -> dict[str, Any]:
        """The file that goes with a form."""
        return {"picture": (io.BytesIO(A_PICTURE), "lamp.png")} if endpoint == "organizers.set_picture" else {}


def fresh_world(scene: Scene) -> World:
    """A world in which nobody has asked for anything; the one before is gone."""
    return two_worlds(scene)[0]


def two_worlds(scene: Scene) -> tuple[World, World]:
    """Two worlds in one database, in which nobody has asked for anything; those of before are gone."""
    one, other = put_back(scene, _made)
    return one.copy(), other.copy()


def _made(scene: Scene) -> tuple[World, World]:
    return World(scene), World(scene)
