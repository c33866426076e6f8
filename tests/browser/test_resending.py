"""A person who presses twice, in a real browser."""

from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.scenes import Scene


def test_a_new_show_whose_button_is_pressed_twice_is_one_show(open_window: OpenWindow, scene: Scene) -> None:
    organizer = scene.user("Olga")
    page = open_window(organizer).page
    page.goto("/organizer/shows/new")
    evening = (datetime.now() + timedelta(days=60)).replace(hour=19, minute=30)
    for label, text in {
        "Title": "The Seagull",
        "Venue": "The Lantern",
        "Starts at": f"{evening:%Y-%m-%dT%H:%M}",
        "Time zone of the venue": "Europe/Helsinki",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Create the draft").dblclick()
    expect(page.get_by_role("heading", name="The Seagull").first).to_be_visible()
    assert scene.rows("SELECT title FROM shows") == [{"title": "The Seagull"}]
