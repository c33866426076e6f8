"""An edit may name what it was made from by the show's ETag, and is refused only where the show's details differ."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.pictures import picture_file
from tests.scenes import Client, Scene
from tests.v1.shapes import PROSPECT, SHOW, answered, pointers, refused

PICTURE = {"picture": b64encode(picture_file(64, 40)).decode(), "alt": "A lamp"}
FACTS = ("edition", "changed_by", "changed_at", "changes")
# Each edit as it may be sent: method, path below the show, body.
EDITS: list[tuple[str, str, Mapping[str, Any]]] = [
    ("PATCH", "", {"title": "Cymbeline"}),
    ("POST", "/prices", {"prices": {"Stalls": 5000}}),
    ("POST", "/picture", PICTURE),
]


def edit(client: Client, show_id: int, what: tuple[str, str, Mapping[str, Any]], tag: str | None) -> TestResponse:
    """Send the edit, made from what this ETag names."""
    method, path, body = what
    headers = {"Authorization": f"Bearer {client.token}", **({"If-Match": tag} if tag else {})}
    return client.flask.open(f"/v1/shows/{show_id}{path}", method=method, json=body, headers=headers)


@pytest.mark.parametrize("what", EDITS, ids=lambda what: what[1] or "details")
@pytest.mark.parametrize("packed", ["identity", "gzip"])
def test_seats_that_were_held_meanwhile_stop_no_edit_and_another_edit_does(
    scene: Scene, what: tuple[str, str, Mapping[str, Any]], packed: str
) -> None:
    show = scene.show(organizer := scene.user())
    client = scene.client(organizer)
    tag = client.get(f"/shows/{show.id}", {"Accept-Encoding": packed}).headers["ETag"]
    scene.hold(scene.user(), show, "A1")
    assert client.get(f"/shows/{show.id}", {"If-None-Match": tag}).status_code == 200
    changed = answered(edit(client, show.id, what, tag), 200, SHOW)
    assert changed["edition"] == show.edition + 1
    other = ("PATCH", "", {"title": "Pericles"})
    told = refused(edit(client, show.id, other, tag), 412, "precondition-failed", *FACTS)
    assert told["edition"] == changed["edition"]
    tags = f'"unknown", {tag}, W/{client.get(f"/shows/{show.id}").headers["ETag"]}'
    answered(edit(client, show.id, other, tags), 200, SHOW)


def test_a_picture_is_removed_and_a_prospect_told_by_a_tag(scene: Scene) -> None:
    show = scene.show(organizer := scene.user())
    client = scene.client(organizer)
    tag = client.get(f"/shows/{show.id}").headers["ETag"]
    answered(edit(client, show.id, ("PATCH", "", {"title": "Pericles", "preview": True}), tag), 200, PROSPECT)
    answered(edit(client, show.id, ("POST", "/picture", PICTURE), tag), 200, SHOW)
    refused(edit(client, show.id, ("POST", "/picture/remove", {}), tag), 412, "precondition-failed", *FACTS)
    tag = client.get(f"/shows/{show.id}").headers["ETag"]
    assert answered(edit(client, show.id, ("POST", "/picture/remove", {}), tag), 200, SHOW)["picture_url"] is None


def test_the_same_edit_sent_again_is_done_already(scene: Scene) -> None:
    show = scene.show(organizer := scene.user())
    client = scene.client(organizer)
    tag = client.get(f"/shows/{show.id}").headers["ETag"]
    for _ in range(2):
        assert answered(edit(client, show.id, EDITS[0], tag), 200, SHOW)["edition"] == show.edition + 1


@pytest.mark.parametrize(
    "tag", ['"nothing"', '"BLOIvmkI.aaaa"', "", "*", " ", ",", "W/", '"' + "A" * 8 + "." + "A" * 64 + '"']
)
def test_what_names_no_edition_changes_nothing(scene: Scene, tag: str) -> None:
    show = scene.show(organizer := scene.user())
    client = scene.client(organizer)
    for what in (*EDITS, ("POST", "/picture/remove", {})):
        answer = edit(client, show.id, what, tag)
        if tag in {"", "*", " ", ","}:
            assert pointers(refused(answer, 422, "invalid", "errors")) == ["#/edition"]
        else:
            refused(answer, 412, "precondition-failed", "edition")
    assert scene.edition(show.id) == show.edition


def test_tag_and_body_have_to_name_the_same_edition(scene: Scene) -> None:
    show = scene.show(organizer := scene.user())
    client = scene.client(organizer)
    tag = client.get(f"/shows/{show.id}").headers["ETag"]
    body = {"title": "Pericles", "edition": show.edition + 1}
    assert pointers(refused(edit(client, show.id, ("PATCH", "", body), tag), 422, "invalid", "errors")) == ["#/edition"]
    body = {"title": "Pericles", "edition": show.edition}
    for anything in ("*", tag):
        answered(edit(client, show.id, ("PATCH", "", body), anything), 200, SHOW)


def test_strangers_learn_nothing_by_a_tag(scene: Scene) -> None:
    show = scene.show(organizer := scene.user())
    tag = scene.client().get(f"/shows/{show.id}").headers["ETag"]
    stranger = scene.client(scene.user())
    refused(edit(stranger, show.id, EDITS[0], tag), 403, "forbidden")
    scene.unpublish(show)
    for one in (tag, '"nothing"'):
        refused(edit(stranger, show.id, EDITS[0], one), 404, "not-found")
    answered(edit(scene.client(organizer), show.id, EDITS[0], tag), 200, SHOW)
