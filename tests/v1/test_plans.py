"""Programs keep plans at venues, look at what was read first, and give shows their seats after the same rules."""

import json
from typing import Any

import pytest

from tests.scenes import Client, Scene
from tests.v1 import shapes
from webapp.schemas.plans import NewPlan
from webapp.services import reservations, seating, venues
from webapp.services.asker import Asker
from webapp.services.plans.typed import read_typed

CSV = "zone,row,start,end\nStalls,A,1,3\n"
EDITOR: dict[str, Any] = {
    "name": "Hall",
    "unknown to us": [1, 2.5],
    "categories": [{"name": "Gold", "color": "#ffcc00"}],
    "zones": [
        {
            "name": "Stalls",
            "position": {"x": 0, "y": 0},
            "rows": [
                {
                    "row_number": "A",
                    "position": {"x": 0, "y": 0},
                    "seats": [
                        {
                            "seat_guid": f"g{number}",
                            "uuid": f"g{number}",
                            "seat_number": str(number),
                            "position": {"x": 30 * number, "y": 0},
                            "category": "Gold",
                        }
                        for number in (1, 2, 3)
                    ],
                }
            ],
        }
    ],
}


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga")


@pytest.fixture
def client(scene: Scene, olga: Asker) -> Client:
    return scene.client(olga)


@pytest.fixture
def plans(client: Client) -> str:
    """The path of the plans of a venue."""
    venue = client.post("/venues/", {"name": "Town Hall", "timezone": "Europe/Helsinki"})
    assert (venue.status_code, venue.json.keys()) == (201, shapes.VENUE.keys())
    return f"/venues/{venue.json['id']}/plans"


def test_a_preview_tells_what_was_read_and_keeps_nothing(scene: Scene, client: Client, plans: str) -> None:
    read = client.post(plans, {"name": "Concert", "csv": CSV, "preview": True})
    assert (read.status_code, read.json.keys()) == (200, shapes.PLAN_READ.keys())
    assert (read.json["id"], read.json["seats"], read.json["categories"]) == (None, 3, {"Stalls": 3})
    assert client.get(plans).json == []


def test_a_plan_is_kept_in_versions_and_the_editors_json_comes_back_as_it_was_sent(client: Client, plans: str) -> None:
    made = client.post(plans, {"name": "Concert", "plan": EDITOR})
    assert made.status_code == 201
    found = client.get(made.headers["Location"].removeprefix("/v1"))
    assert found.json["plan"] == EDITOR
    versions = f"/plans/{made.json['plan_id']}/versions"
    assert client.post(versions, {"ranges": "Stalls: A1-A4"}).json["number"] == 2
    assert [(one["number"], one["seats"]) for one in client.get(versions).json] == [(2, 4), (1, 3)]
    assert client.get(versions).json[0].keys() == shapes.VERSION.keys()
    [listed] = client.get(plans).json
    assert (listed.keys(), listed["number"]) == (shapes.KEPT_PLAN.keys(), 2)


@pytest.mark.parametrize("body", [{}, {"csv": CSV, "ranges": "A1"}, {"csv": CSV, "colour": "red"}])
def test_a_plan_is_sent_in_one_way(client: Client, plans: str, body: dict[str, Any]) -> None:
    assert client.post(plans, {"name": "Concert", **body}).status_code == 422


@pytest.mark.parametrize("filling", [b"[],", b"{},"])
def test_a_body_of_nothing_but_brackets_is_refused_unread(client: Client, plans: str, filling: bytes) -> None:
    body = b'{"name": "Concert", "plan": {"zones": [' + filling * 1_000_000 + b"0]}}"
    headers = {"Authorization": f"Bearer {client.token}", "Content-Type": "application/json"}
    refused = client.flask.post(f"/v1{plans}", data=body, headers=headers)
    assert refused.json is not None
    assert (refused.status_code, refused.json["type"]) == (413, "/problems/too-large")


def test_a_plan_is_no_larger_than_it_was_sent() -> None:
    sent = NewPlan.model_validate({"name": "Concert", "plan": EDITOR})
    file = sent.file()
    assert file
    assert len(file[1]) == len(json.dumps(EDITOR))


def test_a_plan_that_cannot_be_used_says_where(client: Client, plans: str) -> None:
    refused = client.post(plans, {"name": "Concert", "csv": "zone,row,start,end\nStalls,A,9,1\n"})
    assert (refused.status_code, refused.json["type"], refused.json["line"]) == (422, "/problems/plan-unusable", 2)


def test_a_show_gets_its_seats_after_a_preview(scene: Scene, client: Client, olga: Asker, plans: str) -> None:
    show = scene.show(olga, seats="A1-A2")
    version_id = client.post(plans, {"name": "Concert", "csv": CSV}).json["id"]
    path = f"/shows/{show.id}/plan"
    seen = client.post(path, {"version_id": version_id, "preview": True})
    assert (seen.status_code, seen.json.keys(), seen.json["applied"]) == (200, shapes.DIFFERENCE.keys(), False)
    assert (seen.json["counts"]["added"], seen.json["new_categories"]) == (1, {})
    now = {name: seen.json[name] for name in ("edition", "plan_version")}
    assert client.post(path, {"version_id": version_id}).status_code == 422
    done = client.post(path, {"version_id": version_id, **now})
    assert (done.status_code, done.json["applied"]) == (200, True)
    assert len(seating.seats_of(show.id)) == 3
    told = client.get(path).json
    assert (told.keys(), told["plan_version_id"]) == (shapes.SHOW_PLAN.keys(), version_id)
    assert (told["edition"], told["plan_version"]) == (done.json["edition"], done.json["plan_version"])
    assert client.post(path, {"version_id": version_id, **now}).json["type"] == "/problems/changed-meanwhile"


def test_a_sold_seat_is_not_removed(scene: Scene, client: Client, olga: Asker, plans: str) -> None:
    show, buyer = scene.show(olga, seats="A1-A4"), scene.user()
    [sold] = scene.hold(buyer, show, "A4")
    reservations.confirm(buyer, sold.id)
    version_id = client.post(plans, {"name": "Concert", "csv": CSV}).json["id"]
    path = f"/shows/{show.id}/plan"
    seen = client.post(path, {"version_id": version_id, "preview": True}).json
    assert [(one["seat_number"], one["reservation_id"], one["reason"]) for one in seen["removed"]] == [
        ("A4", sold.id, "sold")
    ]
    now = {name: seen[name] for name in ("edition", "plan_version")}
    refused = client.post(path, {"version_id": version_id, **now})
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/seats-still-taken")
    assert [one["reservation_id"] for one in refused.json["seats"]] == [sold.id]
    assert len(seating.seats_of(show.id)) == 4


def test_a_venue_and_a_plan_get_other_names(client: Client, plans: str) -> None:
    plan_id = client.post(plans, {"name": "Concert", "csv": CSV}).json["plan_id"]
    renamed = client.patch(f"/plans/{plan_id}", {"name": "Gala"})
    assert (renamed.status_code, renamed.json.keys(), renamed.json["name"]) == (200, shapes.KEPT_PLAN.keys(), "Gala")
    venue = plans.removesuffix("/plans")
    moved = client.patch(venue, {"timezone": "Europe/Oslo"})
    assert (moved.status_code, moved.json.keys()) == (200, shapes.VENUE.keys())
    assert (moved.json["name"], moved.json["timezone"]) == ("Town Hall", "Europe/Oslo")
    assert client.patch(venue, {}).json == moved.json
    assert client.patch(venue, {"name": None}).status_code == 422
    assert client.get("/venues/").json == [moved.json]


def test_a_cursor_that_is_somebody_elses_venue_tells_nothing_of_it(scene: Scene, client: Client, plans: str) -> None:
    rita = scene.user("Rita")
    theirs = venues.create_venue(rita, name="Abbey", timezone="UTC")
    plan_id = venues.save_first(rita, theirs, "Aisle", read_typed("A1"), source=None, source_name=None).plan_id
    client.post(plans, {"name": "Concert", "csv": CSV})
    assert client.get(f"/venues/?cursor={theirs}").json == []
    assert client.get(f"{plans}?cursor={plan_id}").json == []
