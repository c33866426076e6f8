"""How a show sells, over v1."""

import pytest

from tests.scenes import Scene
from tests.services.dashboards.pasts import Hold, hours, play
from tests.v1.shapes import INT_OR_NULL, TEXT_OR_NULL, Time, answered, refused
from webapp.services.asker import Asker
from webapp.services.shows import Show

COUNTS = {"seats": int, "sold": int, "held": int, "blocked": int, "free": int}
DASHBOARD = {
    "show_id": int,
    "currency": str,
    "timezone": str,
    "read_at": Time,
    "standing": dict,
    "over_time": list,
    "categories": list,
    "pace": list,
    "sections": list,
    "lost_holds": dict,
}
FIGURES = ("standing", "over-time", "categories", "pace", "sections", "seats", "lost-holds")


@pytest.fixture
def olga(scene: Scene) -> Asker:
    """The organizer."""
    return scene.user("Olga")


@pytest.fixture
def show(scene: Scene, olga: Asker) -> Show:
    """A show of which two seats were sold, in the order A2, A1, and one hold ran out."""
    show = scene.show(olga, seats="A1-A3")
    holds = [Hold("A1", hours(1), "bought"), Hold("A2", hours(0), "bought"), Hold("A3", hours(0), "expired")]
    play(scene, show, holds)
    return show


def test_the_dashboard_has_all_figures_and_each_is_the_same_at_its_own_address(
    scene: Scene, olga: Asker, show: Show
) -> None:
    client = scene.client(olga)
    found = answered(client.get(f"/shows/{show.id}/dashboard"), 200, DASHBOARD)
    for name in FIGURES:
        alone = client.get(f"/shows/{show.id}/dashboard/{name}")
        assert alone.status_code == 200
        if name not in ("seats", "pace"):  # the time left passes
            assert alone.json == found[name.replace("-", "_")]


def test_the_figures_are_those_of_the_show(scene: Scene, olga: Asker, show: Show) -> None:
    found = answered(scene.client(olga).get(f"/shows/{show.id}/dashboard"), 200, DASHBOARD)
    standing = {"seats": 3, "sold": 2, "held": 0, "blocked": 0, "free": 1, "revenue": 9000}
    assert found["standing"] == standing
    assert found["categories"] == [{**standing, "name": "Stalls", "price": 4500, "average": 4500}]
    assert found["sections"][0]["fifths"] == [1, 0, 1, 0, 0]
    assert found["lost_holds"]["share"] == 1 / 3
    assert found["lost_holds"]["minutes"][-1] == {"minute": 10, "expired": 1, "released": 0}
    first = found["over_time"][0]
    assert {name: first[name] for name in ("holds", "bought")} == {"holds": 3, "bought": 2}
    assert found["pace"][0]["show_id"] == show.id


def test_every_seat_tells_when_it_went(scene: Scene, olga: Asker, show: Show) -> None:
    seats = scene.client(olga).get(f"/shows/{show.id}/dashboard/seats").json
    shape = {"seat_id": int, "rank": INT_OR_NULL, "first_sold_at": TEXT_OR_NULL}
    assert isinstance(seats, list)
    assert [(seat["seat_number"], seat["rank"]) for seat in seats] == [("A2", 1), ("A1", 2), ("A3", None)]
    assert all(isinstance(seat[name], kind) for seat in seats for name, kind in shape.items())


def test_a_show_without_seats_has_figures_of_nothing(scene: Scene, olga: Asker) -> None:
    show = scene.show(olga, seats="")
    found = answered(scene.client(olga).get(f"/shows/{show.id}/dashboard"), 200, DASHBOARD)
    assert found["standing"] == {**dict.fromkeys(COUNTS, 0), "revenue": 0}
    assert [found[name] for name in ("over_time", "categories", "sections")] == [[], [], []]
    assert found["lost_holds"] == {
        "over": 0,
        "expired": 0,
        "released": 0,
        "share": None,
        "median_minutes": None,
        "minutes": [],
    }


def test_only_those_who_run_the_show_see_how_it_sells(scene: Scene, show: Show) -> None:
    for path in ("dashboard", "dashboard/pace"):
        refused(scene.client().get(f"/shows/{show.id}/{path}"), 401, "not-signed-in")
        refused(scene.client(scene.user("Rita")).get(f"/shows/{show.id}/{path}"), 403, "forbidden")
        assert scene.client(scene.manager(show)).get(f"/shows/{show.id}/{path}").status_code == 200
    refused(scene.client(scene.user()).get("/shows/9999/dashboard"), 404, "not-found")


def test_a_figure_that_is_none_is_not_found(scene: Scene, olga: Asker, show: Show) -> None:
    response = scene.client(olga).get(f"/shows/{show.id}/dashboard/buyers")
    refused(response, 404, "not-found")
    assert "standing, over-time" in response.json["detail"]
