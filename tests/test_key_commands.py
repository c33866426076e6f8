"""API keys are made, listed and revoked from the command line."""

import pytest

from tests.scenes import Client, Scene
from tests.test_commands import run
from webapp.services import api_keys


def test_a_key_is_made_and_printed_alone_listed_without_it_and_revoked(scene: Scene) -> None:
    ann = scene.user("Ann")
    made = run(
        scene.app,
        *["keys", "create", ann.email.upper(), "--name", "Till", "--days", "30"],
        *["--scope", "holding", "--scope", "reading", "--scope", "holding"],
    )
    assert made.exit_code == 0
    key = made.stdout.strip()
    assert f"of Ann <{ann.email}>: “Till”, reading, holding; good until 20" in made.stderr
    assert Client(scene.app.test_client(), key).get("/users/me").status_code == 200
    [kept] = api_keys.listed(ann)
    scene.key(scene.user())
    listed = run(scene.app, "keys", "list", ann.email).output
    assert listed.startswith(f"{kept.id}  {ann.email}  {key[:15]}…  “Till”, reading, holding; good until 20")
    assert "; last used 20" in listed
    assert key not in listed
    assert len(run(scene.app, "keys", "list").output.splitlines()) == 2
    told = f"Key {kept.id} of Ann <{ann.email}> is revoked.\n"
    assert [run(scene.app, "keys", "revoke", str(kept.id)).output for _ in range(2)] == [told, told]
    assert Client(scene.app.test_client(), key).get("/users/me").status_code == 401
    assert run(scene.app, "keys", "list", ann.email).output.startswith("There is no API key. Make one with: ")
    assert {act["through"] for act in scene.rows("SELECT through FROM acts WHERE user_id = %s", ann.id)} == {"command"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["create", "nobody@example.com", "--name", "Till", "--scope", "reading"], "There is no account with the e-"),
        (["create", "nonsense", "--name", "Till", "--scope", "reading"], "Must be an e-mail address"),
        (["create", "{email}", "--name", " ", "--scope", "reading"], "--name: "),
        (["create", "{email}", "--name", "Till", "--scope", "reading", "--days", "0"], "--expires-in-days: "),
        (["list", "nobody@example.com"], "There is no account with the e-mail address"),
        (["revoke", "77"], "There is no API key with the id 77."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(scene: Scene, words: list[str], sentence: str) -> None:
    email = scene.user().email
    result = run(scene.app, "keys", *(word.format(email=email) for word in words))
    assert (result.exit_code, result.output.startswith(f"Error: {sentence}")) == (1, True), result.output
    assert scene.rows("SELECT FROM api_keys") == []


def test_a_scope_that_there_is_not_is_refused(scene: Scene) -> None:
    words = ["keys", "create", scene.user().email, "--name", "Till", "--scope", "signing-in"]
    assert run(scene.app, *words).exit_code == 2
    assert run(scene.app, *words[:-2]).exit_code == 2
    assert scene.rows("SELECT FROM api_keys") == []
