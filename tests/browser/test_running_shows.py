"""A show is run in a browser, in two tabs at once."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.scenes import Scene


def test_two_tabs_of_one_show_do_not_undo_each_other(open_window: OpenWindow, scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    window = open_window(organizer)
    window.allow("the server responded with a status of 409")
    first, second = window.page, window.context.new_page()
    for page in (first, second):
        page.goto(f"/organizer/shows/{show.id}/details")
    second.get_by_label("Seats per buyer").fill("4")
    second.get_by_role("button", name="Save the details").click()
    expect(second.get_by_text("“The Tempest” is saved.")).to_be_visible()

    first.get_by_label("Title").fill("Lear")
    first.get_by_role("button", name="Save the details").click()
    window.says(re.compile(r"You changed this show \(seats per buyer\) since you opened it"))
    assert scene.rows("SELECT title, seat_limit FROM shows") == [{"title": "The Tempest", "seat_limit": 4}]
    expect(first.get_by_label("Title")).to_have_value("Lear")
    expect(first.get_by_label("Seats per buyer"), "was not touched here").to_have_value("4")
    first.get_by_role("button", name="Save the details").click()
    window.says("“Lear” is saved.")
    assert scene.rows("SELECT title, seat_limit FROM shows") == [{"title": "Lear", "seat_limit": 4}]
