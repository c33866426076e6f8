"""Attacks with a name, in fixed cases: hosts, headers, redirects, formulas, and letters that are not what they seem."""

import csv
import io
import unicodedata

import pytest

from tests.blueprints.reading import words
from tests.routes.asking import HTML, browser_of, rules
from tests.routes.world import fresh_world
from tests.scenes import PASSWORD, Scene
from tests.security.state import everything
from tests.v1.shapes import refused
from webapp.services import reservations

HOSTS = [
    *["evil.example", "localhost.evil.example", "evil.example:80", "evil.example#localhost", "localhost:evil.example"],
    *["localhost\t.evil.example", "localhost%00.evil.example", "xn--lcalhost-n7a", "[::1]", "127.0.0.1.evil.example"],
]


@pytest.mark.parametrize("host", HOSTS)
def test_no_host_but_ours_gets_into_an_answer(scene: Scene, host: str) -> None:
    for path in ("/sign-in", "/v1/shows/", "/v1/nothing"):
        response = scene.app.test_client().get(path, headers={**HTML, "Host": host})
        refused(response, 400, "unreadable")
        assert "evil" not in str(response.headers) + response.text


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"])
def test_no_header_names_another_host_or_path(scene: Scene, header: str) -> None:
    show = scene.show()
    answer = scene.app.test_client().get(f"/v1/shows/{show.id}", headers={header: "evil.example/admin"})
    assert answer.status_code == 200
    assert "evil" not in str(answer.headers) + answer.text


ENDS_OF_LINE = ["%0d%0aX-Planted: 1", "%0aX-Planted: 1", "%0dX-Planted: 1", "%E5%98%8A%E5%98%8DX-Planted: 1", "%00"]


@pytest.mark.parametrize("end", ENDS_OF_LINE)
def test_no_end_of_line_begins_a_header_of_somebody_elses(scene: Scene, end: str) -> None:
    user = scene.user()
    browser = scene.browser(user)
    for path in (f"/sign-in?next=/shows/{end}", f"/shows/{end}", f"/account/keys{end}", f"/v1/shows/?cursor={end}"):
        answer = browser.flask.get(path, headers=HTML)
        assert "X-Planted" not in answer.headers
        assert answer.status_code < 500
    led = scene.app.test_client().get(f"/account?x={end}", headers=HTML)
    assert led.status_code == 303
    assert "X-Planted" not in led.headers


FORMULAS = [
    *["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "=cmd|'/C calc'!A0", '=HYPERLINK("//evil.example")'],
    *["\uff1d1+1", "\uff0b1+1", "\uff0d1+1", "\uff20SUM(A1)", " =1+1", '"=1+1', "'=1+1"],
]


@pytest.mark.parametrize("name", FORMULAS)
def test_no_spreadsheet_computes_what_a_buyer_called_themselves(scene: Scene, name: str) -> None:
    organizer, buyer = scene.user("Olga"), scene.user(name)
    show = scene.show(organizer)
    reservations.confirm(buyer, scene.hold(buyer, show, "A1")[0].id)
    answer = scene.browser(organizer).get(f"/organizer/shows/{show.id}/reservations.csv")
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    for cell in (cell for row in rows for cell in row):
        begins = unicodedata.normalize("NFKC", cell).lstrip()[:1]
        assert begins not in {"=", "+", "@"}, cell
        assert begins != "-" or cell[1:].replace(".", "").isdigit(), cell


INVISIBLE = {
    "text that turns around": "\u202egnp.exe",
    "an isolate": "Ann\u2066\u2069",
    "a mark of direction": "Ann\u200f",
    "zero width space": "An\u200bn",
    "zero width joiner": "An\u200dn",
    "soft hyphen": "An\u00adn",
    "byte order mark": "\ufeffAnn",
    "tag characters": "Ann\U000e0041",
    "NUL": "An\0n",
    "bell": "An\an",
    "line end": "Ann\nBob",
    "line separator": "Ann\u2028Bob",
    "no character": "Ann\ufffe",
    "for private use": "Ann\ue000",
    "lone surrogate": "Ann\ud800",
}


@pytest.mark.parametrize("what", INVISIBLE)
def test_a_name_has_nothing_in_it_that_nobody_sees(scene: Scene, what: str) -> None:
    person = {"name": INVISIBLE[what], "phone_number": "+358401234567", "email": "ann@example.com"}
    answer = scene.client().post("/users/", {**person, "password": PASSWORD})
    assert answer.status_code in {400, 422}
    assert scene.rows("SELECT FROM users") == []


# Bytes of a form that are no UTF-8: an overlong slash and NUL, half a letter, a surrogate, beyond Unicode.
NOT_UTF_8 = ["%C0%AF", "%C0%80", "%E2%82", "%ED%A0%80", "%F4%90%80%80", "%FF"]


@pytest.mark.parametrize("spelled", NOT_UTF_8)
def test_bytes_that_are_no_letters_are_refused_or_shown_as_what_they_are(scene: Scene, spelled: str) -> None:
    browser = scene.browser()
    browser.get("/sign-up")
    body = (
        f"csrf_token={browser.csrf_token}&name=Ann{spelled}&email=ann@example.com"
        f"&phone_number=%2B358401234567&password={PASSWORD.replace(' ', '+')}"
    )
    answer = browser.flask.post("/sign-up", data=body, content_type="application/x-www-form-urlencoded", headers=HTML)
    assert answer.status_code in {303, 400, 422}
    assert all(not set(row["name"]) & set("/\0") for row in scene.rows("SELECT name FROM users"))
    for path in (f"/static/{spelled}..{spelled}wsgi.py", f"/static/..{spelled}wsgi.py", f"/shows/{spelled}"):
        assert browser.flask.get(path, headers=HTML).status_code in {400, 404}


SAME_ADDRESS = [
    "ADA@example.com",
    " ada@example.com ",
    "ada@EXAMPLE.com",
    "ada@\uff45xample.com",  # a wide letter in the host
]


@pytest.mark.parametrize("spelled", SAME_ADDRESS)
def test_one_mailbox_is_one_account_however_it_is_spelled(scene: Scene, spelled: str) -> None:
    client, ada = scene.client(), {"name": "Ada", "phone_number": "+358401234567", "password": PASSWORD}
    assert client.post("/users/", {**ada, "email": "ada@example.com"}).status_code == 201
    again = {**ada, "phone_number": "+358401234568", "email": spelled}
    assert client.post("/users/", again).status_code == 409
    assert client.post("/login", {"email": spelled, "password": PASSWORD}).status_code == 200


LOOKS_THE_SAME = ["\u0430da@example.com", "ad\u0430@example.com", "ada@ex\u0430mple.com", "ada@example.c\u043em"]


@pytest.mark.parametrize("spelled", LOOKS_THE_SAME)
def test_an_address_that_looks_the_same_is_somebody_elses(scene: Scene, spelled: str) -> None:
    client, ada = scene.client(), {"name": "Ada", "phone_number": "+358401234567", "password": PASSWORD}
    assert client.post("/users/", {**ada, "email": "ada@example.com"}).status_code == 201
    client.post("/users/", {**ada, "phone_number": "+358401234568", "email": spelled})
    assert client.post("/login", {"email": spelled, "password": "not " + PASSWORD}).status_code == 401
    found = scene.rows("SELECT id, email FROM users WHERE email = 'ada@example.com'")
    assert len(found) == 1
    answer = client.post("/login", {"email": spelled, "password": PASSWORD})
    token = (answer.json or {}).get("access_token")
    me = scene.app.test_client().get("/v1/users/me", headers={"Authorization": f"Bearer {token}"}).json or {}
    assert me.get("id") != found[0]["id"]


def test_a_seats_name_in_letters_that_look_alike_names_no_other_seat(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    for number in ("\u0410" + "1", "\u0391" + "1", "A\u0661", "A1\u200b", "A\u0000" + "1", "\u202e1A"):
        answer = scene.client(buyer).post(f"/shows/{show.id}/holds", {"seat_numbers": [number]})
        assert answer.status_code in {404, 422}
    assert scene.statuses(show) == {}


@pytest.mark.parametrize("number", ["\uff21\uff11", "\u24b61", "A\u00b9", "a1", " A 1 "])
def test_what_unicode_calls_the_same_is_one_seat_and_is_held_once(scene: Scene, number: str) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    assert scene.client(buyer).post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1"]}).status_code == 201
    answer = scene.client(other).post(f"/shows/{show.id}/holds", {"seat_numbers": [number]})
    assert answer.status_code == 409
    assert scene.statuses(show) == {"A1": ["HELD"]}


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{7*7}}${7*7}"])
def test_a_title_is_text_also_where_a_search_is_told_again(scene: Scene, title: str) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer, title=title)
    browser = scene.browser(organizer)
    for path in (
        f"/shows/{show.id}",
        f"/organizer/shows/{show.id}/reservations?search={title}",
        f"/sign-in?next={title}",
    ):
        page = browser.get(path)
        assert title not in page.text or "<" not in title
        assert "49" not in words(page).replace(str(show.id), "") or "7*7" not in title


def test_no_other_site_may_read_an_answer(scene: Scene) -> None:
    token = scene.token(scene.user())
    elsewhere = {"Origin": "https://evil.example", "Authorization": f"Bearer {token}"}
    asks = {**elsewhere, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for path in ("/v1/users/me", "/v1/shows/", "/shows/"):
        for method, headers in (("GET", elsewhere), ("OPTIONS", asks)):
            answer = scene.app.test_client().open(path, method=method, headers=headers)
            assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]


def test_no_look_at_anything_changes_anything(scene: Scene) -> None:
    world = fresh_world(scene)
    organizer = world.people["organizer"]
    assert organizer
    flask = browser_of(scene, organizer)
    before, token = everything(scene), scene.token(organizer)
    for rule, method, _ in rules(scene.app):
        if method == "GET":
            flask.get(world.path(rule), headers=HTML).close()
            flask.get(world.path(rule), headers={"Authorization": f"Bearer {token}"}).close()
    assert everything(scene) == before


def test_what_is_signed_for_one_thing_is_good_for_nothing_else(scene: Scene) -> None:
    world, user = fresh_world(scene), scene.user()
    cookie = scene.browser(user).flask.get_cookie("holdfast")
    assert cookie
    for wrong in (cookie.value, world.token, world.invitation[1]):
        answer = scene.app.test_client().get("/v1/users/me", headers={"Authorization": f"Bearer {wrong}"})
        refused(answer, 401, "not-signed-in")
    for wrong in (scene.token(user), world.token, scene.key(user)):
        browser = scene.browser()
        browser.flask.set_cookie("holdfast", wrong)
        assert browser.get("/account").status_code == 303
    for wrong in (cookie.value, scene.token(user)):
        assert scene.browser().get(f"/baskets/{wrong}").status_code == 404


def test_a_cookie_that_was_changed_is_nobodys(scene: Scene) -> None:
    ann, bob = scene.user("Ann"), scene.user("Bob")
    cookies = [scene.browser(one).flask.get_cookie("holdfast") for one in (ann, bob)]
    own, others = (cookie.value for cookie in cookies if cookie)
    said, _, signed = own.rpartition(".")
    for changed in (f"{others.rpartition('.')[0]}.{signed}", f"{said}.", said, own[:-1], f"{own}x", others[::-1]):
        browser = scene.browser()
        browser.flask.set_cookie("holdfast", changed)
        assert browser.get("/account").status_code == 303
