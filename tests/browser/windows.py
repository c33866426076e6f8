"""Browser windows that remember what went wrong in them."""

import os
import re
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Dialog,
    Error,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.browser.site import Site

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
NO_BROWSER = (
    "THE BROWSER TESTS DID NOT RUN: no Chromium can be had. Install one (Debian: apt-get install chromium; anywhere: "
    ".venv/bin/python -m playwright install --with-deps chromium), then run them again."
)
QUIET = ("gpu", "quic", "background-networking", "component-update", "sync")
ARGUMENTS = ["--no-sandbox", "--no-first-run", *(f"--disable-{what}" for what in QUIET)]


@contextmanager
def running_browser() -> Iterator[Browser]:
    """The Chromium of this machine, else Playwright's own; without any the test is skipped, under CI=true it fails."""
    with sync_playwright() as playwright:
        browser = _launch(playwright.chromium)
        if browser is None:
            _give_up()
        yield browser
        browser.close()


def _launch(chromium: BrowserType) -> Browser | None:
    """A name on the PATH may lead to a program that cannot run here, so each is tried."""
    found = [path for path in map(shutil.which, PROGRAMS) if path]
    if Path(chromium.executable_path).exists():
        found.append(chromium.executable_path)
    for path in found:
        with suppress(Error):
            return chromium.launch(executable_path=path, args=ARGUMENTS)
    return None


def _give_up() -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(NO_BROWSER, pytrace=False)
    with warnings.catch_warnings():
        # Warnings are errors elsewhere; this one is to stand at the end of the run.
        warnings.simplefilter("always")
        warnings.warn(NO_BROWSER, stacklevel=1)
    pytest.skip(NO_BROWSER)


@dataclass
class Window:
    """One person's browser: a context of its own, its first page, and everything that went wrong in any page."""

    site: Site
    context: BrowserContext
    page: Page = field(init=False)
    troubles: list[str] = field(default_factory=list, init=False)
    allowed: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.troubles.append(f"uncaught: {error.error}"))
        self.context.on("dialog", self._asked)
        self.context.on("requestfailed", self._failed)
        self.context.set_default_timeout(30_000)
        self.page = self.context.new_page()

    def allow(self, trouble: str) -> None:
        """Let the console say this: what a test provokes is told there too."""
        self.allowed.add(trouble)

    def jump(self, time: int | str, page: Page | None = None) -> None:
        """Let so much time pass at once, by a clock that the test has installed.

        The stream of changes may still be waiting for its answer then, and finds that it has waited far too long.
        """
        self.allow("htmx:error: timeout")
        (page or self.page).clock.fast_forward(time)

    def unexpected(self) -> list[str]:
        """What went wrong that the test did not provoke."""
        return [trouble for trouble in self.troubles if not any(words in trouble for words in self.allowed)]

    def seat(self, number: str) -> Locator:
        """The seat "A1" of the map, found by the words a screen reader has for it."""
        row, place = re.fullmatch(r"(\D+)(\d+)", number).groups()  # type: ignore[union-attr]
        return self.page.locator("#seat-map").get_by_role("button", name=re.compile(rf"\brow {row}, seat {place}, "))

    def shows(self, **availability: str) -> None:
        """Wait until the map shows these seats so: `shows(A1="yours", A2="held")`."""
        for number, state in availability.items():
            expect(self.seat(number)).to_have_attribute("data-availability", state)

    def says(self, words: str | re.Pattern[str]) -> None:
        """Wait until the page tells its reader this."""
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            self.troubles.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _asked(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _failed(self, request: Request) -> None:
        left = request.url.startswith(f"{self.site.url}/static/") or "/live?" in request.url
        left = left or "/basket?" in request.url or request.is_navigation_request()
        if request.failure == "net::ERR_ABORTED" and left:
            return  # the person left the page before it came, or while it listened
        self.troubles.append(f"failed request: {request.method} {request.url} {request.failure}")


def deafen(window: Window) -> None:
    """Let the window hear nothing of what happens elsewhere, as when the news of it is still on its way."""
    window.page.route(re.compile(r"/live\?"), lambda route: route.abort())
    for trouble in ("/live?", "ERR_FAILED", "Failed to fetch"):
        window.allow(trouble)
