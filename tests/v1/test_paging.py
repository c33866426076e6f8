"""Lists in pages: following the links shows every member exactly once."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.scenes import Client, Scene
from tests.v1.shapes import pointers, refused
from webapp.services import managers, shows, venues
from webapp.services.asker import Asker
from webapp.services.plans.typed import read_typed


def a_list_of_seats(scene: Scene, asker: Asker) -> str:
    """Seven seats."""
    return f"/shows/{scene.show(asker, seats='A1-A7').id}/seats"


def a_list_of_availability(scene: Scene, asker: Asker) -> str:
    """Seven seats that are free, and two that are not."""
    show = scene.show(asker, seats="A1-A9")
    scene.hold(asker, show, "A3", "A8")
    return f"/shows/{show.id}/availability?status=AVAILABLE"


def a_list_of_shows(scene: Scene, asker: Asker) -> str:
    """Seven shows, of which three begin at the very same time."""
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    for day in (5, 1, 3, 3, 3, 2, 4):
        title = f"Day {day}"
        shows.create(
            asker,
            title=title,
            venue="The Lantern",
            starts_at=moment.replace(day=day, microsecond=day),
            timezone="UTC",
            currency="EUR",
            seat_limit=10,
        )
    return "/shows/"


def a_list_of_own_shows(scene: Scene, asker: Asker) -> str:
    """Seven shows that one runs, three of which begin at the very same time, and one that is not asked for."""
    a_list_of_shows(scene, asker)
    scene.unpublish(scene.show(asker))
    return "/users/me/shows?status=published&search=the%20lantern&starts_from=2030-01-01T00:00:00%2B00:00"


def a_list_of_reservations(scene: Scene, asker: Asker) -> str:
    """Seven reservations of the asker's among others."""
    show, other = scene.show(seats="A1-A20", seat_limit=20), scene.user()
    for number in range(1, 8):
        scene.hold(asker, show, f"A{number}")
        scene.hold(other, show, f"A{number + 10}")
    return f"/reservations/?show_id={show.id}&search=the%20lantern&price_at_least=1&created_from=2020-01-01T00:00:00Z"


def a_list_of_managers(scene: Scene, asker: Asker) -> str:
    """Seven colleagues, three of whom came at the very same time."""
    show = scene.show(asker)
    colleagues = [scene.manager(show) for _ in range(7)]
    with scene.connected() as connection:
        for colleague, day in zip(colleagues, (5, 1, 3, 3, 3, 2, 4), strict=True):
            connection.execute(
                "UPDATE show_managers SET created_at = %s WHERE user_id = %s",
                (datetime(2026, 1, day, microsecond=day, tzinfo=UTC), colleague.id),
            )
    return f"/shows/{show.id}/managers"


def a_list_of_invitations(scene: Scene, asker: Asker) -> str:
    """Seven open invitations, and one that was taken back."""
    show = scene.show(asker)
    made = [managers.invite(asker, show.id, name=f"Mona {number}")[0].id for number in range(8)]
    managers.revoke(asker, show.id, made[3])
    return f"/shows/{show.id}/invitations"


def a_list_of_venues(scene: Scene, asker: Asker) -> str:
    """Seven venues, beside those of another."""
    for name in ("C", "A", "ä", "B", "b", "Z", "a"):
        venues.create_venue(asker, name=name, timezone="UTC")
        venues.create_venue(scene.user(), name=name, timezone="UTC")
    return "/venues/"


def a_list_of_plans(scene: Scene, asker: Asker) -> str:
    """Seven plans of a venue, and one of another."""
    ids = [venues.create_venue(asker, name=name, timezone="UTC") for name in ("Opera", "Chapel")]
    for name in ("C", "A", "ä", "B", "b", "Z", "a"):
        venues.save_first(asker, ids[0], name, read_typed("A1"), source=None, source_name=None)
    venues.save_first(asker, ids[1], "B", read_typed("A1"), source=None, source_name=None)
    return f"/venues/{ids[0]}/plans"


def a_list_of_versions(scene: Scene, asker: Asker) -> str:
    """Seven versions of a plan."""
    venue_id = venues.create_venue(asker, name="Opera", timezone="UTC")
    plan_id = venues.save_first(asker, venue_id, "Hall", read_typed("A1"), source=None, source_name=None).plan_id
    for _ in range(6):
        venues.save_next(asker, plan_id, read_typed("A1"), source=None, source_name=None)
    return f"/plans/{plan_id}/versions"


LISTS: Sequence[Callable[[Scene, Asker], str]] = [
    a_list_of_seats,
    a_list_of_availability,
    a_list_of_shows,
    a_list_of_own_shows,
    a_list_of_reservations,
    a_list_of_managers,
    a_list_of_invitations,
    a_list_of_venues,
    a_list_of_plans,
    a_list_of_versions,
]


def pages(client: Client, path: str, limit: int) -> list[list[Any]]:
    """The list page by page, as the links lead."""
    found = []
    next_path: str | None = f"/v1{path}{'&' if '?' in path else '?'}limit={limit}"
    while next_path:
        response = client.flask.get(next_path, headers={"Authorization": f"Bearer {client.token}"})
        assert response.status_code == 200, response.text
        assert isinstance(response.json, list)
        found.append(response.json)
        link = response.headers.get("Link")
        named = re.fullmatch(r'<([^>]+)>; rel="next"', link) if link else None
        assert bool(named) == bool(link), link
        next_path = named[1] if named else None
        assert len(found) < 20, "the links go round in circles"
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 1000])
@pytest.mark.parametrize("made", LISTS)
def test_the_links_lead_through_the_whole_list_once(
    scene: Scene, made: Callable[[Scene, Asker], str], limit: int
) -> None:
    asker = scene.user()
    path = made(scene, asker)
    client = scene.client(asker)
    whole = client.get(path).json
    assert whole is not None
    assert len(whole) == 7
    walked = pages(client, path, limit)
    assert [member for page in walked for member in page] == whole
    assert [len(page) for page in walked[:-1]] == [limit] * (len(walked) - 1)
    assert len(walked[-1]) < limit


@pytest.mark.parametrize("made", LISTS)
def test_a_list_without_a_limit_has_no_link(scene: Scene, made: Callable[[Scene, Asker], str]) -> None:
    asker = scene.user()
    path = made(scene, asker)
    assert "Link" not in scene.client(asker).get(path).headers


@pytest.mark.parametrize("made", LISTS)
def test_a_parameter_that_a_list_does_not_have_is_named(scene: Scene, made: Callable[[Scene, Asker], str]) -> None:
    asker = scene.user()
    path = made(scene, asker)
    response = scene.client(asker).get(f"{path}{'&' if '?' in path else '?'}limit=2&offset=4&sort=")
    assert pointers(refused(response, 422, "invalid", "errors")) == ["#/offset", "#/sort"]


def test_the_links_stay_in_v1_or_at_the_bare_path(scene: Scene) -> None:
    show, flask = scene.show(), scene.app.test_client()
    for prefix in ("", "/v1"):
        link = flask.get(f"{prefix}/shows/{show.id}/seats?limit=2").headers["Link"]
        assert link.startswith(f"<{prefix}/shows/{show.id}/seats?")


def test_members_added_meanwhile_neither_repeat_nor_hide_others(scene: Scene) -> None:
    buyer, show = scene.user(), scene.show()
    first, second = scene.hold(buyer, show, "A1", "A2")
    client = scene.client(buyer)
    newest = client.get("/reservations/?limit=1")
    scene.hold(buyer, show, "A3")
    next_path = newest.headers["Link"].partition("<")[2].partition(">")[0].removeprefix("/v1")
    rest = client.get(next_path).json
    assert newest.json
    assert rest
    assert [newest.json[0]["id"], rest[0]["id"]] == [second.id, first.id]


@pytest.mark.parametrize(
    "cursor",
    [
        "1",
        "~",
        "2030-01-01T00:00:00~1",
        "2030-01-01~1",
        "2030-13-01T00:00:00+00:00~1",
        "2030-01-01T00:00:00+00:00~0",
        "2030-01-01T00:00:00+00:00~2147483648",
        "2030-01-01T00:00:00+00:00~x",
        "2030-01-01T00:00:00+00:00~" + "9" * 70,
        "x" * 101,
        "\0",
    ],
)
def test_a_cursor_that_is_none_of_ours_is_pointed_at(scene: Scene, cursor: str) -> None:
    response = scene.client().get("/shows/", query_string={"cursor": cursor})
    assert pointers(refused(response, 422, "invalid", "errors")) == ["#/cursor"]


@pytest.mark.parametrize(
    "cursor",
    [
        "0001-01-01T00:00:00+23:59~1",
        "9999-12-31T23:59:59-23:59~1",
        "2030-01-01T00:00:00+00:00:00.000001~1",
        "2030-01-01T00:00:00.123456+05:30~1",
    ],
)
def test_a_cursor_at_the_ends_of_the_calendar_is_only_a_place_in_the_list(scene: Scene, cursor: str) -> None:
    assert scene.client().get("/shows/", query_string={"cursor": cursor}).status_code in {200, 422}
