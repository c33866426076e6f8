"""The pages of operators, which to anybody else are not there."""

import re

import pytest

from tests.blueprints.reading import words
from tests.scenes import Browser, Scene
from webapp.services import shows

HOSTILE = "<img src=x onerror=alert(1)>\"'{{7*7}}"
PAGES = ("/admin/", "/admin/shows", "/admin/accounts", "/admin/acts")


@pytest.fixture
def admin(scene: Scene) -> Browser:
    """An admin's browser."""
    return scene.browser(scene.admin("Ada"))


@pytest.mark.parametrize("path", PAGES)
def test_to_anybody_else_there_is_what_there_is_at_any_wrong_address(scene: Scene, path: str) -> None:
    for browser in (Browser(scene.app.test_client()), scene.browser(scene.user("Olga"))):
        found, wrong = (browser.get(address) for address in (path, "/nothing"))
        assert found.status_code == wrong.status_code == 404
        assert words(found) == words(wrong)
    for client in (scene.client(), scene.client(scene.user()), scene.client(scene.admin())):
        found, wrong = (client.flask.get(address, headers=client._headers()) for address in (path, "/nothing"))
        differs = {"instance", "request_id"}
        assert {name: said for name, said in found.json.items() if name not in differs} == {
            name: said for name, said in wrong.json.items() if name not in differs
        }


def test_the_way_there_is_in_the_masthead_of_admins_alone(scene: Scene, admin: Browser) -> None:
    assert 'href="/admin/"' in admin.get("/shows/").text
    assert "/admin" not in scene.browser(scene.user()).get("/shows/").text


def test_an_admin_finds_a_draft_and_opens_it(scene: Scene, admin: Browser) -> None:
    show = scene.show(scene.user("Olga"), title="Lear", seats="")
    scene.show(title="Hamlet", seats="")
    scene.unpublish(show)
    page = admin.get("/admin/shows?q=lear")
    assert "Hamlet" not in words(page)
    assert "The Lantern Olga draft" in words(page)
    assert f'href="/organizer/shows/{show.id}"' in page.text
    assert admin.get(f"/organizer/shows/{show.id}").status_code == 200
    assert "No show like that." in words(admin.get("/admin/shows?q=%25"))


def test_lists_go_on_where_they_end_with_what_was_searched(scene: Scene, admin: Browser) -> None:
    organizer = scene.user("Olga")
    for number in range(53):
        scene.show(organizer, title=f"Evening & more {number}", seats="")
    scene.show(organizer, title="Something else", seats="")
    first = admin.get("/admin/shows?q=Evening+%26")
    older = re.search(r'href="(/admin/shows\?[^"]+)">Older', first.text)
    assert older
    second = admin.get(older[1].replace("&amp;", "&"))
    assert [page.text.count('<th scope="row">') for page in (first, second)] == [50, 3]
    assert "Older" not in words(second)
    assert "Something else" not in words(first) + words(second)


def test_an_account_is_found_by_its_address(scene: Scene, admin: Browser) -> None:
    olga = scene.user("Olga")
    scene.show(olga, seats="")
    page = admin.get(f"/admin/accounts?q={olga.email}")
    assert re.search(rf"Olga {re.escape(olga.email or '')} \w+ .* 1 ", words(page))
    assert "Ada" not in words(page).partition("Find an account")[2]


def test_the_overview_says_whether_lapsed_holds_are_marked(scene: Scene, admin: Browser) -> None:
    assert "Lapsed holds are marked in time." in words(admin.get("/admin/"))
    scene.lapse(*scene.hold(scene.user(), scene.show(), "A1"))
    assert "the sweeper stands still" in words(admin.get("/admin/"))


def test_what_admins_did_is_told_with_a_way_to_the_show(scene: Scene, admin: Browser) -> None:
    show = scene.show(title="Lear", seats="A1")
    admin.get(f"/organizer/shows/{show.id}")
    admin.post(f"/organizer/shows/{show.id}/seats", {"labels": "B1"})
    for path in ("/admin/", "/admin/acts"):
        page = admin.get(path)
        assert "Ada added seat B1: Lear" in words(page)
        assert f'href="/organizer/shows/{show.id}/people/"' in page.text


def test_hostile_names_and_searches_stay_words(scene: Scene, admin: Browser) -> None:
    organizer = scene.user(HOSTILE)
    show = scene.show(organizer, title=HOSTILE, seats="")
    ada = scene.admin(HOSTILE)
    shows.change(ada, show.id, 1, lonely_seats="warn")
    for path in PAGES:
        page = admin.get(path)
        assert page.status_code == 200
        assert "<img src=x" not in page.text
    page = admin.get("/admin/shows?q=%3Cimg+src%3Dx")
    assert 'value="&lt;img src=x"' in page.text


@pytest.mark.parametrize("query", ["before=0", "before=99999999999", "before=x", "q=%00", "q=" + "x" * 201])
def test_a_question_that_cannot_be_is_refused(scene: Scene, admin: Browser, query: str) -> None:
    for path in ("/admin/shows", "/admin/accounts"):
        assert admin.get(f"{path}?{query}").status_code == 422
