"""Admins are made from the command line."""

import pytest

from tests.scenes import Scene
from tests.test_commands import run
from webapp.services import admins


def test_an_admin_is_made_listed_and_unmade_and_each_can_be_said_twice(scene: Scene) -> None:
    ada = scene.user("Ada")
    told = [
        run(scene.app, "users", *words) for words in (["list"], ["promote", ada.email.upper()], ["promote", ada.email])
    ]
    assert [result.exit_code for result in told] == [0, 0, 0]
    assert [result.output for result in told] == [
        "There is no admin. Make one with: flask --app wsgi users promote EMAIL\n",
        f"Ada <{ada.email}> is an admin now.\n",
        f"Ada <{ada.email}> is an admin already.\n",
    ]
    assert run(scene.app, "users", "list").output.startswith(f"Ada <{ada.email}>, since 20")
    assert run(scene.app, "users", "demote", ada.email).output == f"Ada <{ada.email}> is no admin any more.\n"
    assert run(scene.app, "users", "demote", ada.email).output == f"Ada <{ada.email}> is no admin.\n"
    assert admins.listed() == []


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("nobody@example.com", "There is no account with the e-mail address nobody@example.com."),
        ("nonsense", "Must be an e-mail address"),
        ("", "Must be an e-mail address"),
    ],
)
@pytest.mark.parametrize("command", ["promote", "demote"])
def test_who_is_not_known_is_refused_with_a_sentence(scene: Scene, command: str, email: str, sentence: str) -> None:
    scene.guest()
    result = run(scene.app, "users", command, email)
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {sentence}")
    assert "Traceback" not in result.output
    assert scene.rows("SELECT FROM users WHERE is_admin") == []
