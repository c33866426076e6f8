"""The organizer at the desk."""

import pytest

from tests.scenes import Browser, Scene

EVENSONG = {
    "title": "Evensong",
    "venue": "Town Hall",
    "starts_at": "2027-05-01T19:30",
    "timezone": "Europe/Helsinki",
    "currency": "EUR",
    "seat_limit": "4",
}


@pytest.fixture
def organizer(scene: Scene) -> Browser:
    """An organizer's browser, open at the desk."""
    browser = scene.browser(scene.user("Olga"))
    browser.get("/organizer/")
    return browser


@pytest.fixture
def desk(scene: Scene, organizer: Browser) -> str:
    """The path of a new show without seats, published."""
    response = organizer.post("/organizer/shows/new", EVENSONG)
    assert response.status_code == 303
    assert organizer.post(f"{response.location}/publish").status_code == 303
    organizer.get("/organizer/")
    return str(response.location)
