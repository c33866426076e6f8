"""A show with all that v1 has an address for, and a good body for every route that reads one.

The routes are read from the application, so that a new one joins by itself; its good body has to be written here.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.pictures import picture_file
from tests.scenes import Scene
from webapp.services import api_keys, house_seats, managers, reservations, venues
from webapp.services.plans.typed import read_typed

# A body that each route would take, by the endpoint without its blueprints; None where none is read.
# In an order in which they can be asked one after the other.
GOOD: Mapping[str, Mapping[str, Any] | None] = {
    "users.sign_up": {
        "name": "Eve",
        "phone_number": "+358409999999",
        "email": "eve@example.com",
        "password": "a long password",
    },
    "users.login": {"email": "eve@example.com", "password": "a long password"},
    "api_keys.make": {"name": "Box office", "scopes": ["reading", "holding"], "expires_in_days": 90},
    "api_keys.revoke": None,
    "shows.create": {
        "title": "Evensong",
        "venue": "Town Hall",
        "starts_at": "2027-05-01T19:30:00+03:00",
        "timezone": "Europe/Helsinki",
        "currency": "EUR",
        "seat_limit": 10,
    },
    "shows.add_seats": {
        "seat_numbers": [
            {"seat_number": "Z1", "section": "S", "row": "Z", "number": "1", "category": "Stalls", "price": 4500}
        ]
    },
    "shows.hold": {"seat_ids": None, "seat_numbers": ["A2"], "wish": None, "hold_minutes": 10},
    "offers.hold_best": {
        "seats": 2,
        "price_at_most": 4500,
        "category": "Stalls",
        "step_free": False,
        "wheelchairs": 0,
        "hold_minutes": 10,
    },
    "reservations.hold": {"show_id": 1, "seat_number": "A2", "hold_minutes": 10},
    "baskets.confirm": {"reservation_ids": [1]},
    "baskets.extend": None,
    "reservations.confirm": None,
    "reservations.release": None,
    "running.change": {
        "edition": 1,
        "preview": False,
        "title": "Evensong",
        "description": "With organ.",
        "picture_alt": "A lamp",
        "venue": "Town Hall",
        "starts_at": "2027-05-01T19:30:00+03:00",
        "timezone": "Europe/Helsinki",
        "on_sale_at": "2027-01-01T10:00:00+02:00",
        "off_sale_at": None,
        "currency": "EUR",
        "seat_limit": 10,
        "hold_minutes": 10,
        "lonely_seats": "warn",
        "accessible_seats_released": True,
    },
    "running.set_prices": {"edition": 1, "prices": {"Stalls": 5000}},
    "running.set_picture": {"edition": 1, "picture": b64encode(picture_file(64, 40)).decode(), "alt": "A lamp"},
    "running.remove_picture": {"edition": 1},
    "running.duplicate": {"starts": ["2027-06-01T19:30:00+03:00"], "preview": False},
    "running.publish": None,
    "running.unpublish": None,
    "house_blocks.block": {
        "seat_ids": [],
        "seat_numbers": ["A5"],
        "seat_ranges": "A6-A7",
        "rows": [{"section": None, "row": "A"}],
        "sections": [],
        "other_show_ids": [],
        "reason": "Press",
        "release_at": None,
        "release_hours_before": 24,
        "preview": True,
    },
    "house_blocks.release": {
        "seat_ids": [],
        "seat_numbers": ["A10"],
        "seat_ranges": None,
        "rows": [],
        "sections": [],
        "other_show_ids": [],
        "block_ids": [],
        "reason": "Not needed",
        "preview": True,
    },
    "box_office_calls.move": {"seat_number": "A4", "seat_id": None, "reason": "A pillar"},
    "box_office_calls.cancel": {"reason": "Asked for by phone"},
    "box_office_calls.cancel_several": {"reservation_ids": [1], "reason": "Asked for by phone"},
    "managers.invite": {"name": "Mona"},
    "managers.accept": None,
    "managers.remove": None,
    "managers.revoke": None,
    "running.publish_several": {"show_ids": [1]},
    "plans.change_venue": {"name": "The Lantern", "timezone": "Europe/Oslo"},
    "plans.rename": {"name": "Great hall"},
    "plans.create_venue": {"name": "Town Hall", "timezone": "Europe/Helsinki"},
    "plans.create": {"name": "Hall", "plan": None, "csv": None, "ranges": "A1-A4", "preview": True},
    "plans.save_version": {"csv": "zone,row,start,end\nStalls,A,1,4\n", "preview": False},
    "plans.change": {
        "version_id": 1,
        "preview": True,
        "edition": 1,
        "plan_version": 1,
        "prices": {"Stalls": 4500},
    },
    "running.cancel": None,
}


class Stage:
    """A show with its organizer, who is a buyer too, asking every route as well as it can be asked."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.asker = scene.user()
        self.show = scene.show(self.asker)
        sold = [one.id for one in scene.hold(self.asker, self.show, "A1", "A8", "A9")]
        reservations.confirm_basket(self.asker, self.show.id, sold)
        kept = house_seats.Choice(self.show.id, seat_numbers=["A10"])
        house_seats.block(self.asker, kept, reason="Press", until=house_seats.Until())
        venue_id = venues.create_venue(self.asker, name="The Lantern", timezone="UTC")
        ranges = read_typed("Stalls: A1-A10")
        version = venues.save_first(self.asker, venue_id, "Hall", ranges, source=None, source_name=None)
        invitation, token = managers.invite(self.asker, self.show.id, name="Mona")
        key, _ = api_keys.make(self.asker, name="Till", scopes=["reading"], expires_in_days=None)
        self.visitor = scene.app.test_client()
        self.token = scene.token(self.asker)
        self.ids = {
            "show_id": self.show.id,
            "user_id": self.asker.id,
            "reservation_id": sold[0],
            "venue_id": venue_id,
            "plan_id": version.plan_id,
            "number": version.number,
            "invitation_id": invitation.id,
            "key_id": key.id,
            "token": token,
            "figure": "categories",
        }
        # What one route ends is not there for another.
        self.own_ids: dict[str, dict[str, Any]] = {
            "box_office_calls.cancel": {"reservation_id": sold[1]},
            "managers.remove": {"user_id": scene.manager(self.show).id},
        }
        self.in_bodies: dict[str, dict[str, Any]] = {
            "reservations.hold": {"show_id": self.show.id},
            "baskets.confirm": {"reservation_ids": [sold[0]]},
            "box_office_calls.cancel_several": {"reservation_ids": [sold[2]]},
            "plans.change": {"version_id": version.id},
            "running.publish_several": {"show_ids": [self.show.id]},
        }

    def path(self, rule: Rule, **ids: str) -> str:
        """The path of the rule with the ids of this stage, or these."""
        known = {**self.ids, **self.own_ids.get(shared(rule), {}), **ids}
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda argument: str(known[argument[1]]), rule.rule)

    def good(self, rule: Rule) -> Mapping[str, Any] | None:
        """The good body for the rule, with the ids of this stage; None where none is read."""
        body = GOOD[shared(rule)]
        if body is None:
            return None
        edition = {"edition": self.scene.edition(self.show.id)} if "edition" in body else {}
        return {**body, **self.in_bodies.get(shared(rule), {}), **edition}

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any) -> TestResponse:
        """One request with the asker's token, unless `headers` have another."""
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        return self.visitor.open(path, method=method, headers=sent, **more)

    def state(self) -> list[dict[str, Any]]:
        """All that a client could have changed, but what a show's people end with no body at all."""
        return self.scene.rows("""
            SELECT (SELECT count(*) FROM users) AS users,
                   (SELECT count(*) FROM shows) AS shows,
                   (SELECT count(*) FROM seats) AS seats,
                   (SELECT count(*) FROM categories) AS categories,
                   (SELECT count(*) FROM house_blocks) AS house_blocks,
                   (SELECT count(*) FROM show_managers) AS show_managers,
                   (SELECT count(*) FROM invitations WHERE revoked_at IS NULL) AS invitations,
                   (SELECT count(*) FROM api_keys WHERE revoked_at IS NULL) AS api_keys,
                   (SELECT count(*) FROM venues) AS venues,
                   (SELECT count(*) FROM plan_versions) AS plan_versions,
                   (SELECT string_agg(status, ' ' ORDER BY id) FROM reservations WHERE user_id IS NOT NULL) AS sold
        """)


def shared(rule: Rule) -> str:
    """The endpoint of a rule of v1 without the name of its mount."""
    endpoint: str = rule.endpoint
    return endpoint.removeprefix("v1.")


def routes(app: Flask, *methods: str) -> Iterator[Rule]:
    """The rules under v1 that take one of these methods."""
    found = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/v1/")]
    assert len(found) >= 15
    for rule in found:
        if rule.methods and rule.methods & set(methods):
            yield rule


def method_of(rule: Rule) -> str:
    """The method that changes something there."""
    return next(method for method in ("PATCH", "DELETE", "POST") if method in (rule.methods or ()))
