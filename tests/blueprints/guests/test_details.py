"""Who one is, said at the confirmation: a new account, or one that is there."""

import re

import pytest

from tests.blueprints.guests.cast import (
    ADA,
    confirm,
    guest_with,
    lose_password,
    owners,
    reservations_of,
)
from tests.blueprints.reading import form_to, notices, partials, words
from tests.scenes import PASSWORD, Scene
from webapp.services import reservations


def test_details_and_confirmation_are_one_form_and_make_an_account(scene: Scene) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1", "A2")
    assert {"name", "email", "phone_number"} <= form_to(
        browser.get(f"/shows/{show.id}"), f"/shows/{show.id}/basket/confirm"
    ).values.keys()
    response = confirm(scene, show, browser, **ADA)
    assert owners(scene) == [("ada@example.com", "CONFIRMED")] * 2
    [ada] = scene.rows("SELECT * FROM users WHERE email = 'ada@example.com'")
    assert (ada["is_guest"], ada["guest_address"], ada["guest_browser"]) == (False, None, None)
    assert ada["password"].startswith("$argon2id$")
    assert (response.status_code, response.location) == (303, f"/shows/{show.id}")
    page = browser.get(f"/shows/{show.id}")
    assert notices(page) == [("success", "Seats A1, A2: yours. Enjoy the show.")]
    assert "Sign out" in words(page)
    assert "Your details" not in words(page)


@pytest.mark.parametrize(
    ("typed", "wrong"), [({"email": "ada"}, "email"), ({"phone_number": "1"}, "phone_number"), ({"name": ""}, "name")]
)
def test_what_was_typed_comes_back_with_what_is_wrong_and_nothing_ends(
    scene: Scene, typed: dict[str, str], wrong: str
) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    sent = {**ADA, **typed, "new_password": "a good password"}
    page = confirm(scene, show, browser, **sent)
    assert scene.statuses(show) == {"A1": ["HELD"]}
    assert page.status_code == 422
    form = form_to(page, f"/shows/{show.id}/basket/confirm")
    assert list(form.errors) == [wrong]
    assert {name: form.values[name] for name in ("name", "email", "phone_number")} == {
        name: sent[name] for name in ("name", "email", "phone_number")
    }
    assert "a good password" not in page.text
    fragment = confirm(scene, show, browser.with_htmx(), **sent)
    assert fragment.status_code == 422
    assert partials(fragment) == ["#basket-details", "#notice", "#refusal"]
    assert f'value="{sent["name"]}"' in fragment.text


def test_an_address_that_has_an_account_lets_no_stranger_in(scene: Scene) -> None:
    show, user = scene.show(), scene.user("Ada")
    browser = guest_with(scene, show, "A1")
    page = confirm(scene, show, browser, **{**ADA, "email": user.email})
    assert (page.status_code, owners(scene)) == (409, [(None, "HELD")])
    assert re.search(r'value="mine" checked', page.text), "asks for the password, on the same page"
    wrong = confirm(scene, show, browser, account="mine", email=user.email, password="guessed")
    assert (wrong.status_code, owners(scene)) == (401, [(None, "HELD")])
    assert "E-mail and password do not belong together." in words(wrong)
    assert browser.get("/account").status_code == 303
    confirm(scene, show, browser, account="mine", email=user.email, password=PASSWORD, name="Ada", phone_number="1")
    assert owners(scene) == [(user.email, "CONFIRMED")]


def test_without_a_password_nothing_is_sold_and_nothing_lost(scene: Scene) -> None:
    show = scene.show()
    page = confirm(scene, show, guest_with(scene, show, "A1"), **{**ADA, "new_password": ""})
    assert page.status_code == 422
    assert owners(scene) == [(None, "HELD")]


def test_a_sale_whose_answer_never_arrived_is_found_again_by_signing_in(scene: Scene) -> None:
    show = scene.show()
    confirm(scene, show, guest_with(scene, show, "A1"), **ADA)
    elsewhere = scene.browser()
    elsewhere.sign_in("ada@example.com")
    assert "row A, seat 1" in words(elsewhere.get("/reservations/"))


def test_an_account_without_a_password_is_signed_in_to_by_nobody(scene: Scene) -> None:
    show = scene.show()
    confirm(scene, show, guest_with(scene, show, "A1"), **ADA)
    lose_password(scene)
    stranger = guest_with(scene, show, "A2")
    for password in ("", "None", "a guess"):
        page = confirm(scene, show, stranger, account="mine", email="ada@example.com", password=password)
        assert page.status_code in {401, 422}
    assert owners(scene)[1] == (None, "HELD")


def test_over_the_limit_of_the_account_nothing_is_lost(scene: Scene) -> None:
    show, user = scene.show(seat_limit=2), scene.user()
    reservations.confirm(user, scene.hold(user, show, "A9")[0].id)
    browser = guest_with(scene, show, "A1", "A2")
    typed = {"account": "mine", "email": str(user.email), "password": PASSWORD}
    page = confirm(scene, show, browser, **typed)
    assert page.status_code == 409
    assert "more than 2" in words(page)
    assert form_to(page, f"/shows/{show.id}/basket/confirm").values["email"] == user.email
    assert scene.statuses(show) == {"A9": ["CONFIRMED"], "A1": ["HELD"], "A2": ["HELD"]}
    refused = browser.post("/sign-in", {"email": user.email, "password": PASSWORD})
    assert refused.status_code == 409
    assert "more than 2" in words(refused)
    assert "Confirm all 2 seats" in words(browser.get(f"/shows/{show.id}"))


@pytest.mark.parametrize("ids", ["999999", "lapsed"])
def test_a_confirmation_that_is_refused_makes_no_account(scene: Scene, ids: str) -> None:
    show = scene.show()
    browser = guest_with(scene, show, "A1")
    held = reservations_of(scene)
    if ids == "lapsed":
        scene.lapse(*held)
    form = {**ADA, "reservation_ids": ids if ids.isdigit() else held[0].id}
    answer = browser.post(f"/shows/{show.id}/basket/confirm", form)
    assert answer.status_code == (404 if ids.isdigit() else 409)
    assert scene.rows("SELECT FROM users WHERE email = %s", ADA["email"].lower()) == []
