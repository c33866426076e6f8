"""Ids of what is somebody else's, in forms and bodies: refused as a whole, and nothing is changed."""

from typing import Any

import pytest

from tests.scenes import Client, Scene
from webapp.services import house_seats, seat_maps, seating
from webapp.services.house_seats import Choice, Until
from webapp.services.shows import Show


class Houses:
    """A show of Olga's, with a program of hers, and one of Rita's, of which nobody else may touch anything."""

    def __init__(self, scene: Scene) -> None:
        olga, rita = scene.user("Olga"), scene.user("Rita")
        self.own, self.other = scene.show(olga), scene.show(rita)
        self.olga: Client = scene.client(olga)
        self.olga_herself, self.rita_herself = olga, rita
        self.browser = scene.browser(olga)
        kept = Choice(self.other.id, seat_numbers=("A9",))
        [self.block] = house_seats.block(rita, kept, reason="Press", until=Until())
        self.seats = [seat.id for seat in seating.seats_of(self.other.id)]

    def path(self, rest: str) -> str:
        """An address of Olga's show."""
        return f"/shows/{self.own.id}{rest}"


@pytest.fixture
def houses(scene: Scene) -> Houses:
    """Two organizers who have nothing to do with one another."""
    return Houses(scene)


def standing(scene: Scene, *shows: Show) -> list[Any]:
    """All that could be changed by mistake."""
    ids = [show.id for show in shows]
    return [
        scene.rows("SELECT * FROM reservations WHERE show_id = ANY(%s) ORDER BY id", ids),
        scene.rows("SELECT * FROM categories WHERE show_id = ANY(%s) ORDER BY id", ids),
        scene.rows("SELECT * FROM house_blocks WHERE show_id = ANY(%s) ORDER BY id", ids),
        scene.rows("SELECT * FROM shows WHERE id = ANY(%s) ORDER BY id", ids),
        scene.rows("SELECT * FROM acts WHERE show_id = ANY(%s) ORDER BY id", ids),
    ]


def test_seats_and_blocks_of_another_show_are_neither_kept_nor_given_back(scene: Scene, houses: Houses) -> None:
    before = standing(scene, houses.own, houses.other)
    block, release = houses.path("/house-seats"), houses.path("/house-seats/release")
    seats = {"seat_ids": houses.seats[:2]}
    blocks = {"block_ids": [houses.block.id]}
    answers = [
        houses.olga.post(block, {"reason": "Mine", **seats}),
        *(houses.olga.post(release, b) for b in (seats, blocks)),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert standing(scene, houses.own, houses.other) == before


@pytest.mark.parametrize(("draft", "status"), [(0, 403), (1, 404)])
def test_dates_of_another_organizer_are_not_blocked_along(
    scene: Scene, houses: Houses, draft: int, status: int
) -> None:
    if draft:
        scene.unpublish(houses.other)
    before = standing(scene, houses.own, houses.other)
    body = {"seat_numbers": ["A1"], "other_show_ids": [houses.other.id]}
    answers = [
        houses.olga.post(houses.path("/house-seats"), {"reason": "Mine", "preview": True, **body}),
        houses.olga.post(houses.path("/house-seats"), {"reason": "Mine", **body}),
        houses.olga.post(houses.path("/house-seats/release"), body),
    ]
    assert [answer.status_code for answer in answers] in ([status] * 3, [404] * 3)
    assert standing(scene, houses.own, houses.other) == before


def test_a_price_of_another_shows_category_is_not_set(scene: Scene, houses: Houses) -> None:
    [own], [theirs] = (seat_maps.categories_of(show.id) for show in (houses.own, houses.other))
    houses.browser.get(f"/organizer/shows/{houses.own.id}")
    before = standing(scene, houses.own, houses.other)
    form = {"edition": "1", f"price-{own.id}": "1.00", f"price-{theirs.id}": "1.00"}
    assert houses.browser.post(f"/organizer/shows/{houses.own.id}/prices", form).status_code == 404
    assert standing(scene, houses.own, houses.other) == before


def test_somebody_elses_draft_is_not_published_along(scene: Scene, houses: Houses) -> None:
    scene.unpublish(houses.own)
    scene.unpublish(houses.other)
    houses.browser.get("/organizer/")
    before = standing(scene, houses.own, houses.other)
    form = {"show_ids": [str(houses.own.id), str(houses.other.id)]}
    response = houses.browser.post("/organizer/drafts/publish", form)
    assert response.status_code == 404
    assert "There is no show" in response.text
    assert houses.other.title not in response.text
    assert standing(scene, houses.own, houses.other) == before


def test_the_picture_of_somebody_elses_draft_is_not_shown(scene: Scene, houses: Houses) -> None:
    with scene.connected() as connection:
        row = connection.execute(
            "INSERT INTO pictures (owner_id, media_type, width, height, data) VALUES (%s, 'image/webp', 1, 1, '') "
            "RETURNING id",
            (houses.rita_herself.id,),
        ).fetchone()
        assert row
        connection.execute("UPDATE shows SET picture_id = %s WHERE id = %s", (row["id"], houses.other.id))
    rita = scene.browser(houses.rita_herself)
    picture = f"/pictures/{row['id']}"
    assert houses.browser.get(picture).status_code == 200
    scene.unpublish(houses.other)
    assert [browser.get(picture).status_code for browser in (houses.browser, rita)] == [404, 200]
    assert rita.get(picture).headers["Cache-Control"] == "private, no-cache"


def test_who_may_not_change_a_picture_is_told_so_whatever_was_sent(scene: Scene, houses: Houses) -> None:
    nonsense = {"picture": "no picture", "more": 1}
    path = f"/shows/{houses.other.id}/picture"
    assert [client.post(path, nonsense).status_code for client in (scene.client(), houses.olga)] == [401, 403]
    scene.unpublish(houses.other)
    assert houses.olga.post(path, nonsense).status_code == 404
