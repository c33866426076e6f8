"""A show is run over v1: changed, published, copied, cancelled, with a picture."""

from base64 import b64encode

from tests.pictures import picture_file
from tests.scenes import Scene
from tests.v1.shapes import PLANNED_DATE, PROSPECT, SHOW, answered, pointers, refused

EVENSONG = {"title": "Evensong", "venue": "Town Hall", "starts_at": "2031-05-01T19:30:00+03:00"}


def test_a_draft_is_made_changed_published_and_taken_back(scene: Scene) -> None:
    olga, stranger = scene.client(scene.user()), scene.client(scene.user())
    draft = answered(olga.post("/shows/", {**EVENSONG, "draft": True}), 201, SHOW)
    path = f"/shows/{draft['id']}"
    assert (draft["published_at"], draft["edition"]) == (None, 1)
    refused(stranger.get(path), 404, "not-found")
    assert [show["id"] for show in answered(olga.get("/users/me/shows"), 200, SHOW)] == [draft["id"]]
    changed = olga.flask.patch(f"/v1{path}", json={"edition": 1, "description": "At dusk."}, headers=olga._headers())
    assert answered(changed, 200, SHOW)["description"] == "At dusk."
    published = answered(olga.post(f"{path}/publish"), 200, SHOW)
    assert published["published_at"]
    assert answered(stranger.get(path), 200, SHOW) == published
    assert answered(olga.post(f"{path}/unpublish"), 200, SHOW)["published_at"] is None
    assert answered(olga.post(f"{path}/cancel"), 200, SHOW)["cancelled_at"]
    assert refused(olga.post(f"{path}/publish"), 409, "not-on-sale", "reason")["reason"] == "cancelled"


def test_a_change_of_an_old_edition_is_told_what_changed_and_a_preview_changes_nothing(scene: Scene) -> None:
    organizer, buyer = scene.user("Olga"), scene.user()
    show, olga = scene.show(organizer), scene.client(organizer)
    path = f"/v1/shows/{show.id}"
    scene.hold(buyer, show, "A1")
    later = {"edition": 1, "starts_at": "2031-05-01T19:30:00+03:00", "preview": True}
    told = answered(olga.flask.patch(path, json=later, headers=olga._headers()), 200, PROSPECT)
    assert (told["buyers"], told["seats"], [one["field"] for one in told["changes"]]) == (1, 1, ["starts_at"])
    assert scene.edition(show.id) == 1
    olga.post(f"/shows/{show.id}/prices", {"edition": 1, "prices": {"Stalls": 4800}})
    no = olga.flask.patch(path, json={"edition": 1, "title": "Lear"}, headers=olga._headers())
    document = refused(no, 409, "changed-meanwhile", "edition", "changed_by", "changed_at", "changes")
    assert document["changes"] == [{"field": "prices/Stalls", "was": 4500, "now": 4800}]
    assert (document["edition"], document["changed_by"]) == (2, "Olga")
    unknown = olga.post(f"/shows/{show.id}/prices", {"edition": 2, "prices": {"Nowhere": 1}})
    assert pointers(refused(unknown, 422, "invalid", "errors")) == ["#/prices"]
    null = olga.flask.patch(path, json={"edition": 2, "title": None}, headers=olga._headers())
    assert pointers(refused(null, 422, "invalid", "errors")) == ["#/title"]


def test_a_show_with_buyers_stays_published(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    scene.hold(scene.user(), show, "A1", "A2")
    document = refused(scene.client(organizer).post(f"/shows/{show.id}/unpublish"), 409, "has-buyers", "held", "sold")
    assert (document["held"], document["sold"]) == (2, 0)


def test_dates_are_looked_at_and_made_once(scene: Scene) -> None:
    organizer = scene.user()
    show, olga = scene.show(organizer), scene.client(organizer)
    starts = {"starts": ["2031-05-02T19:30:00+03:00", "2031-05-01T19:30:00+03:00"]}
    path = f"/shows/{show.id}/duplicate"
    planned = answered(olga.post(path, {**starts, "preview": True}), 200, PLANNED_DATE)
    assert [date["there"] for date in planned] == [None, None]
    made = answered(olga.post(path, starts), 201, SHOW)
    assert [copy["series_id"] for copy in made] == [show.id, show.id]
    assert answered(olga.post(path, starts), 200, SHOW) == made
    assert [date["there"] for date in olga.post(path, {**starts, "preview": True}).json] == [one["id"] for one in made]


def test_a_picture_is_given_seen_and_taken_away(scene: Scene) -> None:
    organizer = scene.user()
    show, olga = scene.show(organizer), scene.client(organizer)
    body = {"edition": 1, "picture": b64encode(picture_file(64, 40)).decode(), "alt": "A lamp"}
    shown = answered(olga.post(f"/shows/{show.id}/picture", body), 200, SHOW)
    assert shown["picture_alt"] == "A lamp"
    sent = scene.app.test_client().get(shown["picture_url"])
    assert (sent.status_code, sent.mimetype) == (200, "image/webp")
    assert "immutable" in sent.headers["Cache-Control"]
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    no = olga.post(f"/shows/{show.id}/picture", {**body, "edition": 2, "picture": "bm8gcGljdHVyZQ=="})
    assert pointers(refused(no, 422, "picture-unusable", "errors")) == ["#/picture"]
    bare = answered(olga.post(f"/shows/{show.id}/picture/remove", {"edition": 2}), 200, SHOW)
    assert (bare["picture_url"], bare["picture_alt"]) == (None, None)


def test_several_drafts_are_published_all_or_none(scene: Scene) -> None:
    olga, rita = scene.client(scene.user()), scene.client(scene.user())
    ids = [answered(olga.post("/shows/", {**EVENSONG, "draft": True}), 201, SHOW)["id"] for _ in range(2)]
    theirs = answered(rita.post("/shows/", {**EVENSONG, "draft": True}), 201, SHOW)["id"]
    refused(olga.post("/shows/publish", {"show_ids": [*ids, theirs]}), 404, "not-found")
    assert {show["published_at"] for show in olga.get("/users/me/shows").json} == {None}
    published = answered(olga.post("/shows/publish", {"show_ids": ids[::-1]}), 200, SHOW)
    assert [show["id"] for show in published] == ids
    assert all(show["published_at"] for show in published)
    assert answered(olga.post("/shows/publish", {"show_ids": ids}), 200, SHOW) == published
    assert pointers(refused(olga.post("/shows/publish", {"show_ids": []}), 422, "invalid", "errors")) == ["#/show_ids"]
