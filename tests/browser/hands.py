"""The ways to use a page: with a mouse, or with the keyboard alone."""

from typing import Protocol

from playwright.sync_api import Locator

# What a seat is pressed by, or ticked.
SEAT = ":is(button.seat, .seat input)"


class Hands(Protocol):
    """What a person can do to a page."""

    def press(self, button: Locator) -> None:
        """Press a button, or follow a link."""

    def write(self, text: str, field: Locator) -> None:
        """Type into a field."""


class Mouse:
    """Someone who points."""

    def press(self, button: Locator) -> None:
        button.click()

    def write(self, text: str, field: Locator) -> None:
        field.fill(text)


class Keyboard:
    """Someone who has the Tab, Enter, Space and arrow keys, and letters."""

    def press(self, button: Locator) -> None:
        if button.evaluate(f"element => element.matches('{SEAT}')"):
            self._walk_to(button)
        else:
            self._tab_to(button)
        is_link = button.evaluate("element => element.localName") == "a"
        button.page.keyboard.press("Enter" if is_link else "Space")

    def write(self, text: str, field: Locator) -> None:
        self._tab_to(field)
        field.page.keyboard.type(text)

    def _walk_to(self, seat: Locator) -> None:
        """To the map, which is one stop of the Tab key, and along its row; without scripts each seat is a stop."""
        self._tab_to(seat.page.locator(f"{SEAT}[tabindex='0'], {SEAT}:not([tabindex])").first)
        seat.page.keyboard.press("Home")
        for _ in range(80):
            if has_focus(seat):
                return
            seat.page.keyboard.press("ArrowRight")
        raise AssertionError(f"the arrow keys do not lead to {seat}")

    def _tab_to(self, wanted: Locator) -> None:
        wanted.wait_for()
        for _ in range(80):
            if has_focus(wanted):
                return
            wanted.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not lead to {wanted}")


def has_focus(element: Locator) -> bool:
    """Whether keys go to this element."""
    return bool(element.evaluate("element => element === document.activeElement"))
