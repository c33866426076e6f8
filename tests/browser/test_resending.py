"""A person whose answer is lost, in a real browser."""

from datetime import datetime, timedelta

from playwright.sync_api import Request, Route, expect

from tests.browser.conftest import OpenWindow
from tests.scenes import Scene


def test_a_form_that_is_sent_again_because_its_answer_was_lost_leads_on_and_makes_one_show(
    open_window: OpenWindow, scene: Scene
) -> None:
    window = open_window(scene.user("Olga"))
    window.allow("net::ERR")
    page = window.page
    page.goto("/organizer/shows/new")
    evening = (datetime.now() + timedelta(days=60)).replace(hour=19, minute=30)
    for label, text in {
        "Title": "The Seagull",
        "Venue": "The Lantern",
        "Time zone of the venue": "Europe/Helsinki",
        "Starts at": f"{evening:%Y-%m-%dT%H:%M}",
    }.items():
        page.get_by_label(label, exact=True).fill(text)

    def lose_the_answer(route: Route, _: Request) -> None:
        route.fetch(max_redirects=0)
        route.abort("aborted")  # as when somebody presses Stop, and stays where they are

    page.route("**/organizer/shows/new", lose_the_answer, times=1)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Create the draft").click(no_wait_after=True)
    assert scene.rows("SELECT title FROM shows") == [{"title": "The Seagull"}]
    page.get_by_role("button", name="Create the draft").click()
    expect(page.get_by_role("heading", name="The Seagull").first).to_be_visible()
    expect(page.get_by_text("This was done already, and once only.")).to_be_visible()
    assert scene.rows("SELECT title FROM shows") == [{"title": "The Seagull"}]
