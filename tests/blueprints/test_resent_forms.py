"""A form that is sent twice unchanged is done once, and leads on as the first time."""

import re
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.scenes import Browser, Scene
from webapp.services import kept_answers
from webapp.services.asker import Asker
from webapp.services.refusals import Busy

TEMPLATES = Path(__file__).parents[2] / "templates"
SHOW = {"title": "Evensong", "venue": "Town Hall", "starts_at": "2027-05-01T19:30", "timezone": "Europe/Helsinki"}
DONE = "This was done already, and once only."

# The forms that have a key, by the template of each, and what they do.
KEYED: Mapping[str, str] = {
    "account_keys/_form.html": "make an API key",
    "accounts/sign_up.html": "make an account",
    "house_seats/preview.html": "block or release seats",
    "offers/_search.html": "hold the best seats, without JavaScript",
    "organizers/dates/preview.html": "copy a show",
    "organizers/details/new.html": "make a show",
    "organizers/settings/_seats_form.html": "add seats",
    "people/_invitations.html": "invite somebody",
    "plan_changes/choose.html": "begin to draw on a plan",
    "plan_drafts/finish.html": "save a plan that was drawn",
    "plan_drafts/index.html": "begin to draw",
    "plan_imports/page.html": "keep a plan that was brought in",
    "venues/_plans.html": "begin to draw on a plan",
    "venues/index.html": "make a venue",
    "venues/plan.html": "begin to draw on a plan",
}
# All other forms may be sent twice as they are, and why.
HARMLESS: Mapping[str, str] = {
    "account_keys/_keys.html": "a key that is revoked stays so",
    "accounts/account.html": "asks for the password that was, or ends the account",
    "accounts/sign_in.html": "signs in the same person",
    "base.html": "who is signed out stays so",
    "baskets/_aside.html": "what is confirmed stays so",
    "baskets/_bar.html": "a basket is extended once",
    "baskets/_lapsed.html": "what one holds one holds",
    "baskets/link.html": "takes over the same basket",
    "box_office/_preview.html": "the same move is one",
    "box_office/chosen.html": "what is cancelled stays so",
    "box_office/page.html": "what is cancelled stays so",
    "house_seats/_blocks.html": "leads to a preview",
    "house_seats/choosing.html": "leads to a preview",
    "offers/_offers.html": "what one holds one holds",
    "organizers/dates/form.html": "leads to a preview",
    "organizers/desk/_state.html": "what is published, or taken back, stays so",
    "organizers/details/edit.html": "names the edition it changes",
    "organizers/details/preview.html": "names the edition it changes",
    "organizers/drafts.html": "what is published stays so",
    "organizers/settings/_cancel_form.html": "what is cancelled stays so",
    "organizers/settings/_picture_form.html": "names the edition it changes",
    "organizers/settings/_prices_form.html": "names the edition it changes",
    "organizers/settings/_rules_form.html": "names the edition it changes",
    "people/_managers.html": "who is removed stays so",
    "people/invitation.html": "an invitation is accepted once",
    "plan_builder/_add.html": "a step of a drawing, which can be undone",
    "plan_builder/_history.html": "a step of a drawing, which can be done again",
    "plan_builder/_part.html": "says how the part is to be",
    "plan_changes/_confirm.html": "names the edition it changes",
    "plan_imports/_drafts.html": "what is discarded stays so",
    "plan_imports/index.html": "has a file; a draft more can be discarded",
    "plan_imports/reading.html": "what is discarded stays so",
    "plan_imports/refused.html": "what is discarded stays so",
    "reservations/_reservation.html": "what is confirmed or released stays so",
    "reservations/_show.html": "what is confirmed stays so",
    "shows/_seat_map.html": "what one holds one holds",
    "venues/venue.html": "says how the venue is to be",
}


def test_every_form_has_a_key_or_may_be_sent_twice_as_it_is() -> None:
    texts = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}
    keyed = {name for name, text in texts.items() if "{{ once_field() }}" in text}
    assert keyed == KEYED.keys()
    others = {name for name, text in texts.items() if 'method="post"' in text} - keyed
    assert others == HARMLESS.keys()


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga")


@pytest.fixture
def browser(scene: Scene, olga: Asker) -> Browser:
    return scene.browser(olga)


def key_on(page: TestResponse) -> str:
    """The key of the form on the page."""
    [key] = re.findall(r'name="once" value="([^"]{16,})"', page.text)
    return str(key)


def led_to(response: TestResponse) -> str:
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def titles(scene: Scene) -> list[str]:
    return [row["title"] for row in scene.rows("SELECT title FROM shows ORDER BY id")]


def test_a_new_show_that_is_sent_twice_is_made_once(scene: Scene, browser: Browser) -> None:
    form = {**SHOW, "once": key_on(browser.get("/organizer/shows/new"))}
    first, second = browser.post("/organizer/shows/new", form), browser.post("/organizer/shows/new", form)
    assert titles(scene) == ["Evensong"]
    assert led_to(first) == led_to(second)
    assert DONE in browser.get(led_to(second)).text


def test_each_page_has_a_key_of_its_own(browser: Browser) -> None:
    assert key_on(browser.get("/organizer/shows/new")) != key_on(browser.get("/organizer/shows/new"))


def test_a_form_that_was_changed_is_another_deed(scene: Scene, browser: Browser) -> None:
    form = {**SHOW, "once": key_on(browser.get("/organizer/shows/new"))}
    for title in ("Evensong", "Matins", "Evensong"):
        browser.post("/organizer/shows/new", {**form, "title": title})
    assert titles(scene) == ["Evensong", "Matins"]


def test_what_was_wrong_is_corrected_in_the_same_form(scene: Scene, browser: Browser) -> None:
    form = {**SHOW, "once": key_on(browser.get("/organizer/shows/new"))}
    for _ in range(2):
        assert browser.post("/organizer/shows/new", {**form, "title": ""}).status_code == 422
    assert scene.rows("SELECT * FROM kept_answers") == []
    led_to(browser.post("/organizer/shows/new", form))
    assert titles(scene) == ["Evensong"]


def test_a_form_of_nobody_is_looked_at_first(scene: Scene, browser: Browser) -> None:
    form = {**SHOW, "once": key_on(browser.get("/organizer/shows/new"))}
    browser.post("/organizer/shows/new", form)
    browser.csrf_token = "forged"
    response = browser.post("/organizer/shows/new", form)
    assert (response.status_code, "Location" in response.headers) == (400, False)
    assert titles(scene) == ["Evensong"]


def test_of_many_presses_at_once_one_is_done_and_all_lead_to_it(scene: Scene, browser: Browser) -> None:
    form = {**SHOW, "once": key_on(browser.get("/organizer/shows/new")), "csrf_token": browser.csrf_token}
    cookie = browser.flask.get_cookie("holdfast")
    assert cookie

    def press(_: int) -> str:
        with scene.app.app_context():
            headers = {"Cookie": f"holdfast={cookie.value}", "Accept": "text/html"}
            return led_to(
                scene.app.test_client(use_cookies=False).post("/organizer/shows/new", data=form, headers=headers)
            )

    with ThreadPoolExecutor(8) as pool:
        found = Counter(pool.map(press, range(16)))
    assert list(found.values()) == [16]
    assert titles(scene) == ["Evensong"]


def test_who_signed_up_and_never_heard_of_it_is_signed_in_when_it_is_sent_again(scene: Scene) -> None:
    browser = scene.browser()
    form = {
        "name": "Ada",
        "phone_number": "+358401234567",
        "email": "ada@example.com",
        "password": "a long password",
        "once": key_on(browser.get("/sign-up")),
    }
    cookie = browser.flask.get_cookie("holdfast")
    assert cookie
    token = browser.csrf_token
    first = browser.post("/sign-up", form)
    browser.flask.set_cookie("holdfast", cookie.value)
    browser.csrf_token = token
    second = browser.post("/sign-up", form)
    assert led_to(second) == led_to(first)
    assert [row["email"] for row in scene.rows("SELECT email FROM users")] == ["ada@example.com"]
    assert "Ada" in browser.get("/account").text
    assert scene.browser().get("/account").status_code == 303


def test_a_link_that_is_told_once_is_told_again_to_the_same_form_and_kept_sealed(
    scene: Scene, browser: Browser, olga: Asker
) -> None:
    show = scene.show(olga)
    path = f"/organizer/shows/{show.id}/people/"
    form = {"name": "Mona", "once": key_on(browser.get(path))}
    cookie = browser.flask.get_cookie("holdfast")
    assert cookie
    links = []
    for _ in range(2):
        browser.flask.set_cookie("holdfast", cookie.value)
        browser.post(f"{path}invitations", form)
        links += re.findall(r"/invitations/([\w-]{20,})", browser.get(path).text)[:1]
    assert len(set(links)) == 1
    assert len(links) == 2
    assert len(scene.rows("SELECT id FROM invitations")) == 1
    [kept] = scene.rows("SELECT caller, key, encode(fingerprint, 'escape') AS seen, headers, body FROM kept_answers")
    assert links[0].encode() not in bytes(kept["body"])
    assert form["once"] not in str(kept)


def test_seats_that_are_blocked_twice_are_blocked_once(scene: Scene, browser: Browser, olga: Asker) -> None:
    show = scene.show(olga)
    path = f"/organizer/shows/{show.id}/house-seats"
    chosen = {"seat_ranges": "A1-A2", "reason": "Press"}
    browser.get(path)
    form = {**chosen, "once": key_on(browser.post(f"{path}/preview", chosen))}
    assert led_to(browser.post(f"{path}/block", form)) == led_to(browser.post(f"{path}/block", form))
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}


def test_when_it_is_not_known_whether_it_was_done_nothing_is_told_of_it(
    scene: Scene, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {**SHOW, "once": key_on(browser.get("/organizer/shows/new"))}

    def lose(once: kept_answers.Once, _: kept_answers.Answer) -> None:
        once.let_go()
        raise Busy("Too much is going on just now.", retry_after=1)

    monkeypatch.setattr(kept_answers.Once, "keep", lose)
    assert browser.post("/organizer/shows/new", form).status_code == 503
    monkeypatch.undo()
    assert titles(scene) == []
    assert "Evensong" not in browser.get("/organizer").text
    led_to(browser.post("/organizer/shows/new", form))
    assert titles(scene) == ["Evensong"]


def test_a_form_of_another_session_is_another_deed(scene: Scene, browser: Browser, olga: Asker) -> None:
    form: dict[str, Any] = {**SHOW, "once": key_on(browser.get("/organizer/shows/new"))}
    other = scene.browser(olga)
    other.get("/organizer/shows/new")
    for each in (browser, other):
        led_to(each.post("/organizer/shows/new", form))
    assert titles(scene) == ["Evensong", "Evensong"]


def test_of_a_guest_whose_first_hold_was_refused_nothing_is_left(scene: Scene) -> None:
    show, browser = scene.show(), scene.browser()
    form = {"once": key_on(browser.get(f"/shows/{show.id}")), "seats": "10"}
    scene.hold(scene.user(), show, "A5")
    assert browser.post(f"/shows/{show.id}/best-available", form).status_code in {303, 409}
    with browser.flask.session_transaction() as session:
        assert "user" not in session
    assert scene.rows("SELECT id FROM users WHERE is_guest") == []
