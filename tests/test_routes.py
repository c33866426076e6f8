"""Which routes there are, and what each answers to whom: a route without a row here does not pass.

A new route needs one row in `ANSWERS`: what its five people (`WHO`) get, by browser and by client; and where it takes a
form or a body, that in `World.body`. More follows from the row by itself (tests/test_routes_of_a_show.py): a manager of
the show and an admin get what the organizer gets, and a draft is not there for strangers. Where a manager and an admin
get something else, the row goes on with their two answers: "404 404 404 404 404 404 200" is for admins alone.
"""

import io
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.keeping import put_back
from tests.pictures import picture_file
from tests.scenes import PASSWORD, Scene
from tests.services.box_office.sales import buy
from tests.v1.contract import contract_table
from webapp import blueprints
from webapp.services import api_keys, house_seats, managers, pictures, plan_drafts, plan_imports
from webapp.services.asker import Asker
from webapp.services.baskets import BasketLink, token_of
from webapp.services.house_seats import Choice, Until

A_PICTURE = picture_file(64, 40)
WHO = ("nobody", "buyer", "other buyer", "organizer", "other organizer")
COLLEAGUES = ("manager", "admin")
BROWSER, CLIENT = 0, 1
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ANYBODY_SEES = "200 200 200 200 200"
NOTHING_HERE = "404 404 404 404 404"
FOR_ADMINS = "404 404 404 404 404 404 200"
SIGNED_IN_GO_ON = "sign-in 303 303 303 303"
SIGNED_IN_SEE = "sign-in 200 200 200 200"
ORGANIZER_GOES_ON = "sign-in 403 403 303 403"
RUN_BY_SEE = "sign-in 403 403 200 403"
OWNER_GOES_ON = "sign-in 404 404 303 404"
KEEPER_SEES = "sign-in 404 404 200 404 404 200"
KEEPER_ANSWERED = "401 404 404 200 404 404 200"
KEEPER_GOES_ON = "sign-in 404 404 303 404 404 303"

# What a browser with a session gets, and what a client with a token gets, in the order of WHO. The buyer has the
# reservation in the path, the organizer the show. "sign-in" is a redirect to there.
ANSWERS: Mapping[str, tuple[str, str]] = {
    "GET home.index": ("303 303 303 303 303", "303 303 303 303 303"),
    "GET static": (ANYBODY_SEES, ANYBODY_SEES),
    "GET health.healthz": (ANYBODY_SEES, ANYBODY_SEES),
    "GET health.readyz": (ANYBODY_SEES, ANYBODY_SEES),
    # For whoever has the METRICS_TOKEN.
    "GET metrics.show": (NOTHING_HERE, NOTHING_HERE),
    "GET status.show": (ANYBODY_SEES, ANYBODY_SEES),
    "GET problems.show": (ANYBODY_SEES, ANYBODY_SEES),
    "GET problems.index": (ANYBODY_SEES, ANYBODY_SEES),
    "GET docs.page": (ANYBODY_SEES, ANYBODY_SEES),
    "GET docs.guide": (ANYBODY_SEES, ANYBODY_SEES),
    "GET docs.example": (ANYBODY_SEES, ANYBODY_SEES),
    "GET openapi.document": (NOTHING_HERE, ANYBODY_SEES),
    "GET shows.index": (ANYBODY_SEES, ANYBODY_SEES),
    "POST shows.create": (NOTHING_HERE, "401 201 201 201 201"),
    "GET shows.show": (ANYBODY_SEES, ANYBODY_SEES),
    "GET seat_maps.section": (ANYBODY_SEES, NOTHING_HERE),
    "GET seat_maps.stylesheet": (ANYBODY_SEES, ANYBODY_SEES),
    "GET shows.seats": (NOTHING_HERE, ANYBODY_SEES),
    "POST shows.add_seats": (NOTHING_HERE, "401 403 403 201 403"),
    "GET shows.availability": (NOTHING_HERE, ANYBODY_SEES),
    "GET house_seats.index": ("sign-in 403 403 200 403", NOTHING_HERE),
    "GET house_seats.section": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST house_seats.choose": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST house_seats.preview_block": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST house_seats.block": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST house_seats.preview_release": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST house_seats.release": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET house_blocks.index": (NOTHING_HERE, "401 403 403 200 403"),
    "POST house_blocks.block": (NOTHING_HERE, "401 403 403 201 403"),
    "POST house_blocks.release": (NOTHING_HERE, "401 403 403 200 403"),
    "GET changes.changes": (NOTHING_HERE, ANYBODY_SEES),
    "GET live.follow": (ANYBODY_SEES, ANYBODY_SEES),
    "POST shows.hold": ("303 303 303 303 303", "401 201 201 201 201"),
    "POST offers.hold_best": ("303 303 303 303 303", "401 201 201 201 201"),
    "GET baskets.show": ("303 303 303 303 303", "401 200 200 200 200"),
    "POST baskets.extend": (SIGNED_IN_GO_ON, "401 200 200 200 200"),
    "POST baskets.confirm": ("sign-in 303 404 404 404", "401 200 404 404 404"),
    # Of a guest's basket, for whoever has the link.
    "GET basket_links.show": (ANYBODY_SEES, NOTHING_HERE),
    "POST basket_links.go_on": ("303 303 409 409 409", NOTHING_HERE),
    "GET basket_links.code": (ANYBODY_SEES, ANYBODY_SEES),
    "GET reservations.index": (SIGNED_IN_SEE, "401 200 200 200 200"),
    "GET reservations.show": ("sign-in 200 404 404 404", "401 200 404 404 404"),
    "POST reservations.hold": (NOTHING_HERE, "401 201 403 403 403"),
    "POST reservations.confirm": ("sign-in 303 404 404 404", "401 200 404 404 404"),
    "POST reservations.release": ("sign-in 303 404 404 404", "401 200 404 404 404"),
    "GET reservations.history": (NOTHING_HERE, "401 200 404 404 404"),
    "POST users.sign_up": (NOTHING_HERE, "201 201 201 201 201"),
    "POST users.login": (NOTHING_HERE, ANYBODY_SEES),
    "GET users.me": (NOTHING_HERE, "401 200 200 200 200"),
    # Only an organizer here has a key, which is the one in the path.
    "GET api_keys.index": (NOTHING_HERE, "401 200 200 200 200"),
    "POST api_keys.make": (NOTHING_HERE, "401 201 201 201 201"),
    "DELETE api_keys.revoke": (NOTHING_HERE, "401 404 404 204 404 404 404"),
    "GET account_keys.index": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST account_keys.make": (SIGNED_IN_GO_ON, NOTHING_HERE),
    "POST account_keys.revoke": ("sign-in 404 404 303 404 404 404", NOTHING_HERE),
    "POST account_keys.revoke_all": (SIGNED_IN_GO_ON, NOTHING_HERE),
    "GET accounts.sign_up": (ANYBODY_SEES, NOTHING_HERE),
    "POST accounts.make_account": ("303 303 303 303 303", NOTHING_HERE),
    "GET accounts.sign_in": (ANYBODY_SEES, NOTHING_HERE),
    "POST accounts.begin": ("303 303 303 303 303", NOTHING_HERE),
    "POST accounts.sign_out": ("303 303 303 303 303", NOTHING_HERE),
    "GET accounts.account": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST accounts.change_password": (SIGNED_IN_GO_ON, NOTHING_HERE),
    "POST accounts.sign_out_elsewhere": (SIGNED_IN_GO_ON, NOTHING_HERE),
    # Everybody here has one.
    "POST accounts.set_first_password": ("sign-in 401 401 401 401", NOTHING_HERE),
    # Who has shows ahead has to answer for them.
    "POST accounts.delete_account": ("sign-in 303 303 409 409 303 303", NOTHING_HERE),
    "GET organizers.index": (SIGNED_IN_SEE, NOTHING_HERE),
    "GET organizers.new_show": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST organizers.create_show": (SIGNED_IN_GO_ON, NOTHING_HERE),
    "GET organizers.show": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST organizers.add_seats": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.set_prices": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.settle": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.cancel_show": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET organizers.details": (RUN_BY_SEE, NOTHING_HERE),
    "POST organizers.change_details": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.publish": (ORGANIZER_GOES_ON, NOTHING_HERE),
    # The show has a buyer.
    "POST organizers.unpublish": ("sign-in 403 403 409 403", NOTHING_HERE),
    "GET organizers.drafts": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST organizers.publish_drafts": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.set_picture": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST organizers.remove_picture": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET organizers.dates": (RUN_BY_SEE, NOTHING_HERE),
    "POST organizers.preview_dates": (RUN_BY_SEE, NOTHING_HERE),
    "POST organizers.copy_to_dates": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET pictures.picture": (ANYBODY_SEES, ANYBODY_SEES),
    "GET running.own": (NOTHING_HERE, "401 200 200 200 200"),
    "PATCH running.change": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.set_prices": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.set_picture": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.remove_picture": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.publish": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.publish_several": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.unpublish": (NOTHING_HERE, "401 403 403 409 403"),
    "POST running.cancel": (NOTHING_HERE, "401 403 403 200 403"),
    "POST running.duplicate": (NOTHING_HERE, "401 403 403 201 403"),
    "GET plan_drafts.index": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST plan_drafts.begin": (SIGNED_IN_GO_ON, NOTHING_HERE),
    # To all but admins there is nothing.
    "GET admin.index": (FOR_ADMINS, NOTHING_HERE),
    "GET admin.shows": (FOR_ADMINS, NOTHING_HERE),
    "GET admin.accounts": (FOR_ADMINS, NOTHING_HERE),
    "GET admin.acts": (FOR_ADMINS, NOTHING_HERE),
    "GET people.show": (RUN_BY_SEE, NOTHING_HERE),
    "GET people.file": (RUN_BY_SEE, NOTHING_HERE),
    # Who may come in is for the organizer to say, and for admins.
    "POST people.invite": ("sign-in 403 403 303 403 403 303", NOTHING_HERE),
    "POST people.revoke": ("sign-in 403 403 303 403 403 303", NOTHING_HERE),
    # The manager in the path; who leaves by it.
    "POST people.remove": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET managers.index": (NOTHING_HERE, "401 403 403 200 403"),
    "DELETE managers.remove": (NOTHING_HERE, "401 403 403 204 403"),
    "GET managers.invitations": (NOTHING_HERE, "401 403 403 200 403 403 200"),
    "POST managers.invite": (NOTHING_HERE, "401 403 403 201 403 403 201"),
    "DELETE managers.revoke": (NOTHING_HERE, "401 403 403 204 403 403 204"),
    # For whoever has the token; good once.
    "GET managers.invitation": (ANYBODY_SEES, ANYBODY_SEES),
    "POST managers.accept": ("sign-in 303 409 409 409 409 303", "401 200 409 409 409 409 200"),
    "GET acts.index": (NOTHING_HERE, "401 403 403 200 403"),
    "GET dashboards.show": (RUN_BY_SEE, NOTHING_HERE),
    "GET dashboards.now": (RUN_BY_SEE, NOTHING_HERE),
    "GET dashboards.file": (RUN_BY_SEE, NOTHING_HERE),
    "GET figures.index": (NOTHING_HERE, "401 403 403 200 403"),
    "GET figures.show": (NOTHING_HERE, "401 403 403 200 403"),
    "GET box_office.index": (RUN_BY_SEE, NOTHING_HERE),
    "GET box_office.export": (RUN_BY_SEE, NOTHING_HERE),
    # Nothing is marked: back to the list.
    "GET box_office.chosen": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "POST box_office.cancel_several": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET box_office.show": (RUN_BY_SEE, NOTHING_HERE),
    "POST box_office.cancel": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET box_office.choose": (RUN_BY_SEE, NOTHING_HERE),
    "POST box_office.move": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET box_office_calls.index": (NOTHING_HERE, "401 403 403 200 403"),
    "GET box_office_calls.counts": (NOTHING_HERE, "401 403 403 200 403"),
    "POST box_office_calls.cancel_several": (NOTHING_HERE, "401 403 403 200 403"),
    "GET box_office_calls.show": (NOTHING_HERE, "401 403 403 200 403"),
    "GET box_office_calls.history": (NOTHING_HERE, "401 403 403 200 403"),
    "POST box_office_calls.move": (NOTHING_HERE, "401 403 403 200 403"),
    "POST box_office_calls.cancel": (NOTHING_HERE, "401 403 403 200 403"),
    # A plan in the making is its owner's alone.
    "GET plan_builder.edit": ("sign-in 404 404 200 404", NOTHING_HERE),
    "POST plan_builder.add": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_builder.change": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_builder.undo": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_builder.redo": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_drafts.discard": (OWNER_GOES_ON, NOTHING_HERE),
    "GET plan_drafts.finish": ("sign-in 404 404 200 404", NOTHING_HERE),
    "POST plan_drafts.save": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_drafts.draw_on": (OWNER_GOES_ON, NOTHING_HERE),
    "GET venues.index": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST venues.create": (SIGNED_IN_GO_ON, NOTHING_HERE),
    # A venue is its owner's, and an admin's.
    "GET venues.show": (KEEPER_SEES, NOTHING_HERE),
    "POST venues.change": (KEEPER_GOES_ON, NOTHING_HERE),
    "GET venues.plan": (KEEPER_SEES, NOTHING_HERE),
    "GET venues.editor_file": (KEEPER_SEES, NOTHING_HERE),
    "GET venues.ranges_file": (KEEPER_SEES, NOTHING_HERE),
    "POST venues.rename_plan": (KEEPER_GOES_ON, NOTHING_HERE),
    "GET plans.venues_index": (NOTHING_HERE, "401 200 200 200 200"),
    "POST plans.create_venue": (NOTHING_HERE, "401 201 201 201 201"),
    "PATCH plans.change_venue": (NOTHING_HERE, KEEPER_ANSWERED),
    "PATCH plans.rename": (NOTHING_HERE, KEEPER_ANSWERED),
    "GET plans.index": (NOTHING_HERE, KEEPER_ANSWERED),
    "POST plans.create": (NOTHING_HERE, "401 404 404 201 404 404 201"),
    "GET plans.versions": (NOTHING_HERE, KEEPER_ANSWERED),
    "POST plans.save_version": (NOTHING_HERE, "401 404 404 201 404 404 201"),
    "GET plans.version": (NOTHING_HERE, KEEPER_ANSWERED),
    "GET plans.of_show": (NOTHING_HERE, "401 403 403 200 403"),
    "POST plans.change": (NOTHING_HERE, "401 403 403 200 403"),
    "GET plan_changes.show": ("sign-in 403 403 200 403", NOTHING_HERE),
    "POST plan_changes.apply": (ORGANIZER_GOES_ON, NOTHING_HERE),
    "GET plan_imports.index": (SIGNED_IN_SEE, NOTHING_HERE),
    "POST plan_imports.begin": (SIGNED_IN_GO_ON, NOTHING_HERE),
    "GET plan_imports.show": ("sign-in 404 404 200 404", NOTHING_HERE),
    "GET plan_imports.changed": ("sign-in 404 404 200 404", NOTHING_HERE),
    "POST plan_imports.keep": (OWNER_GOES_ON, NOTHING_HERE),
    "POST plan_imports.discard": (OWNER_GOES_ON, NOTHING_HERE),
}


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


def expected(row: str, tongue: int) -> dict[str, str]:
    """What everybody gets for the row, by browser or by client."""
    said = ANSWERS[row][tongue].split()
    if len(said) == len(WHO):
        said += [said[WHO.index("organizer")]] * len(COLLEAGUES)
    return dict(zip([*WHO, *COLLEAGUES], said, strict=True))


def of_the_five(row: str, tongue: int) -> dict[str, str]:
    """The same of those whose answers each row says."""
    return {who: answer for who, answer in expected(row, tongue).items() if who in WHO}


def rules(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every rule with each of its methods, and its endpoint without the name of the mount."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, rule.endpoint.removeprefix("v1.")


def test_every_route_has_a_row(scene: Scene) -> None:
    assert {f"{method} {endpoint}" for _, method, endpoint in rules(scene.app)} == ANSWERS.keys()


@pytest.mark.parametrize("row", ANSWERS)
def test_a_browser_gets_what_its_person_may_have(scene: Scene, row: str) -> None:
    world = fresh_world(scene)
    answers = {who: told(by_browser(world, row, who)) for who in WHO}
    assert answers == of_the_five(row, BROWSER)


@pytest.mark.parametrize("row", ANSWERS)
def test_a_client_gets_what_its_user_may_have(scene: Scene, row: str) -> None:
    world = fresh_world(scene)
    answers = {who: told(by_client(world, row, who)) for who in WHO}
    assert answers == of_the_five(row, CLIENT)


# What a guest's browser gets, where that is not what nobody's gets. The reservation in the path is the guest's own.
GUEST_GETS = {
    "GET baskets.show": "303",
    "POST baskets.extend": "303",
    "POST baskets.confirm": "422",  # without saying who they are
    "GET basket_links.show": "303",  # here already
    "GET reservations.index": "200",
    "GET reservations.show": "200",
    "POST reservations.release": "303",
}


@pytest.mark.parametrize("row", ANSWERS)
def test_a_guest_gets_their_own_seats_and_no_more_than_nobody_else(scene: Scene, row: str) -> None:
    world = fresh_world(scene)
    world.held, world.people["guest"] = world.guests_hold, world.guest
    assert told(by_browser(world, row, "guest")) == GUEST_GETS.get(row, expected(row, BROWSER)["nobody"])


SHARED = [row for row in ANSWERS if row.split()[1].partition(".")[0] in {bp.name for bp in blueprints.SHARED}]


@pytest.mark.parametrize("row", SHARED)
def test_under_v1_a_client_gets_the_same(scene: Scene, row: str) -> None:
    world = fresh_world(scene)
    answers = {who: told(by_client(world, row, who, mount="v1.")) for who in WHO}
    assert answers == of_the_five(row, CLIENT)


@pytest.mark.parametrize("row", SHARED)
def test_under_v1_a_browsers_session_counts_for_nothing(scene: Scene, row: str) -> None:
    world = fresh_world(scene)
    nobodys = expected(row, CLIENT)["nobody"]
    assert [told(by_client(world, row, who, mount="v1.", session=True)) for who in WHO] == [nobodys] * len(WHO)


def by_browser(world: World, row: str, who: str) -> TestResponse:
    """What the person's browser gets for its form, or for a click on a link."""
    method, endpoint = row.split()
    rule = rule_of(world.scene.app, method, endpoint)
    flask, person = world.scene.app.test_client(), world.people[who]
    if person:
        with flask.session_transaction() as session:
            session["user"] = world.scene.session_of(person)
    if method == "GET":
        return flask.get(world.path(rule), headers=HTML)
    page = flask.get("/account" if person and not person.is_guest else "/sign-in", headers=HTML).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    form = {"csrf_token": found[1], **world.body(endpoint, who), **world.file(endpoint)}
    return flask.open(world.path(rule), method=method, data=form, headers=HTML)


def by_client(world: World, row: str, who: str, *, mount: str = "", session: bool = False) -> TestResponse:
    """What the user's program gets with its token, or with nothing but the session of a browser."""
    method, endpoint = row.split()
    rule = rule_of(world.scene.app, method, mount + endpoint)
    flask, person = world.scene.app.test_client(), world.people[who]
    headers = {}
    if person and session:
        with flask.session_transaction() as cookie:
            cookie["user"] = world.scene.session_of(person)
    elif person:
        headers = {"Authorization": f"Bearer {world.scene.token(person)}"}
    body = world.body(endpoint, who) if method != "GET" else None
    return flask.open(world.path(rule), method=method, json=body, headers=headers)


def version_of(world: World, person: Asker) -> int:
    """The token version of the person, as a session has it."""
    version: int = world.scene.rows("SELECT token_version FROM users WHERE id = %s", person.id)[0]["token_version"]
    return version


def rule_of(app: Flask, method: str, endpoint: str) -> Rule:
    """The one rule of the endpoint with this method."""
    (found,) = [rule for rule in app.url_map.iter_rules(endpoint) if method in (rule.methods or ())]
    return found


def told(response: TestResponse) -> str:
    """The answer in a word."""
    response.close()
    if response.status_code == 303 and response.location.partition("?")[0] == "/sign-in":
        return "sign-in"
    return str(response.status_code)


def test_the_routes_of_v1_are_those_of_the_contract(scene: Scene) -> None:
    promised = [row[0].strip("`") for row in contract_table("call")]
    there = [
        f"{method} {as_written(rule).removeprefix('/v1')}"
        for rule, method, _ in rules(scene.app)
        if rule.rule.startswith("/v1")
    ]
    assert sorted(there) == sorted(promised)


def as_written(rule: Rule) -> str:
    """The rule as the contract writes it."""
    return re.sub(r"<(?:id:)?(\w+)>", r"{\1}", rule.rule)


def test_every_route_of_v1_is_at_its_bare_path_too(scene: Scene) -> None:
    under = {(method, rule.rule) for rule, method, _ in rules(scene.app)}
    for method, path in [one for one in under if one[1].startswith("/v1")]:
        assert (method, path.removeprefix("/v1")) in under


ASKED_LIKE: list[Callable[[World], dict[str, str]]] = [
    lambda _: HTML,
    lambda _: {"HX-Request": "true", "HX-Request-Type": "partial"},
    lambda world: {**HTML, "Authorization": f"Bearer {world.scene.token(world.buyer)}"},
]


@pytest.mark.parametrize("like", ASKED_LIKE, ids=["a browser", "htmx", "a browser with a token"])
def test_nothing_under_v1_answers_in_html(scene: Scene, like: Callable[[World], dict[str, str]]) -> None:
    world = fresh_world(scene)
    paths = [(method, world.path(rule)) for rule, method, _ in rules(scene.app) if rule.rule.startswith("/v1")]
    nowhere = [("GET", path) for path in ("/v1", "/v1/", "/v1/sign-in", "/v1/organizer/", "/v1/static/favicon.svg")]
    for method, path in [*paths, *nowhere, ("DELETE", "/v1/shows/"), ("POST", "/v1/account/delete")]:
        response = scene.app.test_client().open(path, method=method, headers=like(world))
        assert response.mimetype in {"application/json", "application/problem+json"}, path
        assert response.status_code != 303
