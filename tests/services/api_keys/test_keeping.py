"""API keys are made and revoked: what is kept of them, how many there may be, and how they end."""

import re
from hashlib import sha256

import pytest

from tests.races import outcome, racing
from tests.scenes import PASSWORD, Scene
from webapp.services import accounts, api_keys
from webapp.services.asker import Asker
from webapp.services.refusals import Invalid, NotFound, NotSignedIn, SignInFailed


def make(user: Asker, name: str = "Till", days: int | None = None) -> tuple[api_keys.ApiKey, str]:
    """A key that looks and holds."""
    return api_keys.make(user, name=name, scopes=["holding", "reading"], expires_in_days=days)


def test_of_a_key_a_hash_is_kept_and_how_it_begins_and_nothing_else(scene: Scene) -> None:
    made, key = make(scene.user())
    assert re.fullmatch("holdfast_[A-Za-z0-9]{43}", key)
    [row] = scene.rows("SELECT * FROM api_keys")
    assert bytes(row["key_hash"]) == sha256(key.encode()).digest()
    assert row["beginning"] == made.beginning == key[:15]
    everything = scene.rows("SELECT to_jsonb(api_keys)::text AS it FROM api_keys UNION SELECT details::text FROM acts")
    assert [one for one in everything if key[15:] in one["it"]] == []
    assert made.scopes == ["reading", "holding"]
    assert (made.expires_at, made.last_used_at, made.state) == (None, None, "good")


def test_no_two_keys_are_alike_and_the_latest_is_listed_first(scene: Scene) -> None:
    ann, bob = scene.user(), scene.user()
    keys = [make(ann, name)[1] for name in ("Till", "Screen")]
    make(bob)
    assert len(set(keys)) == 2
    assert [key.name for key in api_keys.listed(ann)] == ["Screen", "Till"]


def test_a_key_ends_as_many_days_later_as_was_asked_for(scene: Scene) -> None:
    made, _ = make(scene.user(), days=90)
    assert made.expires_at
    assert (made.expires_at - made.created_at).days == 90


def test_an_account_has_so_many_keys_expired_ones_among_them_and_no_revoked_ones(scene: Scene) -> None:
    user = scene.user()
    kept = [make(user, days=1)[0] for _ in range(api_keys.MOST_KEYS)]
    with scene.connected() as connection:
        connection.execute("UPDATE api_keys SET expires_at = now() WHERE id = %s", (kept[0].id,))
    with pytest.raises(Invalid, match="Revoke one that nobody needs"):
        make(user)
    make(scene.user())
    api_keys.revoke(user, kept[0].id)
    make(user)


def test_of_two_at_once_none_is_one_too_many(scene: Scene) -> None:
    user = scene.user()
    for _ in range(api_keys.MOST_KEYS - 1):
        make(user)
    with racing(scene) as race:
        with scene.connected() as connection:
            connection.execute("SELECT FROM users WHERE id = %s FOR UPDATE", (user.id,))
            both = [race.start(lambda: make(user)) for _ in range(2)]
            race.settle(*both)
        results = [outcome(one) for one in both]
    assert sum(isinstance(result, Invalid) for result in results) == 1
    assert len(api_keys.listed(user)) == api_keys.MOST_KEYS


def test_who_does_not_know_the_password_makes_no_key_on_a_page(scene: Scene) -> None:
    user = scene.user()
    terms = {"name": "Till", "scopes": ["reading"], "expires_in_days": None}
    with pytest.raises(SignInFailed):
        api_keys.make_with_password(user, password="wrong", **terms)
    assert api_keys.listed(user) == []
    api_keys.make_with_password(user, password=PASSWORD, **terms)


def test_only_who_has_a_key_revokes_it_and_again_changes_nothing(scene: Scene) -> None:
    ann, bob = scene.user(), scene.user()
    made, key = make(ann)
    for other, key_id in ((bob, made.id), (ann, made.id + 1), (ann, 2**63 - 1)):
        with pytest.raises(NotFound):
            api_keys.revoke(other, key_id)
    assert api_keys.asker(key)
    api_keys.revoke(ann, made.id)
    before = scene.rows("SELECT revoked_at FROM api_keys")
    api_keys.revoke(ann, made.id)
    assert scene.rows("SELECT revoked_at FROM api_keys") == before
    assert api_keys.listed(ann) == []
    acts = scene.rows("SELECT act, details FROM acts ORDER BY id")
    assert [act["act"] for act in acts] == ["make API key", "revoke API key"]


def test_all_keys_of_one_person_are_revoked_at_once(scene: Scene) -> None:
    ann, bob = scene.user(), scene.user()
    keys = [make(ann)[1] for _ in range(3)]
    others = make(bob)[1]
    assert [api_keys.revoke_all(ann), api_keys.revoke_all(ann)] == [3, 0]
    for key in keys:
        with pytest.raises(NotSignedIn, match="revoked"):
            api_keys.asker(key)
    assert api_keys.asker(others).id == bob.id


def test_a_key_outlives_a_change_of_the_password_and_ends_with_the_account(scene: Scene) -> None:
    user = scene.user()
    _, key = make(user)
    accounts.change_password(user, current_password=PASSWORD, new_password="another long password")
    assert api_keys.asker(key).id == user.id
    accounts.delete_account(user, password="another long password")
    with pytest.raises(NotSignedIn, match="Nobody has this API key"):
        api_keys.asker(key)
    with pytest.raises(NotSignedIn, match="deleted"):
        make(user)
    assert scene.rows("SELECT FROM api_keys") == []


def test_a_guest_has_no_keys(scene: Scene) -> None:
    with pytest.raises(NotSignedIn):
        make(scene.guest())
