"""Who buys before saying who they are, and what is asked of them."""

import re
from typing import Any

from tests.scenes import PASSWORD, Browser, Scene
from webapp.services import reservations
from webapp.services.asker import Asker
from webapp.services.shows import Show

ADA = {
    "account": "new",
    "name": "Ada",
    "email": "Ada@example.com",
    "phone_number": "+358 40 123 4567",
    "new_password": PASSWORD,
}


def seat_id(scene: Scene, show: Show, number: str) -> int:
    """The id of a seat."""
    found: int = scene.rows("SELECT id FROM seats WHERE show_id = %s AND seat_number = %s", show.id, number)[0]["id"]
    return found


def guest_with(scene: Scene, show: Show, *numbers: str) -> Browser:
    """A stranger's browser that holds these seats, each by a click."""
    browser = scene.browser()
    browser.get(f"/shows/{show.id}")
    for number in numbers:
        held = browser.post(f"/shows/{show.id}/holds", {"seat_ids": seat_id(scene, show, number)})
        assert held.status_code == 303, held.text
    return browser


def confirm(scene: Scene, show: Show, browser: Browser, **typed: str) -> Any:
    """Send the basket's form with these details."""
    held = scene.rows("SELECT id FROM reservations WHERE show_id = %s AND status = 'HELD' ORDER BY id", show.id)
    form = {"reservation_ids": [row["id"] for row in held], "next": f"/shows/{show.id}", **typed}
    return browser.post(f"/shows/{show.id}/basket/confirm", form)


def owners(scene: Scene) -> list[tuple[str | None, str]]:
    """Whose each reservation is, by e-mail, and how it stands."""
    rows = scene.rows(
        "SELECT email, status FROM reservations JOIN users ON users.id = user_id ORDER BY reservations.id"
    )
    return [(row["email"], row["status"]) for row in rows]


def lose_password(scene: Scene) -> None:
    """Let the account be one that never had a password."""
    with scene.connected() as connection:
        connection.execute("UPDATE users SET password = NULL WHERE email = 'ada@example.com'")


def link_in(page: Any) -> str:
    """The path of the link that carries a basket."""
    found = re.search(r'href="http://localhost(/baskets/[^"]+)"', page.text)
    assert found
    return found[1]


def reservations_of(scene: Scene) -> list[reservations.Reservation]:
    """All reservations, for `lapse`."""
    [row] = scene.rows("SELECT user_id FROM reservations LIMIT 1")
    return list(reservations.of_buyer(Asker(row["user_id"], "Guest", None, None, "page", is_guest=True)))
