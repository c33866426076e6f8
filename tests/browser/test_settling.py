"""An organizer settles how the seats of a show are sold, with a script or without, by mouse or keys."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.scenes import Scene
from webapp.services import seating, shows


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_rules_of_a_show_are_settled_and_read_again(
    open_window: OpenWindow, scene: Scene, *, scripted: bool
) -> None:
    organizer = scene.user("Olga Organizer")
    show = scene.show(organizer)
    place = seating.labelled_seat("W1", category="Stalls", accessibility="wheelchair")
    seating.add_seats(organizer, show.id, [place])
    window = open_window(organizer, java_script_enabled=scripted)
    page = window.page
    page.goto(f"/organizer/shows/{show.id}")
    window.says("a seat may be left alone; accessible seats kept for who needs them")
    page.get_by_text("How seats are sold").click()
    expect(page.get_by_role("radio", name="Hold it", exact=True)).to_be_checked()
    window.says("This show has 1 place for wheelchairs, 0 seats for companions and 1 seat without a step.")

    page.get_by_role("radio", name="Hold it", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_role("checkbox", name="Release the places for wheelchairs").check()
    page.get_by_role("button", name="Save the rules").click()

    window.says("The rules are saved. They count from now on.")
    page.get_by_text("How seats are sold").click()
    expect(page.get_by_role("radio", name="Do not hold it")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Release the places for wheelchairs")).to_be_checked()
    now = shows.one(show.id)
    assert (now.lonely_seats, now.accessible_seats_released_at is not None) == ("enforce", True)
