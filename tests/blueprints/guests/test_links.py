"""A basket that is carried to another device."""

from datetime import UTC, datetime, timedelta

from tests.blueprints.guests.cast import (
    ADA,
    confirm,
    guest_with,
    link_in,
    owners,
    reservations_of,
)
from tests.blueprints.reading import words
from tests.scenes import Scene
from webapp.services.baskets import BasketLink, token_of


def test_a_link_carries_the_basket_to_another_device_and_signs_in_nowhere(scene: Scene) -> None:
    show = scene.show()
    here, there = guest_with(scene, show, "A1", "A2"), scene.browser()
    link = link_in(here.get(f"/shows/{show.id}"))
    page = there.get(link)
    assert "Continue here with these 2 seats" in words(page)
    assert "Release" not in words(there.get(f"/shows/{show.id}")), "looking at a link takes nothing"
    there.get(link)
    assert there.post(link).location == f"/shows/{show.id}"
    assert "Confirm all 2 seats" in words(there.get(f"/shows/{show.id}"))
    assert there.get(link).location == f"/shows/{show.id}", "twice is told, not refused"
    code = here.flask.get(f"{link}/code.svg")
    assert code.mimetype == "image/svg+xml"
    assert b"style=" not in code.data
    confirm(scene, show, there, **ADA)
    assert owners(scene) == [("ada@example.com", "CONFIRMED")] * 2
    assert here.get("/account").status_code == 303, "the first device is nobody now"
    gone = here.get(link)
    assert gone.status_code == 409
    assert "confirmed, or in an account by now" in words(gone)


def test_a_link_that_is_forged_or_over_is_refused_with_a_sentence(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    link = link_in(browser.get(f"/shows/{show.id}"))
    for forged in (link[:-1], link[:-4] + "AAAA", "/baskets/x", "/baskets/WzEsMSwxXQ.abc"):
        page = scene.browser().get(forged)
        assert page.status_code == 404
        assert "This link to a basket is not complete" in words(page)
    scene.lapse(*reservations_of(scene))
    over = scene.browser().get(link)
    assert over.status_code == 409
    assert "The time of this basket is over" in words(over)


def test_a_link_opened_where_somebody_is_signed_in_brings_the_seats_into_the_account(scene: Scene) -> None:
    show, user = scene.show(), scene.user()
    link = link_in(guest_with(scene, show, "A1").get(f"/shows/{show.id}"))
    there = scene.browser(user)
    there.get(link)
    there.post(link)
    assert owners(scene) == [(user.email, "HELD")]


def test_a_link_says_nothing_of_the_next_basket(scene: Scene) -> None:
    show = scene.show()
    guest_with(scene, show, "A1")
    [guest] = scene.rows("SELECT id, token_version FROM users WHERE is_guest")
    for ended, status in ((timedelta(minutes=1), 200), (timedelta(0), 409)):
        link = BasketLink(guest["id"], guest["token_version"], show.id, datetime.now(UTC) + ended)
        token = token_of(link, key=scene.app.config["SECRET_KEY"])
        assert scene.browser().get(f"/baskets/{token}").status_code == status
