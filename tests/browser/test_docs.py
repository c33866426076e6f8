"""The page of the API: every call is there, and can be tried with a token, by everybody."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenWindow
from tests.scenes import Scene
from tests.v1.promises import document


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_a_developer_says_who_they_are_and_tries_a_call(
    open_window: OpenWindow, scene: Scene, width: int, scheme: str
) -> None:
    ada = scene.user("Ada")
    window = open_window(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = window.page
    page.goto("/docs")
    expect(page.get_by_role("heading", name="The API")).to_be_visible()
    expect(page.locator(".opblock")).to_have_count(sum(map(len, document()["paths"].values())))
    page.get_by_role("button", name="Authorize").click()
    dialog = page.locator(".dialog-ux")
    dialog.get_by_role("textbox").fill(scene.token(ada))
    dialog.get_by_role("button", name="Apply credentials").click()
    dialog.get_by_role("button", name="Close").last.click()
    me = page.locator("#operations-Users-get_me")
    me.locator(".opblock-summary-control").click()
    me.get_by_role("button", name="Try it out").click()
    me.get_by_role("button", name="Execute").click()
    answer = me.locator(".live-responses-table")
    expect(answer.locator(".response-col_status").nth(1)).to_contain_text("200")
    expect(answer).to_contain_text('"name": "Ada"')
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    assert violations(page) == []


def test_without_scripts_the_calls_are_a_list(open_window: OpenWindow) -> None:
    page = open_window(java_script_enabled=False).page
    page.goto("/docs")
    expect(page.get_by_role("main").get_by_text("POST /v1/shows/{show_id}/holds")).to_be_visible()
    expect(page.get_by_role("link", name="OpenAPI document")).to_have_attribute("href", "/v1/openapi.json")
