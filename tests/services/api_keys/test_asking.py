"""Programs ask with API keys: who they are then, until when, and that it is noted."""

import pytest

from tests.scenes import Scene
from tests.services.test_statements import recording
from webapp.extensions import db
from webapp.services import api_keys
from webapp.services.asker import Asker
from webapp.services.refusals import NotSignedIn


def used(scene: Scene) -> object:
    """When the one key was last used."""
    return scene.rows("SELECT last_used_at FROM api_keys")[0]["last_used_at"]


def turn_back(scene: Scene, column: str, seconds: int) -> None:
    """Let what happened to the one key have happened so long before now."""
    with scene.connected() as connection:
        connection.execute(f"UPDATE api_keys SET {column} = now() - make_interval(secs => %s)", (seconds,))


def test_whoever_has_a_key_asks_as_its_user_through_the_api(scene: Scene) -> None:
    user = scene.user("Ann", "page")
    found = api_keys.asker(scene.key(user, "holding", "reading"))
    assert found == Asker(user.id, "Ann", user.email, user.phone_number, "api")
    assert found.scopes == ("reading", "holding")
    assert found.api_key_id == api_keys.listed(user)[0].id


def test_a_key_is_good_until_its_time_is_over_by_the_databases_clock(scene: Scene) -> None:
    key = scene.key(scene.user(), days=1)
    turn_back(scene, "expires_at", -2)
    assert api_keys.asker(key)
    turn_back(scene, "expires_at", 0)
    with pytest.raises(NotSignedIn, match=r"This API key expired on 20\d\d-\d\d-\d\d at \d\d:\d\d UTC"):
        api_keys.asker(key)
    assert [one.key.state for one in api_keys.everybodys()] == ["expired"]


def test_that_a_key_was_used_is_noted_once_a_minute(scene: Scene) -> None:
    key = scene.key(scene.user())
    assert used(scene) is None
    api_keys.asker(key)
    first = used(scene)
    assert first
    turn_back(scene, "last_used_at", 58)
    before = used(scene)
    api_keys.asker(key)
    assert used(scene) == before
    turn_back(scene, "last_used_at", 61)
    api_keys.asker(key)
    assert used(scene) > first


def test_between_two_notes_a_key_costs_one_round_trip(scene: Scene) -> None:
    key = scene.key(scene.user())
    api_keys.asker(key)
    with recording(db.engine) as record:
        api_keys.asker(key)
    assert sum(record.statements.values()) == 1


def test_a_key_of_a_deleted_account_is_nobodys_even_where_it_was_left(scene: Scene) -> None:
    key = scene.key(scene.user())
    with scene.connected() as connection:
        connection.execute("UPDATE users SET deleted_at = now()")
    with pytest.raises(NotSignedIn, match="Nobody has this API key"):
        api_keys.asker(key)


def test_what_is_refused_is_not_noted_as_use(scene: Scene) -> None:
    user = scene.user()
    key = scene.key(user)
    api_keys.revoke_all(user)
    with pytest.raises(NotSignedIn, match="revoked"):
        api_keys.asker(key)
    assert used(scene) is None


def test_nobody_waits_for_somebody_who_notes_the_same(scene: Scene) -> None:
    key = scene.key(scene.user())
    with scene.connected() as connection:
        connection.execute("SELECT FROM api_keys FOR NO KEY UPDATE")
        assert api_keys.asker(key)
    assert used(scene) is None


NOT_KEYS = {
    "nothing more": "holdfast_",
    "too short": "holdfast_" + "a" * 42,
    "too long": "holdfast_" + "a" * 44,
    "very long": "holdfast_" + "a" * 100_000,
    "a line end after it": "holdfast_" + "a" * 43 + "\n",
    "NUL": "holdfast_" + "a" * 42 + "\0",
    "not ASCII": "holdfast_" + "a" * 42 + "\u00e4",
    "digits of another script": "holdfast_" + "\u0661" * 43,
    "SQL": "holdfast_' OR true --",
}


@pytest.mark.parametrize("written", NOT_KEYS)
def test_what_is_not_written_as_a_key_is_asked_of_nobody(scene: Scene, written: str) -> None:
    with pytest.raises(NotSignedIn, match="not an API key of ours"):
        api_keys.asker(NOT_KEYS[written])


def test_a_key_of_capitals_instead_is_another_key(scene: Scene) -> None:
    key = scene.key(scene.user())
    with pytest.raises(NotSignedIn, match="Nobody has this API key"):
        api_keys.asker("holdfast_" + key.removeprefix("holdfast_").swapcase())
