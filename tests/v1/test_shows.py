"""Shows and their seats over v1."""

from datetime import timedelta
from typing import Any

import pytest

from tests.scenes import Scene
from tests.v1.shapes import SEAT, SHOW, answered, moment, pointers, refused
from webapp.services import shows

EVENSONG = {"title": "Evensong", "venue": "Town Hall", "starts_at": "2027-05-01T19:30:00+03:00"}


def test_a_user_creates_a_show_and_is_its_organizer(scene: Scene) -> None:
    organizer = scene.user()
    response = scene.client(organizer).post("/shows/", EVENSONG)
    show = answered(response, 201, SHOW)
    assert scene.rows("SELECT title, organizer_id FROM shows") == [{"title": "Evensong", "organizer_id": organizer.id}]
    assert response.headers["Location"] == f"/v1/shows/{show['id']}"
    assert moment(show["starts_at"]).isoformat() == "2027-05-01T16:30:00+00:00"
    assert {name: show[name] for name in ("timezone", "currency", "seat_limit", "organizer_id", "cancelled_at")} == {
        "timezone": "UTC",
        "currency": "EUR",
        "seat_limit": 10,
        "organizer_id": organizer.id,
        "cancelled_at": None,
    }
    assert [show[name] for name in ("seats", "available", "held", "confirmed", "price_from", "price_to")] == [
        *[0, 0, 0, 0],
        *[None, None],
    ]
    assert answered(scene.client().get(f"/shows/{show['id']}"), 200, SHOW) == show


def test_a_show_may_say_its_timezone_currency_and_limit(scene: Scene) -> None:
    more = {"timezone": "Europe/Helsinki", "currency": "JPY", "seat_limit": 2}
    show = answered(scene.client(scene.user()).post("/shows/", {**EVENSONG, **more}), 201, SHOW)
    assert {name: show[name] for name in more} == more


def test_a_show_may_say_how_its_seats_are_sold(scene: Scene) -> None:
    client = scene.client(scene.user())
    usual = answered(client.post("/shows/", EVENSONG), 201, SHOW)
    assert (usual["lonely_seats"], usual["accessible_seats_released_at"]) == ("off", None)
    rules = {"lonely_seats": "enforce", "accessible_seats_released": True}
    ruled = answered(client.post("/shows/", {**EVENSONG, **rules}), 201, SHOW)
    assert ruled["lonely_seats"] == "enforce"
    assert ruled["accessible_seats_released_at"] is not None
    assert answered(client.get(f"/shows/{ruled['id']}"), 200, SHOW) == ruled


def test_nobody_creates_a_show_without_saying_who(scene: Scene) -> None:
    refused(scene.client().post("/shows/", EVENSONG), 401, "not-signed-in")
    assert scene.rows("SELECT FROM shows") == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("title", "line\nline"),
        ("lonely_seats", "sometimes"),
        ("lonely_seats", None),
        ("accessible_seats_released", "yes"),
        ("accessible_seats_released", 1),
        ("venue", "zero\u200bwidth"),
        ("starts_at", "2027-05-01T19:30:00"),
        ("starts_at", "2027-05-01"),
        ("starts_at", "2027-02-30T19:30:00Z"),
        ("starts_at", "2027-05-01T24:30:00Z"),
        ("starts_at", "1800000000"),
        ("starts_at", 1800000000),
        ("starts_at", "tomorrow"),
        ("starts_at", "0001-01-01T00:00:00+14:00"),
        ("starts_at", "9999-12-31T23:59:59-14:00"),
        ("starts_at", "0000-01-01T00:00:00Z"),
        ("starts_at", None),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("timezone", ""),
        ("currency", "eur"),
        ("currency", "EURO"),
        ("seat_limit", 0),
        ("seat_limit", 1001),
        ("seat_limit", "10"),
        ("seat_limit", True),
        ("organizer_id", 1),
    ],
)
def test_a_show_that_cannot_be_is_pointed_at(scene: Scene, field: str, value: object) -> None:
    response = scene.client(scene.user()).post("/shows/", {**EVENSONG, field: value})
    assert scene.rows("SELECT FROM shows") == []
    assert pointers(refused(response, 422, "invalid", "errors")) == [f"#/{field}"]


def test_anyone_sees_the_counts_of_a_show(scene: Scene) -> None:
    show, buyer = scene.show(seats="A1-A5", price=4500), scene.user()
    held = scene.hold(buyer, show, "A1", "A2", "A3")
    scene.client(buyer).post(f"/reservations/{held[0].id}/confirm")
    scene.lapse(held[1])
    seen = answered(scene.client().get(f"/shows/{show.id}"), 200, SHOW)
    assert [seen[name] for name in ("seats", "available", "held", "confirmed")] == [5, 3, 1, 1]
    assert (seen["price_from"], seen["price_to"]) == (4500, 4500)


def test_a_cancelled_show_says_when(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    shows.cancel(organizer, show.id)
    assert moment(answered(scene.client().get(f"/shows/{show.id}"), 200, SHOW)["cancelled_at"])


def test_the_list_has_the_shows_that_have_not_begun_soonest_first(scene: Scene) -> None:
    organizer = scene.user()
    late, soon, begun = (scene.show(organizer, starts_in=timedelta(days=days)) for days in (9, 3, 1))
    scene.begin(begun)
    listed = answered(scene.client().get("/shows/"), 200, SHOW)
    assert [show["id"] for show in listed] == [soon.id, late.id]


def test_shows_are_found_by_a_word_and_by_when_they_begin(scene: Scene) -> None:
    soon, later, last = (
        scene.show(title=title, starts_in=timedelta(days=days))
        for title, days in (("Hamlet", 2), ("Othello 100%", 4), ("Macbeth", 6))
    )

    def titles(**query: str) -> list[str]:
        found = answered(scene.client().get("/shows/", query_string=query), 200, SHOW)
        return [show["title"] for show in found]

    assert titles(search="HAM") == ["Hamlet"]
    assert titles(search="lantern") == ["Hamlet", "Othello 100%", "Macbeth"]
    assert titles(search="%") == ["Othello 100%"]
    assert titles(search="nobody") == []
    assert titles(starts_from=later.starts_at.isoformat()) == ["Othello 100%", "Macbeth"]
    assert titles(starts_before=later.starts_at.isoformat()) == ["Hamlet"]
    assert titles(starts_from=soon.starts_at.isoformat(), starts_before=last.starts_at.isoformat(), search="ll") == [
        "Othello 100%"
    ]
    for query in ({"starts_from": "tomorrow"}, {"starts_before": "2027-01-01T10:00"}, {"search": ""}):
        response = scene.client().get("/shows/", query_string=query)
        assert response.status_code == (200 if "search" in query else 422)


def test_the_next_page_of_what_was_found_is_of_the_same(scene: Scene) -> None:
    for days in (2, 4, 6):
        scene.show(title="Hamlet" if days != 4 else "Macbeth", starts_in=timedelta(days=days))
    begin = scene.show(starts_in=timedelta(days=1)).starts_at
    query = {"search": "hamlet", "starts_from": begin.isoformat(), "limit": "1"}
    first = scene.client().get("/shows/", query_string=query)
    path = first.headers["Link"].removeprefix("</v1").partition(">")[0]
    second = answered(scene.client().get(path), 200, SHOW)
    assert [show["title"] for show in second] == ["Hamlet"]
    assert second[0]["id"] != first.json[0]["id"]


@pytest.mark.parametrize("path", ["", "/seats", "/availability"])
def test_a_show_that_is_not_there_is_not_found(scene: Scene, path: str) -> None:
    refused(scene.client().get(f"/shows/12345{path}"), 404, "not-found")


def test_the_organizer_adds_seats_in_the_order_given(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    response = scene.client(organizer).post(f"/shows/{show.id}/seats", {"seat_numbers": ["A1", "A2", " c5 "]})
    stored = scene.rows("SELECT id, show_id, seat_number FROM seats ORDER BY id")
    assert [row["seat_number"] for row in stored] == ["A1", "A2", "C5"]
    added = answered(response, 201, SEAT)
    assert [{name: seat[name] for name in ("id", "show_id", "seat_number")} for seat in added] == stored
    assert [(seat["section"], seat["row"], seat["number"]) for seat in added] == [
        (None, "A", "1"),
        (None, "A", "2"),
        (None, "C", "5"),
    ]
    assert {(seat["category"], seat["price"]) for seat in added} == {("Standard", 0)}
    assert answered(scene.client().get(f"/shows/{show.id}/seats"), 200, SEAT) == added


def test_a_seat_may_say_more_than_its_label(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    seat = {"seat_number": "box1", "section": "Circle", "row": "B", "number": "7", "category": "Boxes", "price": 9900}
    more = [{"seat_number": "box2", "category": "Boxes"}, "A1", {"seat_number": "A2", "price": 100}]
    added = answered(
        scene.client(organizer).post(f"/shows/{show.id}/seats", {"seat_numbers": [seat, *more]}), 201, SEAT
    )
    assert {name: added[0][name] for name in seat} == {**seat, "seat_number": "BOX1"}
    priced = [(one["seat_number"], one["category"], one["price"]) for one in added]
    assert priced[1:] == [("BOX2", "Boxes", 9900), ("A1", "Standard", 100), ("A2", "Standard", 100)]


def test_a_seat_may_be_for_a_wheelchair_or_a_companion_or_without_a_step(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    asked = [
        {"seat_number": "A1", "accessibility": "wheelchair"},
        {"seat_number": "A2", "accessibility": "companion", "step_free": False},
        {"seat_number": "A3", "step_free": True},
        {"seat_number": "A4", "accessibility": None},
    ]
    client = scene.client(organizer)
    added = answered(client.post(f"/shows/{show.id}/seats", {"seat_numbers": asked}), 201, SEAT)
    assert [(seat["accessibility"], seat["step_free"]) for seat in added] == [
        ("wheelchair", True),
        ("companion", True),
        (None, True),
        (None, False),
    ]
    assert answered(client.get(f"/shows/{show.id}/seats"), 200, SEAT) == added


@pytest.mark.parametrize("more", [{"accessibility": "lift"}, {"accessibility": True}, {"step_free": "yes"}])
def test_a_seat_for_nobody_known_adds_nothing(scene: Scene, more: dict[str, object]) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    asked = {"seat_numbers": ["A1", {"seat_number": "A2", **more}]}
    refused(scene.client(organizer).post(f"/shows/{show.id}/seats", asked), 422, "invalid", "errors")
    assert scene.rows("SELECT FROM seats") == []


@pytest.mark.parametrize(
    ("asked", "repeated"), [(["B1", " b1", "B2"], ["B1"]), (["C1", "A1"], ["A1"]), (["\uff21\uff11"], ["A1"])]
)
def test_a_label_that_repeats_adds_nothing(scene: Scene, asked: list[str], repeated: list[str]) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="A1")
    response = scene.client(organizer).post(f"/shows/{show.id}/seats", {"seat_numbers": asked})
    assert scene.rows("SELECT seat_number FROM seats") == [{"seat_number": "A1"}]
    assert refused(response, 409, "seat-number-in-use", "seats")["seats"] == repeated


@pytest.mark.parametrize(
    "prices", [[("Stalls", 4600)], [("Boxes", 9900), ("Boxes", None), ("Boxes", 1)], [(None, 1), ("Standard", 2)]]
)
def test_a_category_at_two_prices_adds_nothing(scene: Scene, prices: list[tuple[str | None, int | None]]) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="A1", price=4500)
    seats = [{"seat_number": f"B{n}", "category": name, "price": price} for n, (name, price) in enumerate(prices)]
    response = scene.client(organizer).post(f"/shows/{show.id}/seats", {"seat_numbers": seats})
    assert len(scene.rows("SELECT FROM seats")) == 1
    refused(response, 422, "invalid")


@pytest.mark.parametrize(("label", "facts"), [("A\u200b2", ["codepoint"]), (" ", ["label"]), ("A" * 65, ["label"])])
def test_a_label_that_cannot_be_used_adds_nothing(scene: Scene, label: str, facts: list[str]) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    response = scene.client(organizer).post(f"/shows/{show.id}/seats", {"seat_numbers": ["A1", label]})
    assert scene.rows("SELECT FROM seats") == []
    refused(response, 422, "seat-number-unusable", *facts)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/seat_numbers"),
        ({"seat_numbers": []}, "#/seat_numbers"),
        ({"seat_numbers": "A1"}, "#/seat_numbers"),
        ({"seat_numbers": [""]}, "#/seat_numbers/0/seat_number"),
        ({"seat_numbers": ["A1", 2]}, "#/seat_numbers/1"),
        ({"seat_numbers": ["A1", None]}, "#/seat_numbers/1"),
        ({"seat_numbers": [{"seat_number": "A1", "color": "red"}]}, "#/seat_numbers/0/color"),
        ({"seat_numbers": [{"seat_number": "A1", "price": -1, "category": "S"}]}, "#/seat_numbers/0/price"),
        ({"seat_numbers": [{"seat_number": "A1", "price": 45.5, "category": "S"}]}, "#/seat_numbers/0/price"),
        ({"seat_numbers": ["A1"], "a/b~c": 1}, "#/a~1b~0c"),
    ],
)
def test_seats_that_cannot_be_are_pointed_at(scene: Scene, body: dict[str, Any], pointer: str) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    response = scene.client(organizer).post(f"/shows/{show.id}/seats", body)
    assert scene.rows("SELECT FROM seats") == []
    assert pointers(refused(response, 422, "invalid", "errors")) == [pointer]


def test_only_its_organizer_adds_seats_to_a_show(scene: Scene) -> None:
    show, other = scene.show(seats="A1"), scene.user()
    seats = {"seat_numbers": ["B1"]}
    refused(scene.client(other).post(f"/shows/{show.id}/seats", seats), 403, "forbidden")
    refused(scene.client().post(f"/shows/{show.id}/seats", seats), 401, "not-signed-in")
    refused(scene.client(other).post("/shows/12345/seats", seats), 404, "not-found")
    assert len(scene.rows("SELECT FROM seats")) == 1
