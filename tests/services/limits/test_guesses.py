"""Wrong passwords slow down whoever tries them, also when many do at once, and nobody locks the owner out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.races import racing
from tests.scenes import PASSWORD, Scene
from webapp.services import accounts
from webapp.services.accounts import guesses
from webapp.services.accounts.guesses import FREE_TRIES, OF_NETWORK, OF_STRANGERS, SIEGE_WAIT, WINDOW, Guesser, counted
from webapp.services.asker import Asker
from webapp.services.refusals import Busy, Refusal, SignInFailed, SignInSlowed, StillOrganizing

RIGHT, WRONG = "in", "wrong"


@pytest.fixture
def ann(scene: Scene) -> Asker:
    return scene.user("Ann")


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about how often a password is looked at, not about what that costs."""
    monkeypatch.setattr("webapp.services.accounts.account.password_matches", lambda _, password: password == PASSWORD)


def sign_in(user: Asker | str, network: str = "home", password: str = PASSWORD) -> str | int:
    """Try to sign in: "in", "wrong", or the seconds to wait."""
    email = user if isinstance(user, str) else user.email or ""
    try:
        with counted(Guesser(email, f"account of {email}", network)):
            accounts.sign_in(email=email, password=password, through="api")
    except SignInFailed:
        return WRONG
    except SignInSlowed as slowed:
        return int(slowed.facts["retry_after"])
    return RIGHT


def guess(user: Asker | str, network: str = "home") -> str | int:
    return sign_in(user, network, "a guess")


def let_pass(scene: Scene, seconds: int) -> None:
    """Let so many seconds pass."""
    with scene.connected() as connection:
        time = timedelta(seconds=seconds)
        connection.execute("UPDATE password_tries SET tried_at = tried_at - %s", (time,))
        connection.execute("UPDATE allowances SET spent_until = spent_until - %s", (time,))


def besiege(user: Asker | str) -> None:
    """Let many networks be wrong about the account."""
    for number in range(OF_STRANGERS):
        assert guess(user, f"robot {number}") == WRONG


def test_after_some_free_tries_each_wrong_one_doubles_the_wait_up_to_a_minute(scene: Scene, ann: Asker) -> None:
    assert [guess(ann) for _ in range(FREE_TRIES)] == [WRONG] * FREE_TRIES
    waits = []
    for _ in range(8):
        wait = guess(ann)
        assert isinstance(wait, int)
        waits.append(wait)
        let_pass(scene, wait)
        assert guess(ann) == WRONG
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_who_waits_as_told_gets_in_and_has_all_tries_again(scene: Scene, ann: Asker) -> None:
    for _ in range(FREE_TRIES):
        guess(ann)
    assert sign_in(ann) == 1
    let_pass(scene, 1)
    assert sign_in(ann) == RIGHT
    assert [guess(ann) for _ in range(FREE_TRIES)] == [WRONG] * FREE_TRIES


def test_nobody_waits_for_a_clock_that_was_set_back(scene: Scene, ann: Asker) -> None:
    for _ in range(FREE_TRIES + 3):
        guess(ann)
        let_pass(scene, 4)
    assert guess(ann) == 4
    let_pass(scene, -3600)
    assert sign_in(ann) == RIGHT


def test_asking_too_early_makes_the_wait_no_longer(scene: Scene, ann: Asker) -> None:
    for _ in range(FREE_TRIES + 3):
        guess(ann)
        let_pass(scene, 4)
    assert [guess(ann) for _ in range(3)] == [4, 4, 4]
    let_pass(scene, 4)
    assert guess(ann) == WRONG


def test_an_unknown_email_is_slowed_as_a_known_one_is(scene: Scene, ann: Asker) -> None:
    told: dict[str, list[Any]] = {}
    for email in (ann.email or "", "nobody@example.com"):
        told[email] = [guess(email) for _ in range(FREE_TRIES + 2)]
        let_pass(scene, 3600)
        besiege(email)
        told[email] += [guess(email, "elsewhere") for _ in range(2)]
        let_pass(scene, 3600)
    assert told[ann.email or ""] == told["nobody@example.com"] == [*[WRONG] * FREE_TRIES, 1, 1, SIEGE_WAIT, SIEGE_WAIT]


def test_of_guesses_at_once_no_more_are_looked_at_than_are_free(scene: Scene, ann: Asker) -> None:
    with racing(scene) as race:
        found = race.all_at_once(*[lambda: guess(ann)] * 12)
    assert found.count(WRONG) == FREE_TRIES


def test_of_guesses_at_once_from_many_networks_no_more_are_looked_at_than_are_free(scene: Scene, ann: Asker) -> None:
    def from_network(number: int) -> Callable[[], str | int]:
        return lambda: guess(ann, f"robot {number}")

    with racing(scene) as race:
        found = race.all_at_once(*map(from_network, range(16)))
    assert found.count(WRONG) == OF_STRANGERS
    assert set(found) == {WRONG, SIEGE_WAIT}


def test_many_guessers_do_not_lock_the_owner_out_at_home(scene: Scene, ann: Asker) -> None:
    assert sign_in(ann) == RIGHT
    besiege(ann)
    assert guess(ann, "one more robot") == SIEGE_WAIT
    assert sign_in(ann) == RIGHT
    assert [guess(ann), sign_in(ann)] == [WRONG, RIGHT]


def test_an_owner_on_a_journey_who_waits_as_told_gets_in_under_siege(scene: Scene, ann: Asker) -> None:
    besiege(ann)
    assert sign_in(ann, "hotel") == SIEGE_WAIT
    let_pass(scene, SIEGE_WAIT - 1)
    for number in range(5):
        guess(ann, f"later robot {number}")
    assert sign_in(ann, "hotel") == 1
    let_pass(scene, 1)
    assert sign_in(ann, "hotel") == RIGHT
    assert sign_in(ann, "hotel") == RIGHT, "it is at home there now"


def test_under_siege_each_network_has_a_single_try_for_each_wait(scene: Scene, ann: Asker) -> None:
    besiege(ann)
    assert guess(ann, "robot 0") == SIEGE_WAIT
    let_pass(scene, SIEGE_WAIT)
    besieged = [guess(ann, "robot 0") for _ in range(2)]
    assert besieged == [WRONG, SIEGE_WAIT]


def test_a_network_that_is_wrong_about_many_is_slowed_but_not_who_is_at_home_there(scene: Scene, ann: Asker) -> None:
    bob = scene.user()
    assert sign_in(ann, "school") == RIGHT
    for number in range(3):
        assert guess(f"pupil{number}@example.com", "school") == WRONG
    each = WINDOW / OF_NETWORK
    with scene.connected() as connection:  # and so were others, many times
        connection.execute(
            "UPDATE allowances SET spent_until = spent_until + %s WHERE caller = 'school'",
            (timedelta(seconds=WINDOW - 5 * each),),
        )
    assert [guess(f"pupil{number}@example.com", "school") for number in range(3, 6)] == [WRONG, WRONG, each]
    assert sign_in(bob, "school") == 6
    assert guess("another@example.com", "school") == 6
    assert sign_in(ann, "school") == RIGHT
    assert sign_in(bob, "elsewhere") == RIGHT
    let_pass(scene, 6)
    assert sign_in(bob, "school") == RIGHT


def test_right_passwords_cost_nothing(scene: Scene) -> None:
    users = [scene.user() for _ in range(3)]
    assert [sign_in(user) for user in users * 2] == [RIGHT] * 6
    assert scene.rows("SELECT FROM password_tries") == []
    assert guesses.forget() == 0
    assert scene.rows("SELECT FROM allowances WHERE spent_until > clock_timestamp()") == []


def test_the_last_networks_are_known_and_none_is_named(scene: Scene, ann: Asker) -> None:
    for number in [*range(12), 5]:
        sign_in(ann, f"network {number}")
    [row] = scene.rows("SELECT known_networks FROM users")
    assert row["known_networks"] == [f"network {number}" for number in (5, 11, 10, 9, 8, 7, 6, 4, 3, 2)]
    accounts.delete_account(ann, password=PASSWORD)
    assert scene.rows("SELECT known_networks FROM users") == [{"known_networks": []}]


def test_nobody_waits_for_an_account_that_is_being_changed(scene: Scene, ann: Asker) -> None:
    with scene.connected() as connection:
        connection.execute("SELECT FROM users FOR UPDATE")
        assert [sign_in(ann), guess(ann), sign_in(ann)] == [RIGHT, WRONG, RIGHT]
    assert scene.rows("SELECT known_networks FROM users") == [{"known_networks": []}]
    sign_in(ann)
    assert scene.rows("SELECT known_networks FROM users") == [{"known_networks": ["home"]}]


@pytest.mark.parametrize(("refusal", "failures"), [(StillOrganizing, 0), (SignInFailed, 1), (Busy, 1)])
def test_only_what_may_have_been_a_wrong_password_is_counted(
    scene: Scene, ann: Asker, refusal: type[Refusal], failures: int
) -> None:
    with pytest.raises(refusal), counted(Guesser(ann.email or "", "account", "home")):
        raise refusal("no")
    assert len(scene.rows("SELECT FROM password_tries")) == failures


def test_failures_that_are_long_past_are_forgotten(scene: Scene, ann: Asker) -> None:
    for _ in range(FREE_TRIES):
        guess(ann)
    let_pass(scene, 3600)
    assert [guess(ann) for _ in range(FREE_TRIES)] == [WRONG] * FREE_TRIES
    let_pass(scene, 1800)
    guess(ann, "elsewhere")
    let_pass(scene, 1800)
    assert guesses.forget() == 1
    assert [row["network"] for row in scene.rows("SELECT network FROM password_tries")] == ["elsewhere"]
