"""Who is to let others go first is told so on the page, until when, and what can be had at once instead."""

from collections.abc import Iterator

import pytest

from tests.blueprints.reading import notices, partials, seat
from tests.conftest import app_on
from tests.postgres import Database
from tests.scenes import Scene
from tests.services.fairness.waits import STEP, come_back, had, told_to_wait
from webapp.extensions import db


@pytest.fixture
def fair_scene(database: Database) -> Iterator[Scene]:
    """A scene whose application has the rule of others first, with long waits."""
    app = app_on(database, OTHERS_FIRST=str(STEP * 1000))
    with app.app_context():
        yield Scene(app, database)
        db.engine.dispose()


def test_the_page_says_what_to_do_and_offers_seats_that_need_no_wait(fair_scene: Scene) -> None:
    show, buyer = fair_scene.show(), fair_scene.user()
    had(fair_scene, show, buyer, "A1")
    come_back(fair_scene, show, "A4")
    [asked] = told_to_wait(fair_scene, show, buyer, "A4").facts["seats"]
    path, form = f"/shows/{show.id}/holds", {"seat_ids": asked["seat_id"]}
    answer = fair_scene.browser(buyer).with_htmx().post(path, form)
    assert answer.status_code == 409
    assert 1 <= int(answer.headers["Retry-After"]) <= STEP
    assert partials(answer)[0] == f"#seat-{asked['seat_id']}"
    assert 'data-availability="available"' in seat(answer.text, asked["seat_id"])
    [(kind, sentence)] = notices(answer)
    assert kind == "refusal"
    assert sentence.startswith(
        "Seat A4 has just come back. You have had such seats already, so it is for others first."
    )
    assert "row A, seat 3" in answer.text
    page = fair_scene.browser(buyer).post(path, form)
    assert page.status_code == 409
    assert "it is for others first" in page.text
    assert fair_scene.statuses(show)["A4"] == ["CANCELLED"]
