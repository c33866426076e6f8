"""Somebody makes a key for a program, and takes it away again."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenWindow
from tests.scenes import PASSWORD, Client, Scene


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_key_is_made_copied_used_and_revoked(open_window: OpenWindow, scene: Scene, scripts: object) -> None:
    window = open_window(scene.user(), java_script_enabled=scripts)
    page = window.page
    page.goto("/account")
    page.get_by_role("link", name="To the API keys").click()
    page.get_by_label("What is it for?").fill("Till")
    page.get_by_role("checkbox", name="Look: ").check()
    page.get_by_role("radio", name="A year").check()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Make the key").click()
    window.says("The API key “Till” is made. Copy it now.")
    field = page.get_by_label("The API key")
    expect(field).to_be_in_viewport()
    key = field.input_value()
    copy = page.get_by_role("button", name="Copy")
    if scripts:
        assert violations(page) == []
        window.context.grant_permissions(["clipboard-read", "clipboard-write"])
        copy.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Copied.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == key
    else:
        expect(copy).to_be_hidden()
    assert Client(scene.app.test_client(), key).get("/shows/").status_code == 200
    page.get_by_text("Revoke", exact=True).click()
    page.get_by_role("button", name="Revoke Till").click()
    window.says("The API key is revoked: nothing can be done with it any more.")
    assert Client(scene.app.test_client(), key).get("/shows/").status_code == 401
