"""The organizer chooses seats, sees what an act would do, and blocks or releases them, by forms alone."""

import re
from datetime import timedelta

import pytest

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Browser, Scene
from tests.services.house_seats.cast import block, series
from webapp.services import house_seats, reservations, seating, shows
from webapp.services.asker import Asker
from webapp.services.demo.stadium import stadium_plan
from webapp.services.shows import Show


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga")


@pytest.fixture
def show(scene: Scene, olga: Asker) -> Show:
    return scene.show(olga)


@pytest.fixture
def room(scene: Scene, olga: Asker, show: Show) -> tuple[Browser, str]:
    """Olga's browser, open at the house seats of her show, and their path."""
    browser, path = scene.browser(olga), f"/organizer/shows/{show.id}/house-seats"
    assert browser.get(path).status_code in {200, 308}
    return browser, path


def ids(show: Show, *numbers: str) -> list[str]:
    """The ids of these seats, as a form sends them."""
    known = {seat.seat_number: str(seat.id) for seat in seating.seats_of(show.id)}
    return [known[number] for number in numbers]


def ticked(page: str) -> set[str]:
    """The ids of the seats that are ticked on a map."""
    return set(re.findall(r'name="seat_ids" value="(\d+)"[^>]* checked', page))


def carried(page: str) -> dict[str, list[str]]:
    """What the form of a preview sends with which one goes on."""
    form = re.search(r'<form method="post" action="[^"]+/house-seats/[^"]+">(.*?)</form>', page, re.DOTALL)
    assert form
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[1]):
        found.setdefault(name, []).append(value)
    return found


def test_seats_are_ticked_looked_at_and_blocked(scene: Scene, room: tuple[Browser, str], show: Show) -> None:
    browser, path = room
    asked = {"seat_ids": ids(show, "A1", "A2", "A4"), "reason": "Press", "seat_ranges": "A10"}
    preview = browser.post(f"{path}/preview", asked)
    assert preview.status_code == 200
    assert "Block 4 seats?" in words(preview)
    assert "seats A1, A2, A4, A10" in words(preview).replace("row A, seats 1, 2, 4, 10", "seats A1, A2, A4, A10")
    assert scene.statuses(show) == {}
    done = browser.post(f"{path}/block", carried(preview.text))
    assert (done.status_code, done.location) == (303, f"{path}/")
    page = browser.get(done.location)
    assert notices(page) == [("success", "4 seats are blocked: Press.")]
    assert scene.statuses(show) == {number: ["HELD"] for number in ("A1", "A2", "A4", "A10")}
    assert "Press 4 seats , until they are released row A, seats 1, 2, 4, 10" in words(page)


def test_the_map_tells_blocked_seats_from_those_that_buyers_have(
    scene: Scene, room: tuple[Browser, str], show: Show, olga: Asker
) -> None:
    browser, path = room
    sold, _ = scene.hold(scene.user(), show, "A1", "A2")
    reservations.confirm(Asker(sold.user_id, "", None, None, "api"), sold.id)
    block(olga, show, "A3", reason='"Critics" & <b>friends</b>')
    page = browser.get(f"{path}/").text
    a1, a2, a3, a4 = ids(show, "A1", "A2", "A3", "A4")
    assert re.search(rf'<button class="seat" id="seat-{a1}"[^>]*data-availability="sold" type="button"', page)
    assert re.search(rf'<button class="seat" id="seat-{a2}"[^>]*data-availability="held" type="button"', page)
    blocked = re.search(rf'<label class="seat" id="seat-{a3}" data-availability="blocked".*?</label>', page)
    assert blocked
    assert 'data-mark="C"' in blocked[0]
    assert 'aria-label="row A, seat 3, 45.00 EUR, blocked"' in blocked[0]
    assert 'title="&#34;Critics&#34; &amp; &lt;b&gt;friends&lt;/b&gt;, until they are released"' in blocked[0]
    assert re.search(rf'<label class="seat" id="seat-{a4}" data-availability="available"', page)
    assert "friends</b>" not in page
    buyers = scene.browser().get(f"/shows/{show.id}").text
    assert re.search(rf'id="seat-{a3}"[^>]*data-availability="held" type="button"', buyers)
    assert "Critics" not in buyers


def test_seats_are_blocked_on_other_dates_too_and_a_preview_tells_of_each(scene: Scene, olga: Asker) -> None:
    first, second, third = series(scene, olga, 3)
    scene.unpublish(third)
    browser, path = scene.browser(olga), f"/organizer/shows/{first.id}/house-seats"
    page = browser.get(f"{path}/")
    assert [value in page.text for value in (f'value="{second.id}"', f'value="{third.id}"')] == [True, True]
    asked = {
        "seat_ranges": "A1-A3",
        "other_show_ids": [second.id, third.id],
        "reason": "School",
        "release_hours_before": "2",
    }
    preview = browser.post(f"{path}/preview", asked)
    assert "Block 3 seats on 3 dates?" in words(preview)
    assert words(preview).count("3 seats until") == 3
    done = browser.post(f"{path}/block", carried(preview.text))
    assert notices(browser.get(done.location)) == [("success", "3 seats are blocked on 3 dates: School.")]
    for show in (first, second, third):
        [made] = house_seats.blocks_of(show.id)
        assert made.release_at == show.starts_at - timedelta(hours=2)


def test_what_is_in_the_way_is_named_with_a_way_on_without_it(scene: Scene, olga: Asker) -> None:
    first, second = series(scene, olga, 2)
    scene.hold(scene.user("Bruno"), second, "A2")
    browser, path = scene.browser(olga), f"/organizer/shows/{first.id}/house-seats"
    browser.get(f"{path}/")
    asked = {"seat_ranges": "A1-A3, Z9", "other_show_ids": [second.id], "reason": "Press"}
    preview = browser.post(f"{path}/preview", asked)
    assert "Some of these seats cannot be blocked" in words(preview)
    assert "2 seats of those you chose are free on every date" in words(preview)
    assert "held by Bruno : row A, seat 2" in words(preview)
    assert words(preview).count("not in this show : seat Z9") == 2
    again = browser.post(f"{path}/preview", carried(preview.text))
    assert "Block 2 seats on 2 dates?" in words(again)
    browser.post(f"{path}/block", carried(again.text))
    assert scene.statuses(first) == {"A1": ["HELD"], "A3": ["HELD"]}
    assert scene.statuses(second) == {"A1": ["HELD"], "A2": ["HELD"], "A3": ["HELD"]}


def test_a_seat_that_is_taken_after_the_preview_is_told_in_a_new_one(
    scene: Scene, room: tuple[Browser, str], show: Show
) -> None:
    browser, path = room
    preview = browser.post(f"{path}/preview", {"seat_ranges": "A1-A2", "reason": "Press"})
    scene.hold(scene.user("Bruno"), show, "A2")
    refused = browser.post(f"{path}/block", carried(preview.text))
    assert refused.status_code == 409
    assert notices(refused) == [("refusal", "Nothing was blocked. Seat A2 is held by a buyer.")]
    assert "held by Bruno" in words(refused)
    assert scene.statuses(show) == {"A2": ["HELD"]}


def test_what_cannot_be_read_is_told_beside_the_map_and_all_stays_chosen(room: tuple[Browser, str], show: Show) -> None:
    browser, path = room
    chosen = ids(show, "A1", "A5")
    asked = {"seat_ids": chosen, "release_at": "2027-03-28T03:30", "seat_ranges": "A7"}
    page = browser.post(f"{path}/preview", asked)
    assert page.status_code == 422
    form = form_to(page, f"{path}/preview")
    assert form.errors["reason"] == ["This is needed."]
    assert form.errors["release_at"] == [
        "Must be a time that exists at the venue: its clocks are put forward over this one."
    ]
    assert (form.values["release_at"], form.values["seat_ranges"].strip()) == ("2027-03-28T03:30", "A7")
    assert ticked(page.text) == set(chosen)


def test_a_time_that_clocks_show_twice_is_asked_for_once_more(room: tuple[Browser, str], show: Show) -> None:
    browser, path = room
    asked = {"seat_ranges": "A7", "reason": "Press", "release_at": "2027-10-31T03:30"}
    page = browser.post(f"{path}/preview", asked)
    assert page.status_code == 422
    assert "Which of the two?" in words(page)
    preview = browser.post(f"{path}/preview", {**asked, "release_at_fold": "1"})
    assert "until Sun 31 October 2027, 03:30" in words(preview)
    browser.post(f"{path}/block", carried(preview.text))
    [made] = house_seats.blocks_of(show.id)
    assert made.release_at
    assert made.release_at.isoformat() == "2027-10-31T01:30:00+00:00"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"reason": "Press"}, "Choose at least one seat."),
        ({"reason": "Press", "ids": "1-200000"}, "Must be at most 100,000 seats."),
        ({"reason": "Press", "seat_ranges": "A1 A2"}, "could be one seat or several"),
        ({"reason": "Press", "seat_ranges": "A1", "release_at": "2020-01-01T10:00"}, "must be later than now"),
        (
            {"reason": "P", "seat_ranges": "A1", "release_at": "2090-01-01T10:00", "release_hours_before": "1"},
            "either by release_at or by release_hours_before",
        ),
    ],
)
def test_what_cannot_be_meant_is_told(room: tuple[Browser, str], asked: dict[str, str], said: str) -> None:
    browser, path = room
    page = browser.post(f"{path}/preview", asked)
    assert page.status_code == 422
    assert said in words(page)


def test_a_block_is_released_whole_after_a_look(
    scene: Scene, room: tuple[Browser, str], show: Show, olga: Asker
) -> None:
    browser, path = room
    block(olga, show, "A1", "A2", "A3")
    page = browser.get(f"{path}/")
    preview = browser.post(f"{path}/release/preview", form_to(page, f"{path}/release/preview").values)
    assert "Release 3 seats? " in words(preview)
    assert "Buyers can have these seats at once." in words(preview)
    assert scene.statuses(show)["A1"] == ["HELD"]
    done = browser.post(f"{path}/release", carried(preview.text))
    assert notices(browser.get(done.location)) == [("success", "3 seats are released.")]
    assert scene.statuses(show) == {number: ["CANCELLED"] for number in ("A1", "A2", "A3")}
    refused = browser.post(f"{path}/release", {**carried(preview.text), "reason": "Again"})
    assert refused.status_code == 409
    assert "Some of these seats cannot be released" in words(refused)


def test_some_seats_of_a_block_are_chosen_among_them(
    scene: Scene, room: tuple[Browser, str], show: Show, olga: Asker
) -> None:
    browser, path = room
    block(olga, show, "A1", "A2", "A3")
    page = browser.get(f"{path}/")
    chosen = browser.post(f"{path}/choose", form_to(page, f"{path}/release/preview").values)
    assert ticked(chosen.text) == set(ids(show, "A1", "A2", "A3"))
    asked = {"seat_ids": ids(show, "A2"), "reason": "Ill", "release_at": "no time", "release_hours_before": "none"}
    preview = browser.post(f"{path}/release/preview", asked)
    assert "Release 1 seat?" in words(preview)
    browser.post(f"{path}/release", carried(preview.text))
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["CANCELLED"], "A3": ["HELD"]}


def test_in_a_large_hall_the_choice_comes_along_from_section_to_section(scene: Scene, olga: Asker) -> None:
    show = scene.show(olga, seats="")
    seating.add_plan(olga, show.id, stadium_plan(3_000))
    browser, path = scene.browser(olga), f"/organizer/shows/{show.id}/house-seats"
    overview = browser.get(f"{path}/")
    assert 'class="plan"' not in overview.text
    whole = re.search(r'name="ids" value="([\d -]+)" data-seats="(\d+)"', overview.text)
    [one, other] = re.findall(r'<button class="quiet" name="part" value="([^"]+)"', overview.text)[1:3]
    assert whole
    section = browser.post(f"{path}/choose", {"ids": whole[1], "part": ["", one]})
    assert "seats chosen in other sections" in words(section)
    own = re.findall(r'name="seat_ids" value="(\d+)"', section.text)[:2]
    carried_along = re.findall(r'name="ids" value="([\d -]+)" data-seats="\d+" checked', section.text)
    assert carried_along == [whole[1]]
    next_one = browser.post(f"{path}/choose", {"ids": carried_along, "seat_ids": own, "part": [one, other]})
    assert ticked(next_one.text) == set()
    back = browser.post(
        f"{path}/choose",
        {
            "ids": re.findall(r'name="ids" value="([\d -]+)" data-seats="\d+" checked', next_one.text),
            "part": [other, one],
        },
    )
    assert ticked(back.text) == set(own)
    asked = {"ids": carried_along, "seat_ids": own, "reason": "Away fans"}
    preview = browser.post(f"{path}/preview", asked)
    assert f"Block {int(whole[2]) + 2:,} seats?" in words(preview)
    assert browser.get(f"{path}/sections/{one}").status_code == 200
    assert browser.get(f"{path}/sections/nowhere").status_code == 404


def test_without_seats_and_after_a_cancellation_there_is_nothing_to_block(scene: Scene, olga: Asker) -> None:
    browser = scene.browser(olga)
    empty, cancelled = scene.show(olga, seats=""), scene.show(olga)
    page = browser.get(f"/organizer/shows/{empty.id}/house-seats/")
    assert "This show has no seats." in words(page)
    shows.cancel(olga, cancelled.id)
    path = f"/organizer/shows/{cancelled.id}/house-seats"
    assert notices(browser.get(f"{path}/")) == [("refusal", "This show was cancelled: the house keeps nothing of it.")]
    refused = browser.post(f"{path}/preview", {"seat_ranges": "A1", "reason": "Press"})
    assert refused.status_code == 409
    assert ("refusal", "This show was cancelled.") in notices(refused)


def test_a_show_that_has_another_plan_meanwhile_says_so_and_does_nothing(
    scene: Scene, room: tuple[Browser, str], show: Show
) -> None:
    browser, path = room
    refused = browser.post(f"{path}/preview", {"seat_ids": "999999", "reason": "Press", "next": f"{path}/"})
    assert refused.status_code == 303
    assert notices(browser.get(refused.location)) == [("refusal", "There is no seat with the id 999999 in this show.")]
    assert scene.statuses(show) == {}
