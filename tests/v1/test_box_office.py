"""A show's reservations over v1, for those who run it."""

from tests.scenes import Scene
from tests.services.box_office.sales import buy
from tests.v1.shapes import BUYERS_RESERVATION, COUNTS, HISTORY_LINE, RESERVATION, answered, pointers, refused


def test_reservations_are_listed_in_pages_found_and_counted(scene: Scene) -> None:
    organizer, ann = scene.user(), scene.user("Ann")
    show = scene.show(organizer)
    first, second, third = buy(scene, ann, show, "A1", "A2", "A3")
    client = scene.client(organizer)
    page = client.get(f"/shows/{show.id}/reservations?search=ann&limit=2")
    assert [one["id"] for one in answered(page, 200, BUYERS_RESERVATION)] == [third, second]
    rest = client.flask.get(
        page.headers["Link"].partition("<")[2].partition(">")[0], headers={"Authorization": f"Bearer {client.token}"}
    )
    assert [one["id"] for one in answered(rest, 200, BUYERS_RESERVATION)] == [first]
    assert "Link" not in rest.headers
    counts = answered(client.get(f"/shows/{show.id}/reservations/counts?search=ann"), 200, COUNTS)
    assert counts == {"held": 0, "confirmed": 3, "cancelled": 0, "expired": 0}
    wrong = client.get(f"/shows/{show.id}/reservations?status=SOLD&through=door&what=1")
    assert pointers(refused(wrong, 422, "invalid", "errors")) == ["#/what"]


def test_a_buyer_is_moved_and_both_read_it(scene: Scene) -> None:
    organizer, ann = scene.user("Olga"), scene.user("Ann")
    show = scene.show(organizer)
    [sold] = buy(scene, ann, show, "A1")
    client, here = scene.client(organizer), f"/shows/{show.id}/reservations/{sold}"
    moved = answered(
        client.post(f"{here}/move", {"seat_number": " a5 ", "reason": "A pillar"}), 200, BUYERS_RESERVATION
    )
    assert (moved["seat_number"], moved["status"], moved["moved_from"]) == ("A5", "CONFIRMED", sold)
    assert client.post(f"{here}/move", {"seat_id": moved["seat_id"]}).json == moved
    lines = answered(client.get(f"{here}/history"), 200, HISTORY_LINE)
    assert [(line["what"], line["name"]) for line in lines] == [
        ("held", "Ann"),
        ("confirmed", "Ann"),
        ("moved away", "Olga"),
    ]
    assert lines[-1]["elsewhere"] == {"reservation_id": moved["id"], "seat_number": "A5"}
    old = answered(scene.client(ann).get(f"/reservations/{sold}"), 200, RESERVATION)
    assert (old["status"], old["reason"]) == ("CANCELLED", "A pillar")
    again = client.post(f"{here}/move", {"seat_number": "A6"})
    [fact] = refused(again, 409, "not-sold", "reservations")["reservations"]
    assert fact == {"reservation_id": sold, "seat_number": "A1", "status": "CANCELLED", "moved_to": moved["id"]}


def test_a_taken_seat_comes_with_offers_and_a_seat_is_named_one_way(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    [sold] = buy(scene, scene.user(), show, "A1")
    scene.hold(scene.user(), show, "A5")
    client, here = scene.client(organizer), f"/shows/{show.id}/reservations/{sold}"
    no = refused(client.post(f"{here}/move", {"seat_number": "A5"}), 409, "seat-taken", "seats", "offers")
    assert no["seats"][0]["reason"] == "held"
    assert no["offers"]
    for body in ({}, {"seat_number": "A5", "seat_id": 1}):
        refused(client.post(f"{here}/move", body), 422, "invalid", "errors")
    missing = refused(client.post(f"{here}/move", {"seat_number": "Z9"}), 422, "invalid", "errors")
    assert pointers(missing) == ["#/seat_number"]


def test_sales_are_cancelled_with_a_reason_one_or_several(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    first, second, third = buy(scene, scene.user(), show, "A1", "A2", "A3")
    client, here = scene.client(organizer), f"/shows/{show.id}/reservations"
    assert pointers(refused(client.post(f"{here}/{first}/cancel", {}), 422, "invalid", "errors")) == ["#/reason"]
    one = answered(client.post(f"{here}/{first}/cancel", {"reason": "ill"}), 200, BUYERS_RESERVATION)
    assert (one["status"], one["reason"]) == ("CANCELLED", "ill")
    body = {"reservation_ids": [second, third], "reason": "fire"}
    several = answered(client.post(f"{here}/cancel", body), 200, BUYERS_RESERVATION)
    assert [(row["id"], row["status"]) for row in several] == [(second, "CANCELLED"), (third, "CANCELLED")]
    assert client.post(f"{here}/cancel", body).json == several
    assert scene.statuses(show) == {f"A{number}": ["CANCELLED"] for number in (1, 2, 3)}


def test_a_buyer_reads_the_history_of_their_own_reservation_without_names_of_others(scene: Scene) -> None:
    organizer, ann, bob = scene.user("Olga"), scene.user("Ann"), scene.user("Bob")
    show = scene.show(organizer)
    [sold] = buy(scene, ann, show, "A1")
    scene.client(organizer).post(f"/shows/{show.id}/reservations/{sold}/cancel", {"reason": "A pillar"})
    path = f"/reservations/{sold}/history"
    lines = answered(scene.client(ann).get(path), 200, HISTORY_LINE)
    assert [(line["what"], line["who"], line["name"]) for line in lines] == [
        ("held", "buyer", "Ann"),
        ("confirmed", "buyer", "Ann"),
        ("cancelled", "staff", None),
    ]
    assert (lines[-1]["reason"], lines[-1]["user_id"]) == ("A pillar", None)
    for stranger in (bob, organizer):
        refused(scene.client(stranger).get(path), 404, "not-found")
