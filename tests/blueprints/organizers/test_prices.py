"""Prices through their form: set all or none, only of one's own show, and holds keep theirs."""

from tests.blueprints.reading import form_to, notices
from tests.scenes import Browser, Scene


def test_prices_are_set_and_a_hold_keeps_the_price_it_had(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1-A3", "category": "Stalls", "price": "45"})
    category = scene.rows("SELECT id, show_id FROM categories")[0]
    buyer = scene.user()
    held = scene.client(buyer).post(f"/shows/{category['show_id']}/holds", {"seat_numbers": ["A1"]})
    assert held.status_code == 201
    page = organizer.get(desk)
    form = form_to(page, f"{desk}/prices")
    assert form.values[f"price-{category['id']}"] == "45.00"
    response = organizer.post(f"{desk}/prices", {**form.values, f"price-{category['id']}": "0"})
    assert scene.rows("SELECT price FROM categories") == [{"price": 0}]
    assert scene.rows("SELECT price FROM reservations") == [{"price": 4500}]
    assert (response.status_code, response.location) == (303, desk)
    assert [kind for kind, _ in notices(organizer.get(desk))] == ["success"]


def test_a_price_that_cannot_be_comes_back_at_its_field(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1", "category": "Stalls", "price": "45"})
    organizer.get(desk)
    name = f"price-{scene.rows('SELECT id FROM categories')[0]['id']}"
    page = organizer.post(f"{desk}/prices", {"edition": "1", name: "dear"})
    assert scene.rows("SELECT price FROM categories") == [{"price": 4500}]
    assert page.status_code == 422
    shown = form_to(page, f"{desk}/prices")
    assert shown.errors == {name: ["Must be an amount, such as 45 or 45.50."]}
    assert shown.values[name] == "dear"


def test_a_price_of_another_show_is_not_touched(scene: Scene, organizer: Browser, desk: str) -> None:
    other = scene.show(price=4500)
    category = scene.rows("SELECT id FROM categories WHERE show_id = %s", other.id)[0]["id"]
    organizer.get(desk)
    assert organizer.post(f"{desk}/prices", {"edition": "1", f"price-{category}": "1"}).status_code == 404
    assert scene.rows("SELECT price FROM categories WHERE id = %s", category) == [{"price": 4500}]
