"""Pages are limited as v1 is: a person reads why, in a page or a fragment that costs little to make, and waits."""

from collections.abc import Iterator

import pytest

from tests.blueprints.reading import form_to, notices, partials, words
from tests.conftest import app_on
from tests.scenes import PASSWORD, Scene
from tests.services.test_statements import recording
from webapp.extensions import db


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.impatient.SECONDS_TO_WAIT", 0)


@pytest.fixture
def strict(scene: Scene) -> Iterator[Scene]:
    """The scene on a site where one account may ask four times a minute, in each lane."""
    lanes = ("READING", "HOLDING", "SIGNING_IN", "ADMINISTERING")
    app = app_on(scene.database, **{f"{lane}_LIMIT": "4" for lane in lanes})
    yield Scene(app, scene.database)
    with app.app_context():
        db.engine.dispose()


def spend_all(scene: Scene, lane: str) -> None:
    """Let whoever has asked for something in this lane have spent all they may."""
    with scene.connected() as connection:
        minute = "UPDATE allowances SET spent_until = clock_timestamp() + interval '1 minute' WHERE lane = %s"
        assert connection.execute(minute, (lane,)).rowcount == 1


def test_who_is_signed_in_and_asks_too_much_reads_how_long_to_wait(strict: Scene) -> None:
    browser = strict.browser(strict.user())
    for _ in range(3):  # and one when they signed in
        assert browser.get("/shows/").status_code == 200
    page = browser.get("/shows/")
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert f"You ask too much at once. Wait {page.headers['Retry-After']} seconds, then go on." in words(page)
    assert "Sign out" in words(page), "they are signed in as before"


def test_a_network_whose_visitors_ask_too_much_does_not_stop_who_is_signed_in(strict: Scene) -> None:
    assert strict.browser().get("/shows/").status_code == 200
    spend_all(strict, "reading")
    page = strict.browser().get("/shows/")
    assert page.status_code == 429
    assert "Your network asks too much at once." in words(page)
    assert strict.client(strict.user()).get("/users/me").status_code == 200


def test_who_drops_the_cookies_is_of_the_same_network_all_the_same(strict: Scene) -> None:
    show = strict.show()
    [seat] = strict.rows("SELECT id FROM seats WHERE seat_number = 'A1'")
    guest, other = strict.browser(), strict.browser()
    for browser in (guest, other):
        browser.get(f"/shows/{show.id}")
    form = {"seat_ids": seat["id"]}
    assert guest.post(f"/shows/{show.id}/holds", form).status_code == 303
    spend_all(strict, "holding")
    assert guest.post(f"/shows/{show.id}/holds", form).status_code == 429
    assert other.post(f"/shows/{show.id}/holds", form).status_code == 429
    assert other.flask.post(f"/shows/{show.id}/holds", data=form).status_code == 429, "before the form is checked"


def test_htmx_gets_a_fragment_and_a_form_leads_back_to_its_page(strict: Scene) -> None:
    show = strict.show()
    [seat] = strict.rows("SELECT id FROM seats WHERE seat_number = 'A1'")
    browser = strict.browser(strict.user())
    browser.get(f"/shows/{show.id}")
    form = {"seat_ids": seat["id"], "next": f"/shows/{show.id}"}
    for _ in range(4):
        browser.post(f"/shows/{show.id}/holds", form)
    back = browser.post(f"/shows/{show.id}/holds", form)
    assert (back.status_code, back.location) == (303, f"/shows/{show.id}")
    assert notices(browser.get(back.location)) == [
        ("refusal", f"You ask too much at once. Wait {back.headers['Retry-After']} seconds, then go on.")
    ]
    fragment = browser.with_htmx().post(f"/shows/{show.id}/holds", form)
    assert (fragment.status_code, partials(fragment)) == (429, ["#notice", "#refusal"])


def test_who_asks_again_too_early_costs_no_statement(strict: Scene) -> None:
    show, browser = strict.show(), strict.browser(strict.user())
    while browser.get(f"/shows/{show.id}").status_code == 200:
        pass
    with strict.app.app_context(), recording(db.engine) as record:
        page = browser.get(f"/shows/{show.id}")
    assert page.status_code == 429
    assert "Sign out" in words(page), "they are signed in as before"
    assert record.statements.total() == 0


def test_styles_pictures_and_the_word_that_all_is_well_are_free(strict: Scene) -> None:
    show, browser = strict.show(), strict.browser()
    for path in ("/static/css/base.css", "/healthz", f"/shows/{show.id}/plan/1/all.css", "/pictures/1"):
        browser.get(path).close()
    assert strict.rows("SELECT FROM allowances") == []


def test_who_guesses_a_password_reads_on_the_form_how_long_to_wait(scene: Scene) -> None:
    user, browser = scene.user(), scene.browser()
    browser.get("/sign-in")
    assert browser.post("/sign-in", {"email": user.email, "password": "a guess"}).status_code == 401
    scene.guess_often()
    page = browser.post("/sign-in", {"email": user.email, "password": PASSWORD})
    assert page.status_code == 429
    assert f"Wrong passwords were tried. Wait {page.headers['Retry-After']} seconds, then try again." in words(page)
    assert form_to(page, "/sign-in").values["email"] == user.email
    assert PASSWORD not in page.text


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/account/password", {"current_password": "a guess", "new_password": "quite another one"}),
        ("/account/delete", {"password": "a guess"}),
    ],
)
def test_who_sits_at_a_strangers_browser_guesses_no_faster(scene: Scene, path: str, form: dict[str, str]) -> None:
    browser = scene.browser(scene.user())
    browser.get("/account")
    assert browser.post(path, form).status_code == 401
    scene.guess_often()
    assert browser.post(path, form).status_code == 429
