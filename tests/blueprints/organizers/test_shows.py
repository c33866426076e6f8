"""The page of a show: how it sells, what cancelling does, and that only its organizer gets there."""

import pytest

from tests.blueprints.reading import notices, words
from tests.scenes import Browser, Scene


def test_an_organizer_sees_who_holds_and_bought_what(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1-A9", "category": "Stalls", "price": "45"})
    show_id = int(desk.rpartition("/")[2])
    ada = scene.user("Ada")
    client = scene.client(ada)
    bought, _held = client.post(f"/shows/{show_id}/holds", {"seat_numbers": ["A1", "A2"]}).json or []
    client.post(f"/reservations/{bought['id']}/confirm")
    text = words(organizer.get(desk))
    assert f"A1 sold Ada {ada.email} 45.00 EUR" in text
    assert "A2 held until" in text
    assert "45.00 EUR sold for" in text or "sold for 45.00 EUR" in text


def test_cancelling_a_show_ends_its_holds_and_keeps_its_sales(scene: Scene, organizer: Browser, desk: str) -> None:
    organizer.post(f"{desk}/seats", {"labels": "A1-A9"})
    show_id = int(desk.rpartition("/")[2])
    client = scene.client(scene.user())
    bought, _held = client.post(f"/shows/{show_id}/holds", {"seat_numbers": ["A1", "A2"]}).json or []
    client.post(f"/reservations/{bought['id']}/confirm")
    organizer.get(desk)
    response = organizer.post(f"{desk}/cancel")
    assert sorted(row["status"] for row in scene.rows("SELECT status FROM reservations")) == ["CANCELLED", "CONFIRMED"]
    assert scene.rows("SELECT cancelled_at IS NOT NULL AS cancelled FROM shows") == [{"cancelled": True}]
    assert (response.status_code, response.location) == (303, desk)
    page = organizer.get(desk)
    assert ("success", "“Evensong” is cancelled: it sells no more, and all holds ended.") in notices(page)
    assert "/cancel" not in page.text
    before = scene.rows("SELECT cancelled_at FROM shows")
    assert organizer.post(f"{desk}/cancel").status_code == 303
    assert scene.rows("SELECT cancelled_at FROM shows") == before


@pytest.mark.parametrize("deed", ["seats", "prices", "cancel"])
def test_another_organizer_reads_a_refusal_and_changes_nothing(scene: Scene, desk: str, deed: str) -> None:
    rival = scene.browser(scene.user("Rita"))
    rival.get("/organizer/")
    page = rival.post(f"{desk}/{deed}", {"labels": "A1"})
    assert page.status_code == 403
    assert "Only those who run a show can do this with it." in words(page)
    assert "Evensong" not in page.text
    assert scene.rows("SELECT FROM seats") == []
    assert scene.rows("SELECT FROM shows WHERE cancelled_at IS NOT NULL") == []


@pytest.mark.parametrize("deed", ["seats", "prices", "cancel"])
def test_a_show_that_is_not_there_is_not_found(organizer: Browser, deed: str) -> None:
    page = organizer.post(f"/organizer/shows/12345/{deed}", {"labels": "A1"})
    assert page.status_code == 404
    assert "There is no show 12345." in words(page)
