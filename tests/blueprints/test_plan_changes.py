"""A show's plan is changed at a page: the difference is shown first, and done on confirmation, all of it or nothing."""

import pytest
from werkzeug.test import TestResponse

from tests.blueprints.reading import form_to, notices, words
from tests.scenes import Browser, Scene
from tests.services.plan_changes.plans import keep, plan_of, seat
from webapp.services import reservations, seat_maps, seating, shows
from webapp.services.asker import Asker
from webapp.services.shows import Show


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga")


@pytest.fixture
def organizer(scene: Scene, olga: Asker) -> Browser:
    browser = scene.browser(olga)
    browser.get("/organizer/")
    return browser


@pytest.fixture
def show(scene: Scene, olga: Asker) -> Show:
    """A show with the seats A1 to A3 in the stalls."""
    return scene.show(olga, seats="A1-A3")


def path_of(show: Show) -> str:
    return f"/organizer/shows/{show.id}/plan"


def look(organizer: Browser, show: Show, version_id: int) -> TestResponse:
    """The page with the difference."""
    return organizer.get(f"{path_of(show)}?version={version_id}")


def confirm(organizer: Browser, show: Show, page: TestResponse, **typed: str) -> TestResponse:
    """Send the form of the page with the difference."""
    change = f"{path_of(show)}/change"
    return organizer.post(change, {**form_to(page, change).values, **typed})


def numbers(show: Show) -> list[str]:
    return [one.seat_number for one in seating.seats_of(show.id)]


def test_the_plans_of_ones_venues_are_offered(organizer: Browser, olga: Asker, show: Show) -> None:
    version_id = keep(olga, plan_of("A1"))
    page = organizer.get(path_of(show))
    assert "The show has 3 seats of its own." in words(page)
    assert f'href="{path_of(show)}?version={version_id}"' in page.text


def test_the_difference_is_counted_drawn_and_listed_before_it_is_confirmed(
    organizer: Browser, olga: Asker, show: Show
) -> None:
    version_id = keep(olga, plan_of(seat("A1", section=None, category="Stalls"), seat("A2", category="Stalls"), "A4"))
    page = look(organizer, show, version_id)
    assert "added 1 removed 1 called otherwise 1" in words(page)
    assert page.text.count('data-mark="added"><rect') == page.text.count('data-mark="removed"><rect') == 1
    assert page.text.count('data-mark="renumbered"><rect') == 2  # before and after
    assert numbers(show) == ["A1", "A2", "A3"]
    done = confirm(organizer, show, page, **{"price-1": "12.50"})
    assert done.location == f"/organizer/shows/{show.id}"
    assert notices(organizer.get(done.location)) == [
        ("success", "The show has its new plan: 1 added, 1 removed, 1 called otherwise.")
    ]
    assert numbers(show) == ["A1", "A2", "A4"]
    assert {one.name: one.price for one in seat_maps.categories_of(show.id)} == {"Stalls": 4500, "Gold": 1250}


@pytest.mark.parametrize("typed", ["", "a lot"])
def test_a_new_category_needs_a_price_and_what_was_typed_stays(
    organizer: Browser, olga: Asker, show: Show, typed: str
) -> None:
    page = look(organizer, show, keep(olga, plan_of("A1", "A2", "A3", "A4")))
    response = confirm(organizer, show, page, **{"price-1": typed})
    form = form_to(response, f"{path_of(show)}/change")
    assert response.status_code == 422
    assert (list(form.errors), form.values["price-1"]) == (["price-1"], typed)
    assert numbers(show) == ["A1", "A2", "A3"]


def test_sold_seats_that_the_plan_lacks_are_named_with_their_buyers_and_a_way_to_move_them(
    scene: Scene, organizer: Browser, olga: Asker, show: Show
) -> None:
    buyer = scene.user("Bruno Buyer")
    [sold] = scene.hold(buyer, show, "A3")
    reservations.confirm(buyer, sold.id)
    page = look(organizer, show, keep(olga, plan_of(*(seat(one, category="Stalls") for one in ("A1", "A2")))))
    assert "1 seat that somebody has" in words(page)
    assert f"A3 Bruno Buyer {buyer.email} bought Move to another seat" in words(page)
    assert f'href="/organizer/shows/{show.id}/reservations/{sold.id}"' in page.text
    assert "Change the plan" not in page.text


def test_a_seat_that_is_bought_while_one_looks_is_not_removed(
    scene: Scene, organizer: Browser, olga: Asker, show: Show
) -> None:
    page = look(organizer, show, keep(olga, plan_of(*(seat(one, category="Stalls") for one in ("A1", "A2")))))
    scene.hold(scene.user("Bruno Buyer"), show, "A3")
    response = confirm(organizer, show, page)
    assert response.status_code == 409
    assert "A3 Bruno Buyer" in words(response)
    assert numbers(show) == ["A1", "A2", "A3"]


def test_a_difference_that_is_outdated_is_shown_anew(organizer: Browser, olga: Asker, show: Show) -> None:
    page = look(organizer, show, keep(olga, plan_of(seat("A1", category="Stalls"))))
    seating.add_seats(olga, show.id, [seating.labelled_seat("A9", category="Stalls")])
    response = confirm(organizer, show, page)
    assert response.status_code == 409
    assert "This show was changed while you looked" in words(response)
    assert "removed 3" in words(response)
    assert confirm(organizer, show, response).status_code == 303
    assert numbers(show) == ["A1"]


def test_a_show_without_seats_takes_all_of_a_plan(scene: Scene, organizer: Browser, olga: Asker) -> None:
    show = scene.show(olga, seats="")
    page = look(organizer, show, keep(olga, plan_of("A1", "A2")))
    assert "The show gets its seats" in words(page)
    confirm(organizer, show, page, **{"price-1": "30"})
    assert (numbers(show), shows.one(show.id).price_from) == (["A1", "A2"], 3000)
    assert "The seats are from Concert, version 1 (Town Hall)." in words(organizer.get(path_of(show)))


def test_a_cancelled_show_keeps_its_plan(organizer: Browser, olga: Asker, show: Show) -> None:
    version_id = keep(olga, plan_of("A1"))
    shows.cancel(olga, show.id)
    for page in (organizer.get(path_of(show)), look(organizer, show, version_id)):
        assert "Its plan stays as it is." in words(page)
        assert "Change the plan" not in page.text
