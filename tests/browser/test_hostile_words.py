"""Words that try to be more than words: on every page they are text, and the page keeps its shape."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.house import Words, build_house
from tests.browser.test_accessibility import OVERFLOW, PHONE
from tests.scenes import Scene

HOSTILE = Words(
    title="<script>alert(1)</script>\"'><b>מופע</b> {{7*7}} " + "Donaudampfschifffahrt" * 5,
    venue="<img src=x onerror=alert(2)> مسرح القمر " + "W" * 120,
    section='"><svg onload=alert(3)>' + "M" * 70,
    row="<i>'\"&" + "Q" * 20,
    seat_number="<IMG/SRC=X/ONERROR=ALERT(4)>\"'" + "W" * 30,
    category="</button><style>*{display:none}</style>" + "X" * 50,
    name="</title><script>alert(5)</script> أمل " + "Y" * 100,
    oddity="<script>alert(6)</script>" + "Z" * 150,
)
OUR_WORDS_ONLY = {"/sign-in", "/sign-up", "/problems/seat-taken", "/nothing/here", "/organizer/shows/new"}
# Nothing of what was typed has become an element or an attribute.
BORN_OF_WORDS = "body script, body style, main b, main i:not(.aisle), main img, [onerror], [onload], base, iframe"


def test_hostile_words_are_text_on_every_page_of_a_phone(open_window: OpenWindow, scene: Scene) -> None:
    house = build_house(scene, HOSTILE)
    seen = ""
    for viewer in (None, house.buyer, house.organizer, house.admin):
        window = open_window(viewer, viewport=PHONE)
        for path in (path for path, whose in house.paths.items() if whose == viewer and path not in OUR_WORDS_ONLY):
            window.page.goto(path)
            assert window.page.locator(BORN_OF_WORDS).count() == 0, path
            assert window.page.evaluate(OVERFLOW) <= 0, f"{path} is too wide"
            seen += window.page.title() + window.page.locator("body").inner_text()
    words = [HOSTILE.title, HOSTILE.venue, HOSTILE.section, HOSTILE.row, HOSTILE.category, HOSTILE.name]
    for text in [*words, HOSTILE.seat_number, HOSTILE.oddity]:
        assert text in seen


def test_hostile_words_are_text_in_what_is_swapped_in_too(open_window: OpenWindow, scene: Scene) -> None:
    house = build_house(scene, HOSTILE)
    window = open_window(scene.user(HOSTILE.name), viewport=PHONE)
    window.allow("the server responded with a status of 409")
    page = window.page
    page.goto(f"/shows/{house.show.id}")
    page.locator("button.seat[data-availability=available]").first.click()
    expect(page.locator("#basket li")).to_contain_text(HOSTILE.section)
    assert page.locator(BORN_OF_WORDS).count() == 0
    assert page.evaluate(OVERFLOW) <= 0
    page.get_by_role("button", name="Confirm this seat").click()
    window.says(re.compile("yours. Enjoy the show."))
    assert page.locator(BORN_OF_WORDS).count() == 0
    assert page.evaluate(OVERFLOW) <= 0
