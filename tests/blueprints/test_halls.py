"""How a hall comes to a page: whole or as an overview, with little asked of the database and packed on its way."""

import re

from tests.asked import statements_asked
from tests.blueprints.reading import form_to, seat
from tests.scenes import Scene
from webapp.services import seating, shows
from webapp.services.demo.stadium import stadium_plan
from webapp.services.plans.plan import Accessibility, PlanCategory


def test_the_geometry_of_a_plan_never_changes_under_its_address(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="A1-A3")
    address = stylesheet(scene.browser().get(f"/shows/{show.id}").text)
    for who in (scene.browser(), scene.browser(organizer)):
        response = who.get(address)
        assert (response.status_code, response.mimetype) == (200, "text/css")
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Cookie" not in response.vary
        assert len(re.findall(r"#seat-\d+\{--x:[\d.]+;--y:[\d.]+\}", response.text)) == 3
    scene.client(organizer).post(f"/shows/{show.id}/seats", {"seat_numbers": [{"seat_number": "B1", "price": 10}]})
    newer = stylesheet(scene.browser().get(f"/shows/{show.id}").text)
    assert newer != address
    passed = scene.browser().get(re.sub(r"plan/\d+/", "plan/99/", newer))
    assert passed.headers["Cache-Control"] == "no-store", "of a version yet to come nobody knows"
    assert scene.browser().get(newer.replace("all.css", "balcony.css")).status_code == 404


def test_a_page_asks_the_database_little_however_many_seats_there_are(scene: Scene) -> None:
    buyer, show = scene.user(), scene.show(seats="A1-A400")
    browser = scene.browser(buyer)
    browser.get(f"/shows/{show.id}")
    with statements_asked() as asked:
        page = browser.get(f"/shows/{show.id}")
    assert page.text.count('class="seat" id=') == 400
    assert len(asked) <= 6, asked
    with statements_asked() as asked:
        browser.with_htmx().post(f"/shows/{show.id}/holds", {"seat_ids": int(first_seat(page.text))})
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert len(asked) <= 6, asked


def test_no_hall_is_kept_with_the_links_of_another_path(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    seating.add_plan(organizer, show.id, stadium_plan(3_000))
    asked = {"path": f"/shows/{show.id}", "headers": {"Accept": "text/html"}}
    below = scene.app.test_client().get(**asked, environ_overrides={"SCRIPT_NAME": "/tickets"})
    above = scene.app.test_client().get(**asked)
    assert f'href="/tickets/shows/{show.id}/sections/' in below.text
    assert "/tickets" not in above.text, "what one request was reached by is no link of the next one"


def test_a_large_hall_is_an_overview_of_its_sections_and_each_has_a_page(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer, seats="")
    seating.add_plan(organizer, show.id, stadium_plan(3_000))
    overview = scene.browser(buyer).get(f"/shows/{show.id}")
    assert '<button class="seat"' not in overview.text
    slugs = list(dict.fromkeys(re.findall(rf'href="/shows/{show.id}/sections/([^"]+)"', overview.text)))
    counts = dict(re.findall(r'<span data-free-in="([^"]+)">(\d+)</span> of', overview.text))
    assert list(counts) == slugs, "as a drawing and as a list"
    assert sum(map(int, counts.values())) == 3_000
    part = scene.browser(buyer).get(f"/shows/{show.id}/sections/{slugs[0]}")
    seats = re.findall(r'<button class="seat" id="seat-(\d+)"', part.text)
    assert len(seats) == int(counts[slugs[0]])
    browser = scene.browser(buyer)
    form = form_to(browser.get(f"/shows/{show.id}/sections/{slugs[0]}"), f"/shows/{show.id}/holds")
    held = browser.flask.post(form.action, data={**form.values, "seat_ids": seats[0]}, headers={"Accept": "text/html"})
    assert held.location == f"/shows/{show.id}/sections/{slugs[0]}#seat-{seats[0]}"
    overview = scene.browser().get(f"/shows/{show.id}")
    assert f'<span data-free-in="{slugs[0]}">{len(seats) - 1}</span> of {len(seats)}' in overview.text
    assert scene.browser().get(f"/shows/{show.id}/sections/nowhere").status_code == 404
    assert scene.client().get(f"/shows/{show.id}/sections/{slugs[0]}").status_code == 404


def test_several_seats_can_be_chosen_without_scripts_as_long_as_they_are_sold(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="A1-A3")
    [held] = scene.hold(scene.user(), show, "A2")
    page = scene.browser().get(f"/shows/{show.id}?several=1").text
    assert len(re.findall(r'<input type="checkbox" name="seat_ids"', page)) == 2
    assert 'data-availability="held"' in seat(page, held.seat_id)
    shows.cancel(organizer, show.id)
    assert 'type="checkbox" name="seat_ids"' not in scene.browser().get(f"/shows/{show.id}?several=1").text


def test_accessible_seats_say_so_and_are_looked_for(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    kinds: list[Accessibility | None] = ["wheelchair", "companion", None]
    seats = [
        seating.labelled_seat(f"A{number}", category="Stalls", accessibility=kind, step_free=True)
        for number, kind in enumerate(kinds, start=1)
    ]
    seating.add_seats(organizer, show.id, seats, [PlanCategory(name="Stalls", price=4500)])
    page = scene.browser().get(f"/shows/{show.id}").text
    assert 'aria-label="row A, seat 1, wheelchair space, step-free, 45.00 EUR, available"' in page
    assert 'aria-label="row A, seat 2, companion seat, step-free, 45.00 EUR, available"' in page
    assert 'id="only-accessible"' in page
    assert 'id="only-step-free"' in page
    assert 'id="only-accessible"' not in scene.browser().get(f"/shows/{scene.show().id}").text


def test_pages_are_packed_for_those_who_can_unpack_them(scene: Scene) -> None:
    show = scene.show(seats="A1-A100")
    client = scene.app.test_client()
    plain = client.get(f"/shows/{show.id}", headers={"Accept": "text/html"})
    for algorithm in ("zstd", "br", "gzip"):
        packed = client.get(f"/shows/{show.id}", headers={"Accept": "text/html", "Accept-Encoding": algorithm})
        assert packed.headers["Content-Encoding"] == algorithm
        assert len(packed.data) < len(plain.data) / 3
        assert "Accept-Encoding" in packed.vary


def stylesheet(page: str) -> str:
    """Where the page has the places of its seats from."""
    [found] = re.findall(r'href="(/shows/\d+/plan/\d+/[^"]+\.css\?[0-9a-f]{8})"', page)
    return str(found)


def first_seat(page: str) -> str:
    """The id of the first seat of the page."""
    return str(re.findall(r'id="seat-(\d+)"', page)[0])
