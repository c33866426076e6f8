"""Accounts: one for each e-mail address and phone number, and nothing left of a person who goes."""

from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from tests.scenes import PASSWORD, Scene
from webapp.schemas.users import NewUser
from webapp.services import accounts, reservations, shows
from webapp.services.accounts import account
from webapp.services.asker import Asker
from webapp.services.refusals import AlreadyInUse, NotFound, NotSignedIn, SignInFailed, StillOrganizing

ANN = {"name": "Ann", "phone_number": "+358401234567", "email": "ann@example.com", "password": "a good password"}


def sign_up(**typed: str) -> Asker:
    """Sign up with what a person types, as every listener does: by the schema, then the service."""
    asked = NewUser.model_validate({**ANN, **typed})
    return accounts.sign_up(**asked.model_dump(), through="api")[0]


def test_who_signs_up_can_sign_in_and_is_asked_by_that_token_version(scene: Scene) -> None:
    ann, version = accounts.sign_up(**ANN, through="page")
    again, same_version = accounts.sign_in(email=ANN["email"], password=ANN["password"], through="page")
    assert (again, same_version) == (ann, version)
    assert accounts.asker(ann.id, version, through="page") == ann
    assert accounts.by_email(ANN["email"]).id == ann.id


def test_a_password_is_kept_as_an_argon2id_hash_of_at_least_owasps_cost(scene: Scene) -> None:
    ann = sign_up()
    [row] = scene.rows("SELECT password FROM users WHERE id = %s", ann.id)
    cost = extract_parameters(row["password"])
    assert cost.type is Type.ID
    assert (cost.time_cost >= 2, cost.memory_cost >= 19456) == (True, True)
    assert ANN["password"] not in row["password"]


@pytest.mark.parametrize("email", ["ann@example.com", " Ann@Example.COM ", "ANN@EXAMPLE.com"])
def test_an_email_address_belongs_to_one_account_however_it_is_typed(scene: Scene, email: str) -> None:
    sign_up()
    with pytest.raises(AlreadyInUse) as refusal:
        sign_up(email=email, phone_number="+358400000000")
    assert scene.rows("SELECT email FROM users") == [{"email": "ann@example.com"}]
    assert [error["pointer"] for error in refusal.value.facts["errors"]] == ["#/email"]


@pytest.mark.parametrize("phone_number", ["+358 40 123 4567", "00358-40-1234567", "+358 (40) 123.4567"])
def test_a_phone_number_belongs_to_one_account_however_it_is_typed(scene: Scene, phone_number: str) -> None:
    sign_up()
    with pytest.raises(AlreadyInUse) as refusal:
        sign_up(email="bob@example.com", phone_number=phone_number)
    assert scene.rows("SELECT phone_number FROM users") == [{"phone_number": "+358401234567"}]
    assert [error["pointer"] for error in refusal.value.facts["errors"]] == ["#/phone_number"]


def test_a_wrong_password_and_an_unknown_email_take_the_same_path(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up()
    verified: list[Any] = []
    verify = PasswordHasher.verify

    def counted(hasher: PasswordHasher, hashed: Any, password: Any) -> bool:
        verified.append(extract_parameters(hashed))
        return verify(hasher, hashed, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    sentences = []
    for email, password in ((ANN["email"], "a wrong password"), ("nobody@example.com", ANN["password"])):
        with pytest.raises(SignInFailed) as refusal:
            accounts.sign_in(email=email, password=password, through="api")
        sentences.append((refusal.value.sentence, refusal.value.facts))
    assert len(verified) == 2
    assert verified[0] == verified[1]
    assert sentences[0] == sentences[1]


def test_a_new_password_ends_all_tokens_and_the_old_password(scene: Scene) -> None:
    buyer = scene.user()
    _, version = accounts.sign_in(email=buyer.email, password=PASSWORD, through="api")
    new_version = accounts.change_password(buyer, current_password=PASSWORD, new_password="quite another one")
    assert accounts.asker(buyer.id, version, through="api") is None
    assert accounts.asker(buyer.id, new_version, through="api") == buyer
    assert accounts.sign_in(email=buyer.email, password="quite another one", through="api") == (buyer, new_version)
    with pytest.raises(SignInFailed):
        accounts.sign_in(email=buyer.email, password=PASSWORD, through="api")


def test_an_account_is_touched_only_with_its_password(scene: Scene) -> None:
    buyer = scene.user()
    before = scene.rows("SELECT * FROM users")
    with pytest.raises(SignInFailed):
        accounts.change_password(buyer, current_password="wrong", new_password="quite another one")
    with pytest.raises(SignInFailed):
        accounts.delete_account(buyer, password="wrong")
    assert scene.rows("SELECT * FROM users") == before


def test_of_a_deleted_account_the_sales_stay_and_the_person_goes(scene: Scene) -> None:
    show, other_show, buyer = scene.show(), scene.show(), scene.user("Ann Person")
    sold, held = scene.hold(buyer, show, "A1", "A2")
    reservations.confirm(buyer, sold.id)
    scene.hold(buyer, other_show, "A1")
    stranger = scene.user()
    scene.hold(stranger, show, "A3")
    accounts.delete_account(buyer, password=PASSWORD)
    assert scene.statuses(show) == {"A1": ["CONFIRMED"], "A2": ["CANCELLED"], "A3": ["HELD"]}
    assert scene.statuses(other_show) == {"A1": ["CANCELLED"]}
    [row] = scene.rows("SELECT * FROM users WHERE id = %s", buyer.id)
    assert (row["email"], row["phone_number"], row["password"]) == (None, None, None)
    assert "Ann" not in row["name"]
    assert row["deleted_at"]
    assert held.user_id == buyer.id


def test_a_deleted_account_is_nobody(scene: Scene) -> None:
    buyer = scene.user()
    accounts.delete_account(buyer, password=PASSWORD)
    assert [accounts.asker(buyer.id, version, through="api") for version in (1, 2)] == [None, None]
    with pytest.raises(SignInFailed):
        accounts.sign_in(email=buyer.email, password=PASSWORD, through="api")
    with pytest.raises(NotFound):
        accounts.by_email(buyer.email)


def test_who_left_meanwhile_neither_changes_a_password_nor_creates_a_show(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    buyer = scene.user()
    hash_password = account.hash_password

    def leave_while_hashing(password: str) -> str:
        accounts.delete_account(buyer, password=PASSWORD)
        return hash_password(password)

    monkeypatch.setattr(account, "hash_password", leave_while_hashing)
    with pytest.raises(NotSignedIn):
        accounts.change_password(buyer, current_password=PASSWORD, new_password="quite another one")
    with pytest.raises(NotSignedIn):
        scene.show(buyer, seats="")
    assert scene.rows("SELECT password FROM users WHERE id = %s", buyer.id) == [{"password": None}]
    assert shows.upcoming() == []


def test_who_left_can_come_back_with_the_same_address_as_somebody_new(scene: Scene) -> None:
    first = sign_up()
    accounts.delete_account(first, password=ANN["password"])
    assert sign_up().id != first.id


def test_who_has_shows_ahead_cannot_leave_before_cancelling_them(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, title="Macbeth")
    [held] = scene.hold(organizer, scene.show(), "A1")
    with pytest.raises(StillOrganizing) as refusal:
        accounts.delete_account(organizer, password=PASSWORD)
    assert scene.rows("SELECT deleted_at FROM users WHERE id = %s", organizer.id) == [{"deleted_at": None}]
    assert reservations.one(organizer, held.id).status == "HELD"
    assert "Macbeth" in refusal.value.sentence
    shows.cancel(organizer, show.id)
    accounts.delete_account(organizer, password=PASSWORD)
    assert shows.one(show.id).cancelled_at


def test_who_has_only_shows_that_have_begun_can_leave(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, starts_in=timedelta(days=1))
    scene.begin(show)
    accounts.delete_account(organizer, password=PASSWORD)
    assert shows.one(show.id).organizer_id == organizer.id
