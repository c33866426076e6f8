"""Programs of those who run a show block seats for the house and release them."""

from datetime import timedelta

import pytest

from tests.scenes import Client, Scene
from tests.services.house_seats.cast import series
from tests.services.offers.halls import hall
from tests.v1.shapes import HELD_SEAT, HOUSE_BLOCK, HOUSE_DATE, answered, moment, pointers, refused
from webapp.services.asker import Asker
from webapp.services.shows import Show


@pytest.fixture
def organizer(scene: Scene) -> Asker:
    return scene.user("Olga")


@pytest.fixture
def show(scene: Scene, organizer: Asker) -> Show:
    return scene.show(organizer)


@pytest.fixture
def client(scene: Scene, organizer: Asker) -> Client:
    return scene.client(organizer)


def test_seats_are_blocked_listed_and_released(scene: Scene, client: Client, show: Show, organizer: Asker) -> None:
    path = f"/shows/{show.id}/house-seats"
    body = {"seat_numbers": [" a1 "], "seat_ranges": "A3-A4", "reason": "Press", "release_at": "2200-01-01T00:00:00Z"}
    [made] = answered(client.post(path, body), 201, HOUSE_BLOCK)
    assert [seat["seat_number"] for seat in made["seats"]] == ["A1", "A3", "A4"]
    assert (made["reason"], made["created_by"]) == ("Press", organizer.id)
    assert moment(made["release_at"]).year == 2200
    assert answered(client.get(path), 200, HOUSE_BLOCK) == [made]
    [date] = answered(client.post(f"{path}/release", {"seat_numbers": ["A3"]}), 200, HOUSE_DATE)
    assert [seat["seat_number"] for seat in date["seats"]] == ["A3"]
    [date] = answered(client.post(f"{path}/release", {"block_ids": [made["id"]]}), 200, HOUSE_DATE)
    assert [seat["seat_number"] for seat in date["seats"]] == ["A1", "A4"]
    assert client.get(path).json == []
    assert set(map(tuple, scene.statuses(show).values())) == {("CANCELLED",)}


def test_seats_are_blocked_by_row_and_section_on_several_dates(scene: Scene, client: Client, organizer: Asker) -> None:
    rows = {"A": "..", "B": "..", "C": ".."}
    first, second = (hall(scene, rows, sections={"A": "Stalls", "C": "Box"}, organizer=organizer) for _ in range(2))
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET series_id = %s WHERE id = %s", (first.id, second.id))
    body = {
        "rows": [{"section": "Stalls", "row": "A"}, {"row": "B"}],
        "sections": ["Box"],
        "other_show_ids": [second.id],
        "reason": "School",
        "release_hours_before": 2,
    }
    made = answered(client.post(f"/shows/{first.id}/house-seats", body), 201, HOUSE_BLOCK)
    assert [block["show_id"] for block in made] == [first.id, second.id]
    assert [len(block["seats"]) for block in made] == [6, 6]
    assert moment(made[1]["release_at"]) == second.starts_at - timedelta(hours=2)


def test_a_preview_tells_what_is_in_the_way_and_does_nothing(scene: Scene, client: Client, organizer: Asker) -> None:
    first, second = series(scene, organizer, 2)
    scene.hold(scene.user("Bruno"), second, "A2")
    body = {"seat_numbers": ["A1", "A2"], "other_show_ids": [second.id], "reason": "Press"}
    path = f"/shows/{first.id}/house-seats"
    own, other = answered(client.post(path, {**body, "preview": True}), 200, HOUSE_DATE)
    assert ([seat["seat_number"] for seat in own["seats"]], own["obstacles"]) == (["A1", "A2"], [])
    [obstacle] = other["obstacles"]
    assert (obstacle["seat_number"], obstacle["reason"], obstacle["who"]) == ("A2", "held", "Bruno")
    assert moment(obstacle["until"])
    document = refused(client.post(path, body), 409, "seats-not-free", "dates")
    [date] = document["dates"]
    assert (date["show_id"], date["obstacles"]) == (second.id, 1)
    assert date["seats"] == [{"seat_id": obstacle["seat_id"], "seat_number": "A2", "reason": "held"}]
    assert scene.statuses(first) == {}
    body = {"seat_numbers": ["A1"], "preview": True}
    [date] = answered(client.post(f"{path}/release", body), 200, HOUSE_DATE)
    assert date["obstacles"][0]["reason"] == "not blocked"
    refused(client.post(f"{path}/release", {"seat_numbers": ["A1"]}), 409, "seats-not-blocked", "dates")


def test_blocks_come_in_pages(client: Client, show: Show) -> None:
    path = f"/shows/{show.id}/house-seats"
    for number in range(1, 4):
        assert client.post(path, {"seat_numbers": [f"A{number}"], "reason": f"{number}"}).status_code == 201
    first = client.get(f"{path}?limit=2")
    assert [block["reason"] for block in first.json] == ["3", "2"]
    rest = client.flask.get(first.headers["Link"].partition(">")[0][1:], headers=client._headers())
    assert [block["reason"] for block in rest.json] == ["1"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"seat_numbers": ["A1"]}, "#/reason"),
        ({"reason": "Press"}, "#"),
        ({"seat_numbers": ["A1"], "reason": "Press", "release_at": "2020-01-01T00:00:00Z"}, "#/release_at"),
        ({"seat_numbers": ["A1"], "reason": "Press", "release_hours_before": 8000}, "#/release_hours_before"),
        ({"seat_numbers": ["A1"], "reason": "Press", "release_hours_before": 0}, "#/release_hours_before"),
        ({"rows": [{"section": "Stalls"}], "reason": "Press"}, "#/rows/0/row"),
        (
            {
                "seat_numbers": ["A1"],
                "reason": "Press",
                "release_at": "2100-01-01T00:00:00Z",
                "release_hours_before": 1,
            },
            "#",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_stands(
    client: Client, show: Show, body: dict[str, object], pointer: str
) -> None:
    response = client.post(f"/shows/{show.id}/house-seats", body)
    assert pointers(refused(response, 422, "invalid", "errors")) == [pointer]


def test_a_buyer_is_told_that_a_blocked_seat_is_not_for_sale_and_of_no_end(
    scene: Scene, client: Client, show: Show
) -> None:
    client.post(f"/shows/{show.id}/house-seats", {"seat_numbers": ["A1"], "reason": "Pillar"})
    buyer = scene.client(scene.user())
    document = refused(
        buyer.post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1"]}), 409, "seat-taken", "seats", "offers"
    )
    assert document["detail"] == "Seat A1 is not for sale."
    assert document["seats"] == [{"seat_id": document["seats"][0]["seat_id"], "seat_number": "A1", "reason": "house"}]
    [seat, *_] = buyer.get(f"/shows/{show.id}/availability?status=HELD").json
    assert seat.keys() == HELD_SEAT.keys() - {"hold_expiry"}
