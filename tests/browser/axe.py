"""What axe finds wrong with a page for those who see, hear or press otherwise than most."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page, only: str | None = None) -> list[str]:
    """What axe finds wrong, in all its rules or one; where, and in its words."""
    # Style sheets that others import are not loaded once more, which the page's policy would refuse.
    options: dict[str, Any] = {
        "preload": False,
        "resultTypes": ["violations"],
        "rules": {"target-size": {"enabled": True}},
    }
    if only:
        options = {"preload": False, "resultTypes": ["violations"], "runOnly": [only]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']}: {one['help']}: {node['html'][:150]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]
