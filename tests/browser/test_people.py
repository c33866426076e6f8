"""An organizer invites a colleague, who accepts by the link: two people at their screens."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.scenes import PASSWORD, Scene
from webapp.services import managers


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_colleague_is_invited_by_a_link_and_removed_again(
    open_window: OpenWindow, scene: Scene, scripts: object
) -> None:
    olga, mona = scene.user("Olga"), scene.user("Mona")
    show = scene.show(olga)
    scene.unpublish(show)
    organizer, colleague = open_window(olga, java_script_enabled=scripts), open_window(java_script_enabled=scripts)
    page = organizer.page
    page.goto(f"/organizer/shows/{show.id}")
    page.get_by_role("link", name="People").click()
    page.get_by_label("Whom is it for?").fill("Mona, box office")
    page.get_by_role("button", name="Make the invitation").click()
    organizer.says("The invitation for Mona, box office is made. Now pass it on.")
    code = page.get_by_role("img", name="QR code of the link beside it")
    assert code.evaluate("image => image.naturalWidth") > 100, "the picture is drawn, also under the strict policy"
    link = page.get_by_role("link", name="127.0.0.1").inner_text()

    theirs = colleague.page
    theirs.goto(link)
    expect(theirs.get_by_role("heading", name="The Tempest")).to_be_visible()
    theirs.get_by_role("link", name="Sign in to accept").click()
    theirs.get_by_label("E-mail").fill(mona.email or "")
    theirs.get_by_label("Password").fill(PASSWORD)
    theirs.get_by_role("main").get_by_role("button", name="Sign in").click()
    theirs.get_by_role("button", name="Accept as Mona").click()
    colleague.says("You manage “The Tempest” now: what its organizer can do with it, you can.")
    assert managers.role_of(mona, show.id) == "manager"

    page.reload()
    expect(page.get_by_text("Mona accepted an invitation")).to_be_visible()
    page.get_by_role("button", name="Remove Mona").click()
    organizer.says("They manage this show no more.")
    colleague.allow("the server responded with a status of 404")
    theirs.reload()
    expect(theirs.get_by_role("heading", name="Not found")).to_be_visible()
