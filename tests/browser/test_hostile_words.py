"""Words that try to be more than words: on every page they are text, and the page keeps its shape."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.house import House, Words, build_house
from tests.browser.test_accessibility import OVERFLOW, PHONE
from tests.conftest import KEY
from tests.routes.answers import ANSWERS, NOTHING_HERE
from tests.routes.asking import rules
from tests.scenes import Scene
from webapp.services.asker import Asker
from webapp.services.baskets import BasketLink, token_of

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
# What a browser may ask for and is no page with words of people's in it; every other page must be crawled.
NO_PAGE = {
    "static": "files of ours",
    "docs.page": "shows the API's document, in which nobody but us has words",
    "docs.example": "files of ours",
    "health.healthz": "one word",
    "health.readyz": "words of ours",
    "home.index": "leads on to the shows",
    "baskets.show": "leads on to the page of the show",
    "basket_links.code": "a drawing of a link",
    "pictures.picture": "pixels that were drawn anew (tests/services/pictures/test_redrawing.py)",
    "seat_maps.stylesheet": "numbers (tests/blueprints/test_halls.py)",
    "live.follow": "a stream for the map's page; what it swaps in is looked at below",
    "dashboards.now": "a part of the dashboard's page, which has it",
    "box_office.export": "a file for spreadsheets (tests/test_csv_replies.py, tests/security/test_attacks.py)",
    "dashboards.file": "the same",
    "people.file": "the same",
    "plan_imports.changed": "a file",
    "venues.editor_file": "a file",
    "venues.ranges_file": "a file",
}
# Nothing of what was typed has become an element or an attribute.
BORN_OF_WORDS = "body script, body style, main b, main i:not(.aisle), main img, [onerror], [onload], base, iframe"


def test_hostile_words_are_text_on_every_page_of_a_phone(open_window: OpenWindow, scene: Scene) -> None:
    house = build_house(scene, HOSTILE)
    paths = {path: viewer for path, viewer in all_paths(scene, house).items() if path not in OUR_WORDS_ONLY}
    seen = ""
    for viewer in (None, house.buyer, house.organizer, house.admin):
        window = open_window(viewer, viewport=PHONE)
        for path in (path for path, whose in paths.items() if whose == viewer):
            window.page.goto(path)
            assert window.page.locator(BORN_OF_WORDS).count() == 0, path
            assert window.page.evaluate(OVERFLOW) <= 0, f"{path} is too wide"
            seen += window.page.title() + window.page.locator("body").inner_text()
    words = [HOSTILE.title, HOSTILE.venue, HOSTILE.section, HOSTILE.row, HOSTILE.category, HOSTILE.name]
    for text in [*words, HOSTILE.seat_number, HOSTILE.oddity]:
        assert text in seen


def all_paths(scene: Scene, house: House) -> dict[str, Asker | None]:
    """The house's pages and those behind them, with who looks at each."""
    show, organizer = house.show.id, house.organizer
    scene.unpublish(scene.show(organizer, seats="A1-A2", title=HOSTILE.title))
    guest = scene.guest()
    [held] = scene.hold(guest, house.show, "B8")
    link = token_of(BasketLink(guest.id, 1, show, held.hold_expiry), key=KEY)
    [venue] = scene.rows("SELECT min(id) AS id FROM venues WHERE owner_id = %s", organizer.id)
    rooms = [f"/shows/{show}/sections/all", "/organizer/drafts", f"/organizer/venues/{venue['id']}"]
    rooms += [f"/organizer/shows/{show}/{room}" for room in ("details", "dates", "house-seats/sections/all")]
    return {**house.paths, f"/baskets/{link}": None, **dict.fromkeys(rooms, organizer)}


def test_no_page_is_left_out_of_the_crawl(scene: Scene) -> None:
    addresses = scene.app.url_map.bind("localhost")
    paths = [path for path in all_paths(scene, build_house(scene, HOSTILE)) if path != "/nothing/here"]
    crawled = {addresses.match(re.split("[?#]", path)[0])[0] for path in paths}
    pages = {
        endpoint
        for rule, method, endpoint in rules(scene.app)
        if method == "GET" and not rule.rule.startswith("/v1") and ANSWERS[f"GET {endpoint}"][0] != NOTHING_HERE
    }
    assert crawled | NO_PAGE.keys() == pages, "let every new page be crawled, or say why it need not be"
    assert not crawled & NO_PAGE.keys()


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
