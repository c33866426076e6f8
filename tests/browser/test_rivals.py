"""Several people, and a program, who want the same seats."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.site import Site
from tests.browser.windows import Window, deafen
from tests.scenes import Scene
from webapp.services.asker import Asker
from webapp.services.shows import Show

CONFLICT = "the server responded with a status of 409"
FASTER = "Somebody was faster: seat A1 is held by another buyer."


@pytest.mark.parametrize(
    "browser_is", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without JavaScript"]
)
def test_the_second_to_click_a_seat_gets_a_sentence_at_once_and_the_map_shows_the_truth(
    browser_is: dict[str, bool], open_window: OpenWindow, scene: Scene
) -> None:
    show, first, second = scene.show(), scene.user("First"), scene.user("Second")
    windows = [open_window(buyer, **browser_is) for buyer in (first, second)]
    windows[1].allow(CONFLICT)
    deafen(windows[1])  # who hears of it in time cannot press the seat any more
    for window in windows:
        window.page.goto(f"/shows/{show.id}")
        window.shows(A1="available")
    for window in windows:
        window.seat("A1").click()
    windows[0].shows(A1="yours")
    windows[1].shows(A1="held")
    assert owners(scene, show) == {"A1": [first.id]}
    windows[1].says(FASTER)
    expect(windows[1].seat("A1")).to_be_disabled()
    expect(windows[1].page.locator("#basket li")).to_have_count(0)


def test_a_buyer_and_a_program_refuse_each_other_the_same_seat(
    open_window: OpenWindow, site: Site, scene: Scene
) -> None:
    show, buyer, programmer = scene.show(), scene.user(), scene.user()
    window = open_window(buyer)
    window.allow(CONFLICT)
    deafen(window)
    window.page.goto(f"/shows/{show.id}")

    assert program_holds(site, scene, programmer, show, "A1")[0] == 201
    window.seat("A1").click()
    window.shows(A1="held")
    window.says(FASTER)

    window.seat("A2").click()
    window.shows(A2="yours")
    status, problem = program_holds(site, scene, programmer, show, "A2")
    assert (status, problem["type"]) == (409, "/problems/seat-taken")
    assert owners(scene, show) == {"A1": [programmer.id], "A2": [buyer.id]}


def test_of_three_who_race_for_ten_seats_each_seat_gets_exactly_one(
    open_window: OpenWindow, site: Site, scene: Scene
) -> None:
    show = scene.show(seats="A1-A10")
    numbers = [f"A{number}" for number in range(1, 11)]
    buyers = [scene.user("First"), scene.user("Second")]
    programmer = scene.user("Programmer")
    token = scene.token(programmer)
    windows = [open_window(buyer) for buyer in buyers]
    for window in windows:
        window.allow(CONFLICT)
        window.page.goto(f"/shows/{show.id}")
        window.shows(A10="available")

    with ThreadPoolExecutor(4) as program:
        asked: list[Future[tuple[int, Any]]] = []
        for window, order in zip(windows, ["", ".reverse()"], strict=True):
            window.page.evaluate(f"[...document.querySelectorAll('button.seat')]{order}.forEach(seat => seat.click())")
            wanted = numbers if order else numbers[::-1]
            asked += [program.submit(hold, site, token, programmer, show, number) for number in wanted]
        for window in windows:
            expect(window.page.locator("button.seat[data-availability=available]")).to_have_count(0)
        assert {one.result()[0] for one in asked} <= {200, 201, 409}

    owned = owners(scene, show)
    assert sorted(owned) == sorted(numbers)
    assert all(len(of_one) == 1 for of_one in owned.values())
    for window, buyer in zip(windows, buyers, strict=True):
        assert yours(window) == {number for number, of_one in owned.items() if of_one == [buyer.id]}


def program_holds(site: Site, scene: Scene, programmer: Asker, show: Show, number: str) -> tuple[int, Any]:
    """A program that asks for a seat: the answer's status and JSON."""
    return hold(site, scene.token(programmer), programmer, show, number)


def hold(site: Site, token: str, programmer: Asker, show: Show, number: str) -> tuple[int, Any]:
    body = {"show_id": show.id, "seat_number": number}
    return site.ask("POST", f"/v1/reservations/{programmer.id}/hold", token, body)


def owners(scene: Scene, show: Show) -> dict[str, list[int]]:
    """Who has each seat that somebody has: more than one id would be a seat sold twice."""
    found: dict[str, list[int]] = {}
    for row in scene.rows(
        """
        SELECT seat_number, user_id
        FROM reservations
        JOIN seats ON seats.id = reservations.seat_id
        WHERE reservations.show_id = %s AND status IN ('HELD','CONFIRMED')
        """,
        show.id,
    ):
        found.setdefault(row["seat_number"], []).append(row["user_id"])
    return found


def yours(window: Window) -> set[str]:
    """The seats that the map shows as its viewer's."""
    seats = window.page.locator("button.seat[data-availability=yours]")
    return {f"A{number}" for number in seats.all_inner_texts()}
