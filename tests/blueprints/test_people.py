"""The page of those who run a show, and the link that lets a colleague in."""

import csv
import io
import re

import pytest

from tests.blueprints.reading import notices, words
from tests.scenes import Browser, Scene
from webapp.services import acts, managers, shows
from webapp.services.asker import Asker
from webapp.services.shows import Show

HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}=cmd|x"


@pytest.fixture
def olga(scene: Scene) -> Asker:
    """An organizer."""
    return scene.user("Olga")


@pytest.fixture
def show(scene: Scene, olga: Asker) -> Show:
    """Her show."""
    return scene.show(olga)


@pytest.fixture
def organizer(scene: Scene, olga: Asker, show: Show) -> Browser:
    """Her browser, open at the people of the show."""
    browser = scene.browser(olga)
    assert browser.get(f"/organizer/shows/{show.id}/people").status_code == 200
    return browser


def invite(browser: Browser, show: Show, name: str = "Mona, box office") -> str:
    """Make an invitation; the path of its link."""
    response = browser.post(f"/organizer/shows/{show.id}/people/invitations", {"name": name})
    assert response.location == f"/organizer/shows/{show.id}/people/#new-invitation"
    found = re.search(r"http://localhost(/invitations/[\w-]{43})<", browser.get(response.location).text)
    assert found
    return found[1]


def test_the_link_of_an_invitation_is_shown_once_with_its_picture(organizer: Browser, show: Show) -> None:
    response = organizer.post(f"/organizer/shows/{show.id}/people/invitations", {"name": " Mona, box office "})
    first, second = (organizer.get(response.location) for _ in range(2))
    assert ("success", "The invitation for Mona, box office is made. Now pass it on.") in notices(first)
    assert len(re.findall(r"http://localhost/invitations/[\w-]{43}", first.text)) == 2
    assert 'src="data:image/svg+xml' in first.text
    assert "/invitations/" not in re.sub(r"/people/invitations", "", second.text)
    assert "Mona, box office good until" in words(second)


def test_a_colleague_signs_in_accepts_and_is_at_the_desk(scene: Scene, organizer: Browser, show: Show) -> None:
    link = invite(organizer, show)
    mona = scene.user("Mona")
    browser = Browser(scene.app.test_client())
    first = browser.get(link)
    assert (first.status_code, f'href="/sign-in?next={link}"' in first.text) == (200, True)
    browser.sign_in(mona.email)
    assert "Accept as Mona" in words(browser.get(link))
    response = browser.post(f"{link}/accept")
    assert (response.status_code, response.location) == (303, f"/organizer/shows/{show.id}")
    assert managers.role_of(mona, show.id) == "manager"
    desk = browser.get(response.location)
    assert notices(desk) == [("success", "You manage “The Tempest” now: what its organizer can do with it, you can.")]
    assert "You manage this show already." in words(browser.get(link))
    assert browser.post(f"{link}/accept").status_code == 303


def test_who_accepts_without_being_signed_in_signs_in_first_and_comes_back(
    scene: Scene, organizer: Browser, show: Show
) -> None:
    link = invite(organizer, show)
    browser = Browser(scene.app.test_client())
    browser.get("/sign-in")
    response = browser.post(f"{link}/accept")
    assert (response.status_code, response.location) == (303, f"/sign-in?next={link}")


def test_the_organizer_who_opens_the_link_is_told_whom_it_is_for(organizer: Browser, show: Show) -> None:
    link = invite(organizer, show)
    page = organizer.get(link)
    assert "This is your own show. Pass the link on to Mona, box office" in words(page)
    assert f"{link}/accept" not in page.text
    response = organizer.post(f"{link}/accept")
    assert response.status_code == 409
    assert "This is your own show: pass the link on to Mona, box office" in words(response)


def test_a_link_that_is_spent_tells_nothing_of_the_show(scene: Scene, organizer: Browser, show: Show) -> None:
    link = invite(organizer, show)
    scene.unpublish(show)
    late, mona = scene.browser(scene.user("Late")), scene.user()
    assert show.title in words(late.get(link))
    managers.accept(mona, link.rpartition("/")[2])
    for response in (late.get(link), late.post(f"{link}/accept")):
        assert response.status_code == 409
        assert "Somebody has accepted this invitation already" in words(response)
        assert show.title not in response.text
    assert late.get("/invitations/nothing").status_code == 404


def test_an_invitation_is_taken_back_and_a_manager_removed(scene: Scene, organizer: Browser, show: Show) -> None:
    link = invite(organizer, show)
    [row] = scene.rows("SELECT id FROM invitations")
    response = organizer.post(f"/organizer/shows/{show.id}/people/invitations/{row['id']}/revoke")
    assert response.status_code == 303
    page = organizer.get(response.location)
    assert ("success", "The invitation is taken back. Its link leads nowhere now.") in notices(page)
    assert "Take back" not in page.text
    assert scene.browser(scene.user()).get(link).status_code == 409
    manager = scene.manager(show, "Mina")
    response = organizer.post(f"/organizer/shows/{show.id}/people/managers/{manager.id}/remove")
    page = organizer.get(response.location)
    assert ("success", "They manage this show no more.") in notices(page)
    assert "Olga removed Mina as a manager" in words(page)
    assert scene.browser(manager).get(f"/organizer/shows/{show.id}").status_code == 403


def test_a_manager_sees_the_others_but_no_invitations_and_can_leave(
    scene: Scene, organizer: Browser, show: Show
) -> None:
    invite(organizer, show, "A secret colleague")
    manager = scene.manager(show, "Mina")
    browser = scene.browser(manager)
    page = browser.get(f"/organizer/shows/{show.id}/people")
    assert "Olga organizer Mina (you) manager since" in words(page)
    assert "A secret colleague" not in words(page).partition("What was done")[0]
    assert "Invite a colleague" not in page.text
    response = browser.post(f"/organizer/shows/{show.id}/people/managers/{manager.id}/remove")
    assert response.location == "/organizer/"
    assert browser.get(f"/organizer/shows/{show.id}").status_code == 403


def test_a_manager_who_is_removed_is_out_from_the_next_request_on(scene: Scene, olga: Asker, show: Show) -> None:
    manager = scene.manager(show)
    browser = scene.browser(manager)
    browser.get(f"/organizer/shows/{show.id}")
    managers.remove(olga, show.id, manager.id)
    response = browser.post(f"/organizer/shows/{show.id}/seats", {"labels": "Z1"})
    assert response.status_code == 403
    assert scene.rows("SELECT FROM seats WHERE seat_number = 'Z1'") == []


def test_an_admin_is_told_that_what_they_do_is_recorded(scene: Scene, organizer: Browser, show: Show) -> None:
    admin = scene.browser(scene.admin("Ada"))
    told = "You are here as an admin."
    assert told in words(admin.get(f"/organizer/shows/{show.id}"))
    assert told not in words(organizer.get(f"/organizer/shows/{show.id}"))
    admin.post(f"/organizer/shows/{show.id}/seats", {"labels": "Z1"})
    assert "Ada admin added seat Z1" in words(organizer.get(f"/organizer/shows/{show.id}/people"))
    with scene.connected() as connection:
        connection.execute("UPDATE users SET is_admin = false")
    assert admin.get(f"/organizer/shows/{show.id}").status_code == 403


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\u202eb"])
def test_an_invitation_without_a_good_name_is_not_made(scene: Scene, organizer: Browser, show: Show, name: str) -> None:
    response = organizer.post(f"/organizer/shows/{show.id}/people/invitations", {"name": name})
    assert response.status_code == 422
    assert "Whom is it for?" in words(response)
    assert scene.rows("SELECT FROM invitations") == []


def test_hostile_names_stay_words(scene: Scene, organizer: Browser, show: Show) -> None:
    link = invite(organizer, show, HOSTILE)
    for page in (organizer.get(f"/organizer/shows/{show.id}/people"), organizer.get(link)):
        assert "<script>alert" not in page.text
        assert HOSTILE in words(page)


def test_the_acts_are_listed_page_by_page_and_as_a_file(
    scene: Scene, olga: Asker, organizer: Browser, show: Show
) -> None:
    for turn in range(60):
        shows.change(olga, show.id, turn + 1, lonely_seats="off" if turn % 2 else "warn")
    path = f"/organizer/shows/{show.id}/people"
    first = organizer.get(path)
    older = re.search(r'href="(/organizer/[^"]+before=\d+)#acts-title">Older', first.text)
    assert older
    second = organizer.get(older[1])
    assert [page.text.count("changed rule of lonely seats") for page in (first, second)] == [50, 10]
    assert "Older" not in words(second)
    response = organizer.get(f"{path}/acts.csv")
    assert response.mimetype == "text/csv"
    header, *lines = csv.reader(io.StringIO(response.get_data().decode("utf-8-sig")))
    assert header == ["When, at the venue", "Who", "As an admin", "What", "How", "Act"]
    assert len(lines) == 62
    assert lines[0][1:] == [
        "Olga",
        "no",
        "changed rule of lonely seats from warn to off",
        "through the API",
        "change details",
    ]


def test_a_file_of_acts_holds_no_formula(scene: Scene, organizer: Browser, show: Show) -> None:
    with scene.connected() as connection:
        connection.execute("UPDATE users SET name = '=HYPERLINK(1)' WHERE id = %s", (show.organizer_id,))
    response = organizer.get(f"/organizer/shows/{show.id}/people/acts.csv")
    assert {line[1] for line in list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))[1:]} == {
        "'=HYPERLINK(1)"
    }
    assert len(acts.of_show(show.id)) == 2
