"""What a client has already is not told again, and what has changed always is."""

import pytest
from werkzeug.test import TestResponse

from tests.asked import statements_asked
from tests.scenes import Scene
from tests.v1.shapes import refused
from webapp.services import shows
from webapp.services.seat_maps import changes
from webapp.services.seat_maps.standing import Cursor

KINDS = ["", "/seats", "/availability"]


def asked(scene: Scene, path: str, known: str | None = None, **headers: str) -> TestResponse:
    """The answer to a client that has what this ETag stood for."""
    return scene.client().get(path, {**({"If-None-Match": known} if known else {}), **headers})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("packed", ["identity", "gzip"])
def test_a_client_is_not_told_again_what_it_has_and_one_read_decides(scene: Scene, kind: str, packed: str) -> None:
    show = scene.show(seats="A1-A30", title="The Tempest, or the Enchanted Island")
    path = f"/shows/{show.id}{kind}"
    first = asked(scene, path, **{"Accept-Encoding": packed})
    assert first.status_code == 200
    tag = first.headers["ETag"]
    assert (packed != "identity") == tag.endswith(f':{packed}"')
    for known in (tag, f"W/{tag}", f'"something else", {tag}'):
        with statements_asked() as found:
            again = asked(scene, path, known, **{"Accept-Encoding": packed})
        assert (again.status_code, again.data, len(found)) == (304, b"", 1)
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == "private, no-cache"
        assert "Accept" in again.headers["Vary"]
    for unknown in ('"something else"', ",", " ", "W/", '"', f'"{tag[1:-9]}"'):
        assert asked(scene, path, unknown).status_code == 200
    assert asked(scene, path, "*").status_code == 304


def test_each_answer_has_a_tag_of_its_own(scene: Scene) -> None:
    """The seats of one filter, or one page, say nothing of those of another."""
    show, other = scene.show(), scene.show()
    asked_for = [
        *(f"/shows/{one.id}{kind}" for one in (show, other) for kind in KINDS),
        f"/shows/{show.id}/availability?limit=2",
        f"/shows/{show.id}/availability?status=HELD",
        f"/shows/{show.id}/seats?limit=2",
    ]
    tags = [asked(scene, path).headers["ETag"] for path in asked_for]
    for path, own in zip(asked_for, tags, strict=True):
        assert [asked(scene, path, tag).status_code for tag in tags] == [304 if tag == own else 200 for tag in tags]
    assert asked(scene, f"/shows/{show.id}/availability?colour=red", tags[2]).status_code == 422


def test_many_pages_are_kept_until_a_seat_changes_and_no_longer(scene: Scene) -> None:
    show = scene.show(seats="A1-A9")
    pages, path = [], f"/shows/{show.id}/availability?limit=3"
    while path:
        answer = asked(scene, path)
        pages.append((path, answer.headers["ETag"]))
        path = answer.headers.get("Link", "").partition(">")[0].removeprefix("</v1")
    assert len(pages) == 4
    assert [asked(scene, *page).status_code for page in pages] == [304] * 4
    scene.hold(scene.user(), show, "A1")
    assert [asked(scene, *page).status_code for page in pages] == [200] * 4


def test_holds_are_news_of_a_show_and_its_availability_and_not_of_its_seats(scene: Scene) -> None:
    show = scene.show()
    tags = {kind: asked(scene, f"/shows/{show.id}{kind}").headers["ETag"] for kind in KINDS}
    [held] = scene.hold(scene.user(), show, "A1")
    assert [asked(scene, f"/shows/{show.id}{kind}", tags[kind]).status_code for kind in KINDS] == [200, 304, 200]
    tags = {kind: asked(scene, f"/shows/{show.id}{kind}").headers["ETag"] for kind in KINDS}
    scene.lapse(held)
    assert [asked(scene, f"/shows/{show.id}{kind}", tags[kind]).status_code for kind in KINDS] == [200, 304, 200]


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_draft_strangers_learn_nothing_with_a_tag_of_before(scene: Scene, kind: str) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    path = f"/shows/{show.id}{kind}"
    tag = asked(scene, path).headers["ETag"]
    shows.unpublish(organizer, show.id)
    for known in (tag, "*"):
        refused(asked(scene, path, known), 404, "not-found")
        refused(scene.client(scene.user()).get(path, {"If-None-Match": known}), 404, "not-found")
    own = scene.client(organizer).get(path, {"If-None-Match": tag})
    assert own.status_code == (200 if kind == "" else 304)


def test_availability_names_where_its_changes_are_told(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    for path, mount in ((f"/v1/shows/{show.id}/availability?limit=2", "/v1"), (f"/shows/{show.id}/availability", "")):
        path, _, since = scene.app.test_client().get(path).headers["Changes"].partition("?since=")
        assert path == f"{mount}/shows/{show.id}/changes"
        [held] = scene.hold(buyer, show, "A3")
        assert b'"A3"' in changes(show.id, None, Cursor.read(since)).seats
        scene.client(buyer).post(f"/reservations/{held.id}/release")


def test_a_page_has_no_tag(scene: Scene) -> None:
    show = scene.show()
    assert "ETag" not in scene.browser().get(f"/shows/{show.id}").headers
