"""The pages of a show's reservations: found, kept as a file, moved and cancelled by plain forms, and read by buyers."""

import csv
import io
import re

import pytest

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Browser, Scene
from tests.services.box_office.sales import buy
from webapp.services import seating
from webapp.services.asker import Asker
from webapp.services.plans.plan import PlanCategory
from webapp.services.shows import Show


@pytest.fixture
def organizer(scene: Scene) -> Asker:
    """Who runs the show."""
    return scene.user("Olga", through="page")


@pytest.fixture
def show(scene: Scene, organizer: Asker) -> Show:
    """A show on sale."""
    return scene.show(organizer)


@pytest.fixture
def desk(scene: Scene, organizer: Asker) -> Browser:
    """The organizer's browser."""
    return scene.browser(organizer)


def path(show: Show, *more: object) -> str:
    """A path below the list of the show's reservations."""
    return "/".join(map(str, [f"/organizer/shows/{show.id}/reservations", *more]))


def test_the_list_tells_who_has_what_and_how_many_of_each_state(scene: Scene, show: Show, desk: Browser) -> None:
    ann, bob = scene.user("Ann"), scene.user("Bob")
    buy(scene, ann, show, "A1")
    scene.hold(bob, show, "A2")
    text = words(desk.get(path(show)))
    assert f"A1 sold Ann {ann.email} 45.00 EUR" in text
    assert re.search(rf"A2 held until [0-9:]+ Bob {bob.email}", text)
    assert "All 2 Held 1 Sold 1 Cancelled or released 0 Expired 0" in text
    text = words(desk.get(f"{path(show)}?search=ann&status=CONFIRMED&through=&category=Stalls"))
    assert "A1 sold Ann" in text
    assert "Bob" not in text
    assert "No reservation here has “nobody”" in words(desk.get(f"{path(show)}?search=nobody"))


def test_a_long_list_goes_on_at_its_link_in_the_same_search(
    scene: Scene, show: Show, desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.blueprints.box_office.several.LISTED", 2)
    scene.hold(scene.user("Ann"), show, "A1", "A2", "A3")
    seen, next_path = [], f"{path(show)}?search=ann"
    while next_path:
        page = desk.get(next_path)
        seen.append(re.findall(r'<th scope="row".*?>(A\d)<', page.text))
        link = re.search(r'rel="next" href="([^"]+)"', page.text)
        next_path = link[1].replace("&amp;", "&") if link else ""
    assert seen == [["A3", "A2"], ["A1"]]


def test_the_list_and_what_is_marked_can_be_kept_as_files_that_no_spreadsheet_computes(
    scene: Scene, show: Show, desk: Browser
) -> None:
    first, second = buy(scene, scene.user("=cmd()"), show, "A1", "A2")
    scene.hold(scene.user("Bob"), show, "A3")
    for query, expected in (("?status=CONFIRMED", [second, first]), (f"?reservation_ids={first}", [first])):
        response = desk.get(f"{path(show)}.csv{query}")
        assert response.mimetype == "text/csv"
        rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))
        assert [int(row["Reservation"]) for row in rows] == expected
        assert {(row["Buyer"], row["Price (EUR)"], row["Status"]) for row in rows} == {
            ("'=cmd()", "45.00", "CONFIRMED")
        }


def test_several_are_cancelled_after_a_look_at_them_all_or_none(scene: Scene, show: Show, desk: Browser) -> None:
    first, second = buy(scene, scene.user("Ann"), show, "A1", "A2")
    [held] = scene.hold(scene.user("Bob"), show, "A3")
    marked = f"reservation_ids={first}&reservation_ids={second}"
    page = desk.get(f"{path(show, 'chosen')}?{marked}&reservation_ids={held.id}")
    assert "One of the marked reservations is not sold" in words(page)
    assert f'action="{path(show, "cancel")}"' not in page.text
    page = desk.get(f"{path(show, 'chosen')}?{marked}&next={path(show)}%3Fsearch=ann")
    assert "90.00 EUR were paid for them" in words(page)
    refused = desk.post(path(show, "cancel"), {"reservation_ids": [first, second], "reason": ""})
    assert refused.status_code == 422
    assert scene.statuses(show)["A1"] == ["CONFIRMED"]
    back = f"{path(show)}?search=ann"
    gone = desk.post(path(show, "cancel"), {"reservation_ids": [first, second], "reason": "Fire", "next": back})
    assert (gone.status_code, gone.location) == (303, back)
    assert scene.statuses(show) == {"A1": ["CANCELLED"], "A2": ["CANCELLED"], "A3": ["HELD"]}
    nothing = desk.get(path(show, "chosen"))
    assert nothing.location == path(show)
    assert ("refusal", "Mark the reservations that you mean first.") in notices(desk.get(path(show)))


def test_one_sale_is_cancelled_with_a_reason_that_its_buyer_reads(scene: Scene, show: Show, desk: Browser) -> None:
    ann = scene.user("Ann", through="page")
    [sold] = buy(scene, ann, show, "A1")
    desk.get(path(show, sold))
    refused = desk.post(path(show, sold, "cancel"), {"reason": ""})
    assert refused.status_code == 422
    assert form_to(refused, path(show, sold, "cancel")).errors == {"reason": ["This is needed."]}
    assert desk.post(path(show, sold, "cancel"), {"reason": "The row is closed"}).status_code == 303
    text = words(desk.get(path(show, sold)))
    assert "Ann bought it" in text
    assert "Olga cancelled it “The row is closed”" in text
    buyers = scene.browser(ann)
    for page in ("/reservations/", f"/reservations/{sold}"):
        assert "The organizer cancelled it: The row is closed" in words(buyers.get(page))
        assert "Olga" not in buyers.get(page).text


def test_a_move_is_looked_at_with_its_difference_in_price_and_then_made(
    scene: Scene, show: Show, desk: Browser
) -> None:
    ann = scene.user("Ann", through="page")
    [sold] = buy(scene, ann, show, "A1")
    with scene.connected() as connection:
        connection.execute("UPDATE categories SET price = 5000 WHERE show_id = %s", (show.id,))
    assert 'name="seat_ids"' in desk.get(path(show, sold, "move")).text, "the map"
    page = desk.get(f"{path(show, sold, 'move')}?seat_number=a5")
    assert "The new seat costs 5.00 EUR more." in words(page)
    assert scene.statuses(show) == {"A1": ["CONFIRMED"]}
    form = form_to(page, path(show, sold, "move"))
    moved = desk.post(path(show, sold, "move"), {**form.values, "reason": "A pillar"})
    assert moved.status_code == 303
    assert scene.statuses(show) == {"A1": ["CANCELLED"], "A5": ["CONFIRMED"]}
    text = words(desk.get(moved.location))
    assert "Ann has seat A5 now." in text
    assert "Olga moved its buyer here from row A, seat 1" in text
    again = desk.post(path(show, sold, "move"), {**form.values, "reason": "A pillar"})
    assert again.location == moved.location
    buyers = scene.browser(ann)
    assert "The organizer moved you to row A, seat 5 “A pillar”" in words(buyers.get(f"/reservations/{sold}"))
    assert "Olga" not in buyers.get(f"/reservations/{sold}").text


def test_a_seat_that_is_taken_is_told_with_those_nearby_and_one_that_is_not_there_at_its_field(
    scene: Scene, show: Show, desk: Browser
) -> None:
    [sold] = buy(scene, scene.user("Ann"), show, "A1")
    scene.hold(scene.user(), show, "A5")
    page = desk.get(f"{path(show, sold, 'move')}?seat_number=A5")
    assert page.status_code == 409
    assert "Seat A5 is held by a buyer. Nothing was changed." in words(page)
    assert re.search(rf'href="{path(show, sold, "move")}\?seat_ids=\d+">A[46], 45.00 EUR', page.text)
    page = desk.get(f"{path(show, sold, 'move')}?seat_number=Z9")
    assert page.status_code == 422
    assert "There is no seat Z9 in this show." in words(page)


def test_the_seat_that_is_given_up_is_marked_on_the_map_and_no_seat_to_move_to(
    scene: Scene, show: Show, desk: Browser
) -> None:
    [sold] = buy(scene, scene.user("Ann"), show, "A1")
    [row] = scene.rows("SELECT seat_id FROM reservations WHERE id = %s", sold)
    assert (
        f'<button class="seat" id="seat-{row["seat_id"]}" aria-current="true"'
        in desk.get(path(show, sold, "move")).text
    )
    page = desk.get(f"{path(show, sold, 'move')}?seat_number=A1")
    assert "Ann has this seat already" in words(page)
    assert f'method="post" action="{path(show, sold, "move")}"' not in page.text


def test_a_reason_that_was_typed_is_there_again_whatever_is_refused(scene: Scene, show: Show, desk: Browser) -> None:
    [sold] = buy(scene, scene.user("Ann"), show, "A1")
    form = form_to(desk.get(f"{path(show, sold, 'move')}?seat_number=A5"), path(show, sold, "move"))
    page = desk.post(path(show, sold, "move"), {**form.values, "reason": "x" * 201})
    assert page.status_code == 422
    again = form_to(page, path(show, sold, "move"))
    assert (again.values["reason"], again.values["seat_id"]) == ("x" * 201, form.values["seat_id"])
    assert "reason" in again.errors
    scene.hold(scene.user(), show, "A5")
    page = desk.post(path(show, sold, "move"), {**form.values, "reason": "A pillar"})
    assert page.status_code == 409
    assert "Seat A5 is held by a buyer. Nothing was changed." in words(page)
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A5": ["HELD"]}
    page = desk.get(f"{path(show, sold, 'move')}?seat_number=A4&reason=A+pillar")
    assert form_to(page, path(show, sold, "move")).values["reason"] == "A pillar"


def test_what_cannot_be_searched_is_told_at_its_field_with_what_was_typed_and_the_list(
    scene: Scene, show: Show, desk: Browser
) -> None:
    buy(scene, scene.user("Ann"), show, "A1")
    page = desk.get(f"{path(show)}?search={'x' * 201}&status=CONFIRMED")
    assert page.status_code == 422
    assert f'value="{"x" * 201}"' in page.text
    assert "at most 200 characters" in words(page)
    assert "A1 sold Ann" in words(page)
    page = desk.get(f"{path(show)}?status=NONE")
    assert notices(page) == [("refusal", "The link to this list cannot be read: here are all reservations.")]
    assert "A1 sold Ann" in words(page)


def test_a_seat_with_a_long_number_is_told_by_its_place(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seats="")
    seat = seating.labelled_seat(
        "TAKAPERMANTO-A24-387", section="Takapermanto", row="A24", number="387", category="Stalls"
    )
    seating.add_seats(organizer, show.id, [seat], [PlanCategory(name="Stalls", price=4500)])
    scene.hold(buyer, show, "TAKAPERMANTO-A24-387")
    page = scene.browser(organizer).get(f"/organizer/shows/{show.id}/reservations")
    assert "Takapermanto, row A24, seat 387" in words(page)
    assert "TAKAPERMANTO-A24-387" not in words(page)
