"""Guests: made once for a browser, told apart by address without being known, gone when they are an account."""

from datetime import timedelta

import pytest

from tests.conftest import KEY
from tests.scenes import PASSWORD, Scene
from webapp.services import accounts, reservations
from webapp.services.accounts.addresses import hashed, hashed_address
from webapp.services.refusals import AlreadyInUse, NotSignedIn, SeatLimitReached, SignInFailed

ANN = {"name": "Ann", "email": "ann@example.com", "phone_number": "+358401234567"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:DB8:1:2:0::99%eth0", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        (None, "", True),
        ("/tmp/socket", "unix:", True),
        ("192.0.2.1", None, False),
    ],
)
def test_an_address_is_one_of_ipv4_or_a_64th_of_ipv6(one: str | None, other: str | None, *, same: bool) -> None:
    assert (hashed_address(one, key=KEY) == hashed_address(other, key=KEY)) is same


def test_what_is_kept_of_an_address_says_nothing_without_the_key() -> None:
    kept = hashed_address("192.0.2.1", key=KEY)
    assert "192" not in kept
    assert kept != hashed_address("192.0.2.1", key=KEY + "!")
    assert kept != hashed("browser", "192.0.2.1", key=KEY)


def test_a_browser_has_one_guest_until_that_is_an_account(scene: Scene) -> None:
    first, version = accounts.begin_guest(address="here", browser="one")
    assert accounts.begin_guest(address="there", browser="one") == (first, version)
    assert accounts.begin_guest(address="here", browser="two")[0].id != first.id
    assert first.is_guest
    assert accounts.asker(first.id, version, through="page") == first
    accounts.become_account(first, **ANN)
    assert accounts.begin_guest(address="here", browser="one")[0].id != first.id


def test_a_guest_becomes_an_account_that_keeps_the_seats_and_ends_other_browsers(scene: Scene) -> None:
    show, guest = scene.show(), scene.guest()
    [held] = scene.hold(guest, show, "A1")
    ann, version = accounts.become_account(guest, **ANN, password=PASSWORD)
    assert (ann.id, ann.is_guest, version) == (guest.id, False, 2)
    assert accounts.asker(guest.id, 1, through="page") is None
    assert accounts.sign_in(email=ANN["email"], password=PASSWORD, through="page")[0] == ann
    assert reservations.confirm(ann, held.id).status == "CONFIRMED"
    with pytest.raises(NotSignedIn):
        accounts.become_account(guest, **ANN)


@pytest.mark.parametrize("field", ["email", "phone_number"])
def test_an_account_that_exists_is_not_made_again_and_the_guest_stays_one(scene: Scene, field: str) -> None:
    show, guest, user = scene.show(), scene.guest(), scene.user()
    scene.hold(guest, show, "A1")
    with pytest.raises(AlreadyInUse) as refusal:
        accounts.become_account(guest, **{**ANN, field: getattr(user, field)})
    assert [error["pointer"] for error in refusal.value.facts["errors"]] == [f"#/{field}"]
    assert accounts.asker(guest.id, 1, through="page") == guest


def test_an_account_without_a_password_is_signed_in_to_once_it_has_one(scene: Scene) -> None:
    ann, _ = accounts.become_account(scene.guest(), **ANN)
    assert not accounts.has_password(ann)
    with pytest.raises(SignInFailed, match="do not belong together"):
        accounts.sign_in(email=ANN["email"], password="", through="page")
    accounts.set_first_password(ann, new_password=PASSWORD)
    assert accounts.has_password(ann)
    assert accounts.sign_in(email=ANN["email"], password=PASSWORD, through="page")[0].id == ann.id
    with pytest.raises(SignInFailed):
        accounts.set_first_password(ann, new_password="another one")


def test_an_account_takes_a_guests_seats_of_all_shows_over_and_the_guest_is_forgotten(scene: Scene) -> None:
    show, other, guest, user = scene.show(), scene.show(), scene.guest(), scene.user()
    lapsed, first = scene.hold(guest, show, "A1", "A2")
    [second] = scene.hold(guest, other, "A1")
    scene.lapse(lapsed)
    accounts.take_over(guest, user)
    assert {one.id for one in reservations.of_buyer(user, reservations.Wanted(status="HELD"))} == {first.id, second.id}
    assert reservations.one(guest, lapsed.id).status == "EXPIRED"
    [row] = scene.rows("SELECT * FROM users WHERE id = %s", guest.id)
    assert (row["guest_address"], row["guest_browser"], row["token_version"]) == (None, None, 2)
    assert row["deleted_at"]
    assert accounts.asker(guest.id, 1, through="page") is None


def test_of_a_basket_too_large_for_the_account_nothing_is_taken_over(scene: Scene) -> None:
    show, guest, user = scene.show(seat_limit=3), scene.guest(), scene.user()
    scene.hold(user, show, "A8", "A9")
    held = scene.hold(guest, show, "A1", "A2")
    with pytest.raises(SeatLimitReached, match="more than 3") as refusal:
        accounts.take_over(guest, user)
    assert refusal.value.facts == {"limit": 3}
    assert [one.id for one in reservations.of_buyer(guest, reservations.Wanted(status="HELD"))] == [
        one.id for one in reversed(held)
    ]
    assert accounts.asker(guest.id, 1, through="page") == guest


def test_a_basket_has_five_more_minutes_once_and_one_clock(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user(through="page")
    scene.hold(buyer, show, "A1")
    [second] = scene.hold(buyer, show, "A2")
    longer = {one.hold_expiry for one in reservations.extend_basket(buyer, show.id)}
    assert longer == {second.hold_expiry + timedelta(minutes=5)}
    [third] = scene.hold(buyer, show, "A3")
    assert {third.hold_expiry} == longer
    again = reservations.extend_basket(buyer, show.id)
    assert ({one.hold_expiry for one in again}, len(again)) == (longer, 3)


def test_who_holds_nothing_has_nothing_extended(scene: Scene) -> None:
    show, buyer, other = scene.show(), scene.user(), scene.user()
    [held] = scene.hold(other, show, "A1")
    scene.lapse(*scene.hold(buyer, show, "A2"))
    assert list(reservations.extend_basket(buyer, show.id)) == []
    assert reservations.one(other, held.id).hold_expiry == held.hold_expiry
