"""In which lane each route lies: a buyer's limits are not an organizer's, and a key that only reads changes nothing."""

import pytest
from flask import Flask

from tests.routes.asking import rules
from webapp.lanes import Lane, lane_of


def lanes(app: Flask) -> dict[Lane, set[str]]:
    """The endpoints that change something, by lane."""
    found: dict[Lane, set[str]] = {lane: set() for lane in Lane}
    for rule, method, _ in rules(app):
        found[lane_of(rule.endpoint, method)].add(rule.endpoint.removeprefix("v1."))
    return found


def test_what_buyers_do_with_seats_is_one_lane(app: Flask) -> None:
    assert lanes(app)[Lane.HOLDING] == {
        *["shows.hold", "offers.hold_best", "baskets.extend", "baskets.confirm", "basket_links.go_on"],
        *["reservations.hold", "reservations.confirm", "reservations.release"],
    }


def test_whatever_asks_for_a_password_or_gives_something_like_one_is_one_lane(app: Flask) -> None:
    assert lanes(app)[Lane.SIGNING_IN] == {
        *["users.sign_up", "users.login", "accounts.begin", "accounts.make_account", "accounts.sign_out"],
        *["accounts.change_password", "accounts.set_first_password", "accounts.delete_account"],
        "accounts.sign_out_elsewhere",
        *["api_keys.make", "account_keys.make"],
    }


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_who_only_looks_reads(app: Flask, method: str) -> None:
    assert {lane_of(rule.endpoint, method) for rule in app.url_map.iter_rules()} == {Lane.READING}


def test_under_v1_a_route_lies_in_the_same_lane(app: Flask) -> None:
    assert lane_of("v1.shows.hold", "POST") == lane_of("shows.hold", "POST") == Lane.HOLDING
    assert lane_of("v1.shows.create", "POST") == lane_of("shows.create", "POST") == Lane.ADMINISTERING
