"""How seats are sold, settled through a form: the rule of lonely seats, and the release of accessible seats."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.blueprints.reading import notices, words
from tests.scenes import Browser, Scene


def marked(page: TestResponse) -> list[str]:
    """What is chosen or ticked in the form of the rules."""
    [form] = re.findall(r'<form[^>]* id="rules".*?</form>', page.text, re.DOTALL)
    return [
        found[1]
        for box in re.findall(r"<input[^>]* checked[^>]*>", form)
        if (found := re.search(r'value="(\w+)"', box))
    ]


def settle(scene: Scene, browser: Browser, hall: str, form: dict[str, str]) -> TestResponse:
    """Send the form of the rules, of the present edition."""
    return browser.post(f"{hall}/rules", {"edition": scene.edition(int(hall.rpartition("/")[2])), **form})


def settled(scene: Scene) -> tuple[str, bool]:
    """What the database has."""
    [show] = scene.rows("SELECT lonely_seats, accessible_seats_released_at IS NOT NULL AS released FROM shows")
    return show["lonely_seats"], show["released"]


@pytest.fixture
def hall(scene: Scene, organizer: Browser, desk: str) -> str:
    """The path of a show with two seats and a place for a wheelchair."""
    organizer.post(f"{desk}/seats", {"labels": "A1, A2"})
    scene.rows("UPDATE seats SET accessibility = 'wheelchair', step_free = true WHERE seat_number = 'A2' RETURNING id")
    organizer.get(desk)
    return desk


def test_a_new_show_lets_seats_be_lonely_and_keeps_its_accessible_seats(organizer: Browser, hall: str) -> None:
    page = organizer.get(hall)
    assert marked(page) == ["off"]
    assert "This show has 1 place for wheelchairs, 0 seats for companions and 1 seat without a step." in words(page)


@pytest.mark.parametrize("rule", ["warn", "enforce", "off"])
def test_the_rule_of_lonely_seats_is_saved_and_shown(scene: Scene, organizer: Browser, hall: str, rule: str) -> None:
    response = settle(scene, organizer, hall, {"lonely_seats": rule})
    assert settled(scene) == (rule, False)
    assert (response.status_code, response.location) == (303, hall)
    page = organizer.get(hall)
    assert marked(page) == [rule]
    assert notices(page) == [("success", "The rules are saved. They count from now on.")]


def test_accessible_seats_are_released_once_and_taken_back(scene: Scene, organizer: Browser, hall: str) -> None:
    released = {"lonely_seats": "off", "accessible_seats_released": "y"}
    settle(scene, organizer, hall, released)
    assert marked(organizer.get(hall)) == ["off", "y"]
    since = scene.rows("SELECT accessible_seats_released_at FROM shows")
    settle(scene, organizer, hall, released)
    assert scene.rows("SELECT accessible_seats_released_at FROM shows") == since
    assert "Everybody may be offered them since" in words(organizer.get(hall))
    settle(scene, organizer, hall, {"lonely_seats": "off"})
    assert settled(scene) == ("off", False)


def test_a_show_without_accessible_seats_asks_nothing_about_them(organizer: Browser, desk: str) -> None:
    page = organizer.get(desk)
    assert 'name="accessible_seats_released"' not in page.text
    assert 'name="lonely_seats"' in page.text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"lonely_seats": "sometimes"},
        {"lonely_seats": "off", "accessible_seats_released": "perhaps"},
        {"lonely_seats": "off", "seats": "all"},
    ],
)
def test_rules_that_cannot_be_change_nothing(scene: Scene, organizer: Browser, hall: str, form: dict[str, str]) -> None:
    settle(scene, organizer, hall, {"lonely_seats": "warn", "accessible_seats_released": "y"})
    page = settle(scene, organizer, hall, form)
    assert page.status_code == 422
    assert settled(scene) == ("warn", True)


def test_only_the_organizer_settles_the_rules(scene: Scene, hall: str) -> None:
    rival = scene.browser(scene.user("Rita"))
    rival.get("/organizer/")
    assert settle(scene, rival, hall, {"lonely_seats": "enforce"}).status_code == 403
    assert settled(scene) == ("off", False)
