"""How the seats of a show stand, over v1, and what a client learns without being told it again."""

import pytest
from flask import Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.scenes import Client, Scene
from tests.v1.shapes import FREE_SEAT, HELD_SEAT, SEAT, answered, has_shape, moment, pointers, refused
from webapp import replies
from webapp.extensions import db
from webapp.services import shows


def test_a_seat_is_available_held_or_confirmed(scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A4"), scene.user()
    sold, held, lapsed = scene.hold(buyer, show, "A1", "A2", "A3")
    scene.client(buyer).post(f"/reservations/{sold.id}/confirm")
    scene.lapse(lapsed)
    response = scene.client().get(f"/shows/{show.id}/availability")
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["HELD"], "A3": ["HELD"]}
    assert response.status_code == 200
    seats = response.json
    assert seats
    assert [(seat["seat_number"], seat["status"]) for seat in seats] == [
        ("A1", "CONFIRMED"),
        ("A2", "HELD"),
        ("A3", "AVAILABLE"),
        ("A4", "AVAILABLE"),
    ]
    for seat in seats:
        has_shape(seat, HELD_SEAT if seat["status"] == "HELD" else FREE_SEAT)
    assert moment(seats[1]["hold_expiry"]) == held.hold_expiry


def test_what_is_released_or_of_a_cancelled_show_is_available(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seats="A1-A2")
    released = scene.hold(buyer, show, "A1", "A2")[0]
    scene.client(buyer).post(f"/reservations/{released.id}/release")
    shows.cancel(organizer, show.id)
    seats = answered(scene.client().get(f"/shows/{show.id}/availability"), 200, FREE_SEAT)
    assert [seat["status"] for seat in seats] == ["AVAILABLE", "AVAILABLE"]


def test_seats_are_asked_for_by_whom_they_are_for_and_what_they_cost(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    seats = [
        {"seat_number": "A1", "category": "Stalls", "price": 4500, "accessibility": "wheelchair"},
        {"seat_number": "A2", "category": "Stalls", "price": 4500, "accessibility": "companion", "step_free": True},
        {"seat_number": "B1", "category": "Circle", "price": 3000},
        {"seat_number": "C1", "category": "Gods", "price": 1000},
    ]
    answered(scene.client(organizer).post(f"/shows/{show.id}/seats", {"seat_numbers": seats}), 201, SEAT)

    def numbers(query: str) -> list[str]:
        found = scene.client().get(f"/shows/{show.id}/availability?{query}").json
        assert found is not None
        return [seat["seat_number"] for seat in found]

    assert numbers("accessible=wheelchair") == ["A1"]
    assert numbers("accessible=companion") == ["A2"]
    assert numbers("accessible=step_free") == ["A1", "A2"]
    assert numbers("category=Circle") == ["B1"]
    assert numbers("category=Nowhere") == numbers("category=Gods&price_at_least=1001") == []
    assert numbers("price_at_most=3000") == ["B1", "C1"]
    assert numbers("price_at_least=3000&price_at_most=3000") == ["B1"]
    assert numbers("price_at_least=4500&accessible=wheelchair&status=AVAILABLE&limit=1") == ["A1"]
    response = scene.client().get(f"/shows/{show.id}/availability?accessible=yes&price_at_most=-1&colour=red")
    assert pointers(refused(response, 422, "invalid", "errors")) == ["#/colour"]


def test_seats_are_asked_for_by_how_they_stand_and_where(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seats="A1-A2")
    scene.client(organizer).post(
        f"/shows/{show.id}/seats", {"seat_numbers": [{"seat_number": "B1", "section": "Café"}, "B2"]}
    )
    scene.hold(buyer, show, "A1")

    def numbers(query: str) -> list[str]:
        found = scene.client().get(f"/shows/{show.id}/availability?{query}").json
        assert found is not None
        return [seat["seat_number"] for seat in found]

    assert numbers("status=AVAILABLE") == ["A2", "B1", "B2"]
    assert numbers("status=HELD") == ["A1"]
    assert numbers("status=CONFIRMED") == []
    assert numbers("section=Caf%C3%A9") == ["B1"]
    assert numbers("section=Cafe") == []
    assert numbers("section=Caf%C3%A9&status=HELD") == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("status=SOLD", "#/status"),
        ("status=available", "#/status"),
        ("limit=0", "#/limit"),
        ("limit=1001", "#/limit"),
        ("limit=ten", "#/limit"),
        ("limit=1.5", "#/limit"),
        ("limit=99999999999999999999", "#/limit"),
        ("cursor=abc", "#/cursor"),
        ("cursor=-1", "#/cursor"),
        ("cursor=9223372036854775808", "#/cursor"),
        ("section=" + "x" * 101, "#/section"),
        ("page=2", "#/page"),
        ("page=", "#/page"),
        ("limit=1&endpoint=", "#/endpoint"),
        ("limit=1&show_id=", "#/show_id"),
        ("limit=1&_external=1", "#/_external"),
        ("limit%00=1", "#/limit\0"),
    ],
)
def test_a_parameter_that_cannot_be_is_named(scene: Scene, query: str, pointer: str) -> None:
    show = scene.show()
    response = scene.client().get(f"/shows/{show.id}/availability?{query}")
    assert pointers(refused(response, 422, "invalid", "errors")) == [pointer]


def test_a_client_is_not_told_again_what_it_knows(scene: Scene) -> None:
    show = scene.show()
    first = asked(scene, show, None)
    assert first.status_code == 200
    again = asked(scene, show, first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert asked(scene, show, '"something else"').status_code == 200


def test_every_change_is_told_also_a_hold_that_lapses(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    seen = [asked(scene, show, None).headers["ETag"]]

    def changed() -> None:
        response = asked(scene, show, seen[-1])
        assert response.status_code == 200
        seen.append(response.headers["ETag"])
        assert asked(scene, show, seen[-1]).status_code == 304

    first = scene.hold(buyer, show, "A1")[0]
    changed()
    scene.lapse(first)
    changed()
    second = scene.hold(buyer, show, "A1")[0]
    changed()
    scene.client(buyer).post(f"/reservations/{second.id}/confirm")
    changed()
    assert scene.statuses(show) == {"A1": ["EXPIRED", "CONFIRMED"]}


def asked(scene: Scene, show: shows.Show, known: str | None) -> TestResponse:
    """The availability of the show, asked for by a client that knows what this ETag stood for."""
    headers = {"If-None-Match": known} if known else {}
    return Client(scene.app.test_client()).flask.get(f"/v1/shows/{show.id}/availability", headers=headers)


def test_a_long_list_comes_whole_in_pieces_and_no_connection_waits_for_a_slow_reader(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "PIECE", 100)
    show = scene.show(seats="A1-A30")
    path = f"/v1/shows/{show.id}/availability"
    whole = scene.client().flask.get(path)
    assert len(whole.json or []) == 30
    assert int(whole.headers["Content-Length"]) == len(whole.data)
    # Not the client of the scene, which reads every answer to its end.
    with FlaskClient(scene.app, Response).get(path, buffered=False) as slow:
        pieces = iter(slow.response)
        first = next(pieces)
        assert db.engine.pool.checkedout() == 0
        assert first + b"".join(pieces) == whole.data
    head = scene.client().flask.head(path)
    assert (head.data, head.headers["Content-Length"]) == (b"", whole.headers["Content-Length"])


@pytest.mark.parametrize("packed", ["zstd", "br", "deflate"])
def test_a_long_list_is_packed_on_its_way_and_need_not_come_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, packed: str
) -> None:
    monkeypatch.setattr(replies, "PIECE", 1000)
    show = scene.show(seats="A1-A99")
    path, client = f"/v1/shows/{show.id}/availability", FlaskClient(scene.app, Response)
    plain, answer = client.get(path), client.get(path, headers={"Accept-Encoding": packed})
    assert answer.headers["Content-Encoding"] == packed
    assert len(answer.data) < len(plain.data) / 4
    assert "Content-Length" not in answer.headers
    known = {"Accept-Encoding": packed, "If-None-Match": answer.headers["ETag"]}
    assert client.get(path, headers=known).status_code == 304
