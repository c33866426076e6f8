"""No page has a script, a style or a word of somebody's that does something."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.routes.asking import HTML, browser_of, rules
from tests.routes.world import fresh_world
from tests.scenes import Scene

TEMPLATES = Path(__file__).parents[2] / "templates"

FORBIDDEN_IN_TEMPLATES = {
    "a filter that lets HTML through": r"\|\s*safe\b",
    "autoescaping switched off": r"autoescape\s+false",
    "a style in an attribute": r"\sstyle\s*=",
    "a style in the page": r"<style\b",
    "a handler in an attribute": r"\son[a-z]+\s*=",
    "htmx's handlers": r"hx-on",
    "htmx's JavaScript": r"[\"']\s*(js|javascript):",
    "a filter of a trigger, which is evaluated": r"hx-trigger\s*=\s*[\"'][^\"']*\[",
    "htmx's values from JavaScript": r"hx-vars",
    "something from elsewhere": r"(src|href)\s*=\s*[\"']?(https?:)?//",
}


@pytest.mark.parametrize("what", FORBIDDEN_IN_TEMPLATES)
def test_no_template_has_what_the_policy_forbids(what: str) -> None:
    templates = sorted(TEMPLATES.rglob("*.html"))
    assert len(templates) > 20
    for template in templates:
        assert not re.search(FORBIDDEN_IN_TEMPLATES[what], template.read_text(), re.IGNORECASE), template


class Scripts(HTMLParser):
    """Collects the scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a script."""
        if tag == "script":
            self.attributes.append(dict(attrs))


def test_every_script_of_every_page_is_a_file_of_ours(scene: Scene) -> None:
    world = fresh_world(scene)
    organizer = world.people["organizer"]
    assert organizer
    flask = browser_of(scene, organizer)
    found = 0
    for rule, method, endpoint in rules(scene.app):
        if method != "GET" or rule.rule.startswith("/v1") or endpoint == "static":
            continue
        page = flask.get(world.path(rule), headers=HTML)
        if page.mimetype != "text/html":
            continue
        scripts = Scripts()
        scripts.feed(page.text)
        for attributes in scripts.attributes:
            assert (attributes.get("src") or "").startswith("/static/"), endpoint
            found += 1
    assert found


def test_what_people_write_is_only_text_on_every_page(scene: Scene) -> None:
    written = "<script>alert(1)</script>'\"{{7*7}}"
    organizer = scene.user(written)
    show = scene.show(organizer, seats="A1-A3", title=written)
    held = scene.hold(organizer, show, "A1")[0]
    browser = scene.browser(organizer)
    for path in (
        *("/shows/", f"/shows/{show.id}", "/reservations/", f"/reservations/{held.id}"),
        *("/organizer/", f"/organizer/shows/{show.id}", "/account"),
    ):
        page = browser.get(path)
        assert page.status_code == 200
        assert "alert(1)" in page.text
        assert "<script>alert" not in page.text
        assert "{{7*7}}" in page.text
