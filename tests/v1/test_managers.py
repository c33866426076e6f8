"""Who runs a show, and what they did, over v1."""

import pytest

from tests.scenes import Client, Scene
from tests.v1.shapes import ACT, INVITATION, MADE_INVITATION, MANAGER, answered, refused
from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.shows import Show


@pytest.fixture
def organizer(scene: Scene) -> Asker:
    """Olga."""
    return scene.user("Olga")


@pytest.fixture
def olga(scene: Scene, organizer: Asker) -> Client:
    """Her program."""
    return scene.client(organizer)


@pytest.fixture
def show(scene: Scene, organizer: Asker) -> Show:
    """A draft of hers."""
    show = scene.show(organizer)
    scene.unpublish(show)
    return show


def test_a_colleague_is_invited_accepts_and_is_removed(scene: Scene, show: Show, olga: Client) -> None:
    response = olga.post(f"/shows/{show.id}/invitations", {"name": "  Mona, box office "})
    made = answered(response, 201, MADE_INVITATION)
    assert made["name"] == "Mona, box office"
    assert response.headers["Location"] == f"/v1/invitations/{made['token']}"
    assert response.headers["Cache-Control"] == "no-store"
    assert made["link"] == f"http://localhost/invitations/{made['token']}"
    [listed] = answered(olga.get(f"/shows/{show.id}/invitations"), 200, INVITATION)
    assert (listed["id"], listed["state"], listed["inviter"]) == (made["id"], "open", "Olga")
    assert made["token"] not in str(listed)

    mona = scene.client(mona_herself := scene.user("Mona"))
    refused(mona.get(f"/shows/{show.id}/managers"), 404, "not-found")
    seen = answered(scene.client().get(f"/invitations/{made['token']}"), 200, INVITATION)
    assert (seen["title"], seen["show_id"]) == (show.title, show.id)
    accepted = answered(mona.post(f"/invitations/{made['token']}/accept"), 200, INVITATION)
    assert accepted["state"] == "accepted"
    assert answered(mona.post(f"/invitations/{made['token']}/accept"), 200, INVITATION) == accepted
    [manager] = answered(mona.get(f"/shows/{show.id}/managers"), 200, MANAGER)
    assert (manager["user_id"], manager["email"]) == (mona_herself.id, mona_herself.email)

    assert olga.delete(f"/shows/{show.id}/managers/{manager['user_id']}").status_code == 204
    refused(mona.get(f"/shows/{show.id}/managers"), 404, "not-found")
    refused(olga.delete(f"/shows/{show.id}/managers/{manager['user_id']}"), 404, "not-found")


def test_an_invitation_taken_back_or_accepted_is_refused_with_the_reason(
    scene: Scene, show: Show, olga: Client
) -> None:
    first, second = (
        answered(olga.post(f"/shows/{show.id}/invitations", {"name": "M"}), 201, MADE_INVITATION) for _ in "12"
    )
    assert olga.delete(f"/shows/{show.id}/invitations/{first['id']}").status_code == 204
    assert olga.delete(f"/shows/{show.id}/invitations/{first['id']}").status_code == 204
    mona, late = scene.client(scene.user()), scene.client(scene.user())
    for taken_back in (mona.post(f"/invitations/{first['token']}/accept"), mona.get(f"/invitations/{first['token']}")):
        assert refused(taken_back, 409, "invitation-unusable", "reason")["reason"] == "revoked"
    own = olga.post(f"/invitations/{second['token']}/accept")
    assert refused(own, 409, "invitation-unusable", "reason")["reason"] == "yours"
    mona.post(f"/invitations/{second['token']}/accept")
    used = late.post(f"/invitations/{second['token']}/accept")
    assert refused(used, 409, "invitation-unusable", "reason")["reason"] == "accepted"
    assert show.title not in used.text
    refused(late.get("/invitations/nonsense"), 404, "not-found")
    refused(scene.client().post(f"/invitations/{second['token']}/accept"), 401, "not-signed-in")


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": "x" * 201}, {"name": "a\nb"}, {"name": "M", "more": 1}])
def test_an_invitation_says_whom_it_is_for(show: Show, olga: Client, body: dict[str, object]) -> None:
    refused(olga.post(f"/shows/{show.id}/invitations", body), 422, "invalid", "errors")
    assert olga.get(f"/shows/{show.id}/invitations").json == []


def test_what_was_done_is_read_page_by_page(scene: Scene, show: Show, olga: Client) -> None:
    admin = scene.admin("Ada")
    for edition, lonely_seats in enumerate(("warn", "enforce", "off"), start=1):
        shows.change(admin, show.id, edition, lonely_seats=lonely_seats)
    whole = answered(olga.get(f"/shows/{show.id}/acts"), 200, ACT)
    assert [act["act"] for act in whole] == ["change details"] * 3 + ["add seats", "create show"]
    assert [act["as_admin"] for act in whole] == [True] * 3 + [False] * 2
    assert whole[0]["words"].startswith("changed rule of lonely seats from enforce to off")
    assert whole[3]["details"] == {"seats": 10, "from": "A1", "to": "A10"}
    pages, path = [], f"/shows/{show.id}/acts?limit=2"
    while path:
        response = olga.get(path)
        pages.append(answered(response, 200, ACT))
        path = response.headers.get("Link", "").partition(">")[0].removeprefix("</v1")
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [act for page in pages for act in page] == whole
    refused(olga.get(f"/shows/{show.id}/acts?colour=red"), 422, "invalid", "errors")


def test_an_admin_who_is_none_any_more_finds_nothing_from_the_next_request_on(scene: Scene, show: Show) -> None:
    admin = scene.client(scene.admin())
    assert admin.get(f"/shows/{show.id}/acts").status_code == 200
    with scene.connected() as connection:
        connection.execute("UPDATE users SET is_admin = false")
    refused(admin.get(f"/shows/{show.id}/acts"), 404, "not-found")
    refused(admin.post(f"/shows/{show.id}/seats", {"seat_numbers": ["Z1"]}), 404, "not-found")
