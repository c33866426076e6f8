"""My seats: what a buyer has, had, and can still do with it."""

import pytest

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Scene
from webapp.services import shows


def test_a_buyer_sees_everything_they_have_and_had(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show, cancelled = scene.show(organizer, title="The Tempest"), scene.show(organizer, title="Macbeth")
    held, bought, released, lapsed = scene.hold(buyer, show, "A1", "A2", "A3", "A4")
    client = scene.client(buyer)
    client.post(f"/reservations/{bought.id}/confirm")
    client.post(f"/reservations/{released.id}/release")
    scene.lapse(lapsed)
    scene.hold(buyer, cancelled, "A1")
    shows.cancel(organizer, cancelled.id)
    page = scene.browser(buyer).get("/reservations/")
    assert page.status_code == 200
    text = words(page)
    assert "The Tempest" in text
    assert "Macbeth" in text
    assert "This show was cancelled." in text
    assert f'action="/reservations/{held.id}/confirm"' in page.text
    for over in (bought, released, lapsed):
        assert f'action="/reservations/{over.id}/confirm"' not in page.text
    assert [page.text.count(f'data-status="{status}"') >= 1 for status in ("HELD", "CONFIRMED", "EXPIRED")] == [
        True
    ] * 3


def test_a_buyer_without_seats_is_shown_the_way_to_them(scene: Scene) -> None:
    page = scene.browser(scene.user()).get("/reservations/")
    assert "No seats yet" in words(page)
    assert 'href="/shows/"' in page.text


@pytest.mark.parametrize(
    ("verb", "status", "told"),
    [("confirm", "CONFIRMED", "Seat A1 is yours."), ("release", "CANCELLED", "Seat A1 was released.")],
)
def test_one_reservation_goes_on_from_its_own_page(scene: Scene, verb: str, status: str, told: str) -> None:
    show, buyer = scene.show(), scene.user()
    held, browser = scene.hold(buyer, show, "A1")[0], scene.browser(buyer)
    page = browser.get(f"/reservations/{held.id}")
    form = form_to(page, f"/reservations/{held.id}/confirm")
    assert form.values["next"] == f"/reservations/{held.id}"
    assert f'formaction="/reservations/{held.id}/release"' in page.text
    response = browser.post(f"/reservations/{held.id}/{verb}", form.values)
    assert scene.statuses(show) == {"A1": [status]}
    assert (response.status_code, response.location) == (303, f"/reservations/{held.id}")
    page = browser.get(response.location)
    assert notices(page) == [("success", told)]
    assert f'data-status="{status}"' in page.text
    assert "/confirm" not in page.text


def test_a_form_without_a_way_back_leads_to_the_reservation(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held, browser = scene.hold(buyer, show, "A1")[0], scene.browser(buyer)
    response = browser.post(f"/reservations/{held.id}/confirm")
    assert (response.status_code, response.location) == (303, f"/reservations/{held.id}")


def test_a_refusal_is_told_on_the_page_the_form_came_from(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held, browser = scene.hold(buyer, show, "A1")[0], scene.browser(buyer)
    scene.lapse(held)
    response = browser.post(f"/reservations/{held.id}/confirm", {"next": "/reservations/"})
    assert scene.statuses(show) == {"A1": ["EXPIRED"]}
    assert (response.status_code, response.location) == (303, "/reservations/")
    (kind, sentence), *others = notices(browser.get("/reservations/"))
    assert (kind, others) == ("refusal", [])
    assert sentence.startswith("Your hold on seat A1 ended")


def test_a_refusal_of_a_form_that_names_no_page_has_a_page_of_its_own(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    held = scene.hold(buyer, show, "A1")[0]
    scene.lapse(held)
    page = scene.browser(buyer).post(f"/reservations/{held.id}/confirm")
    assert page.status_code == 409
    assert "Hold expired" in words(page)
    assert "Your hold on seat A1 ended" in words(page)
