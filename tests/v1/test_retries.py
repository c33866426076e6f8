"""With an Idempotency-Key a request is done once, however often it is sent, and answered as before."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.scenes import Client, Scene
from tests.v1.shapes import refused
from tests.v1.stage import GOOD, Stage, method_of, routes, shared
from webapp.services import kept_answers, reservations, venues
from webapp.services.asker import Asker
from webapp.services.database.statements import autocommitted

KEY = "2f9c1b7e-0d34-4d0a-9a51-7d0c8a1f6a10"


@pytest.fixture
def ada(scene: Scene) -> Asker:
    return scene.user("Ada")


def hold(client: Client, show_id: int, *numbers: str, key: str = KEY) -> TestResponse:
    body = {"seat_numbers": list(numbers)}
    return client.post(f"/shows/{show_id}/holds", body, headers={"Idempotency-Key": key})


def is_replayed(response: TestResponse) -> bool:
    return response.headers.get("Idempotency-Replayed") == "true"


def test_what_is_sent_twice_is_done_once_and_answered_twice(scene: Scene, ada: Asker) -> None:
    show, client = scene.show(), scene.client(ada)
    first, second = (hold(client, show.id, "A1", "A2") for _ in range(2))
    assert (first.status_code, is_replayed(first)) == (201, False)
    assert (second.status_code, is_replayed(second)) == (201, True)
    assert (second.json, second.mimetype) == (first.json, first.mimetype)
    assert scene.statuses(show) == {"A1": ["HELD"], "A2": ["HELD"]}


def test_where_it_is_found_is_told_again(scene: Scene, ada: Asker) -> None:
    show, client = scene.show(), scene.client(ada)
    path, body = f"/reservations/{ada.id}/hold", {"show_id": show.id, "seat_number": "A1"}
    first, second = (client.post(path, body, headers={"Idempotency-Key": KEY}) for _ in range(2))
    assert is_replayed(second)
    assert first.headers["Location"] == second.headers["Location"] != ""


def test_every_route_that_changes_something_does_it_once(scene: Scene) -> None:
    stage = Stage(scene)
    found = {shared(rule): rule for rule in routes(scene.app, "POST", "PATCH", "DELETE")}
    for endpoint in GOOD:
        method, path, body = method_of(found[endpoint]), stage.path(found[endpoint]), stage.good(found[endpoint])
        headers = {"Idempotency-Key": f"once {endpoint}"}
        first = stage.ask(method, path, headers, json=body)
        state = stage.state()
        second = stage.ask(method, path, headers, json=body)
        assert stage.state() == state, endpoint
        if endpoint == "users.login":
            assert not is_replayed(second)
        elif endpoint in {"managers.invite", "api_keys.make"}:
            refused(second, 409, "told-once")
        else:
            assert is_replayed(second), (endpoint, second.text)
            assert (second.status_code, second.data) == (first.status_code, first.data)


def test_a_refusal_is_the_answer_too_whatever_happened_since(scene: Scene, ada: Asker) -> None:
    show, client, other = scene.show(), scene.client(ada), scene.user()
    [held] = scene.hold(other, show, "A1")
    first = hold(client, show.id, "A1")
    reservations.release(other, held.id)
    second = hold(client, show.id, "A1")
    refused(first, 409, "seat-taken", "seats", "offers")
    assert (second.status_code, second.mimetype, second.json) == (409, first.mimetype, first.json)
    assert is_replayed(second)
    assert hold(client, show.id, "A1", key="another").status_code == 201


def test_a_hold_that_ended_stays_marked_so_although_the_confirmation_was_refused(scene: Scene, ada: Asker) -> None:
    show, client = scene.show(), scene.client(ada)
    [held] = scene.hold(ada, show, "A1")
    scene.lapse(held)
    first, second = (
        client.post(f"/reservations/{held.id}/confirm", headers={"Idempotency-Key": KEY}) for _ in range(2)
    )
    refused(first, 409, "hold-expired", "seats")
    assert (second.status_code, second.json, is_replayed(second)) == (409, first.json, True)
    assert scene.statuses(show) == {"A1": ["EXPIRED"]}


@pytest.mark.parametrize("body", [{"seat_numbers": ["A2"]}, {"seat_numbers": ["A1"], "hold_minutes": 5}])
def test_another_request_with_the_same_key_is_refused(scene: Scene, ada: Asker, body: dict[str, Any]) -> None:
    show, client = scene.show(), scene.client(ada)
    hold(client, show.id, "A1")
    headers = {"Idempotency-Key": KEY}
    refused(client.post(f"/shows/{show.id}/holds", body, headers=headers), 422, "key-reused")
    refused(
        client.post(f"/shows/{scene.show().id}/holds", {"seat_numbers": ["A1"]}, headers=headers), 422, "key-reused"
    )
    assert scene.statuses(show) == {"A1": ["HELD"]}


def test_a_key_is_the_callers_own(scene: Scene, ada: Asker) -> None:
    show = scene.show()
    assert hold(scene.client(ada), show.id, "A1").status_code == 201
    refused(hold(scene.client(scene.user()), show.id, "A1"), 409, "seat-taken", "seats", "offers")


def test_what_was_not_valid_can_be_corrected_with_the_same_key(scene: Scene, ada: Asker) -> None:
    show, client = scene.show(), scene.client(ada)
    assert hold(client, show.id, "Z9").status_code == 404
    assert hold(client, show.id).status_code == 422
    assert hold(client, show.id, "A1").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "ключ".encode().decode("latin-1"), "a\tb"])
def test_a_key_that_is_none_is_refused_and_nothing_is_done(scene: Scene, ada: Asker, key: str) -> None:
    show = scene.show()
    refused(hold(scene.client(ada), show.id, "A1", key=key), 422, "key-unusable")
    assert scene.statuses(show) == {}


def test_a_key_may_be_quoted_as_the_draft_has_it(scene: Scene, ada: Asker) -> None:
    show, client = scene.show(), scene.client(ada)
    hold(client, show.id, "A1", key=f'"{KEY}"')
    assert is_replayed(hold(client, show.id, "A1", key=KEY))


@contextmanager
def under_way(scene: Scene, caller: str) -> Iterator[None]:
    """The request of the caller with the key is being done somewhere else."""
    with scene.connected() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s || ' ' || %s, 14))", (caller, KEY))
        yield


def test_while_it_is_under_way_the_same_request_is_asked_to_come_back(scene: Scene, ada: Asker) -> None:
    show, client = scene.show(), scene.client(ada)
    with under_way(scene, f"user {ada.id}"):
        response = hold(client, show.id, "A1")
        refused(response, 409, "still-under-way")
        assert response.headers["Retry-After"] == "1"
    assert hold(client, show.id, "A1").status_code == 201


def test_of_many_at_once_one_is_done(scene: Scene, ada: Asker) -> None:
    show = scene.show(seat_limit=100)

    def ask(_: int) -> TestResponse:
        with scene.app.app_context():
            return hold(scene.client(ada), show.id, "A1", "A2", "A3")

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(ask, range(48)))
    kinds = Counter("replayed" if is_replayed(answer) else answer.status_code for answer in answers)
    assert kinds[201] == 1
    assert kinds.keys() <= {201, 409, "replayed"}
    assert len({answer.data for answer in answers if answer.status_code == 201}) == 1
    assert scene.statuses(show) == {number: ["HELD"] for number in ("A1", "A2", "A3")}


def test_when_the_database_is_gone_before_the_end_nothing_was_done_and_the_key_is_as_new(
    scene: Scene, ada: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    show, client = scene.show(), scene.client(ada)
    kept = kept_answers.Once.keep

    def keep_without_database(once: kept_answers.Once, answer: kept_answers.Answer) -> None:
        with scene.connected() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' "
                "AND datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )
        kept(once, answer)

    monkeypatch.setattr(kept_answers.Once, "keep", keep_without_database)
    refused(hold(client, show.id, "A1"), 503, "busy")
    assert scene.statuses(show) == {}
    monkeypatch.undo()
    first = hold(client, show.id, "A1")
    assert (first.status_code, is_replayed(first)) == (201, False)


def test_a_plan_may_be_read_for_long_and_nothing_else_keeps_its_transaction_waiting(
    scene: Scene, ada: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience: dict[str, str] = {}

    def looking(name: str) -> None:
        verb = getattr(venues, name)

        def look(*arguments: Any, **more: Any) -> Any:
            with autocommitted() as connection:
                patience[name] = connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar_one()
            return verb(*arguments, **more)

        monkeypatch.setattr(venues, name, look)

    looking("create_venue")
    looking("save_first")
    client, key = scene.client(ada), {"Idempotency-Key": KEY}
    venue = client.post("/venues/", {"name": "Town Hall", "timezone": "UTC"}, headers=key).json
    kept = client.post(
        f"/venues/{venue['id']}/plans", {"name": "Hall", "ranges": "A1-A3"}, headers={"Idempotency-Key": "plan"}
    )
    assert kept.status_code == 201
    assert patience == {"create_venue": "5s", "save_first": "2min"}
    assert scene.rows("SELECT name FROM plans") == [{"name": "Hall"}]


def age(scene: Scene, hours: int) -> None:
    with scene.connected() as connection:
        connection.execute("UPDATE kept_answers SET created_at = created_at - make_interval(hours => %s)", (hours,))


def test_after_a_day_a_key_is_as_new_and_the_answer_is_forgotten(scene: Scene, ada: Asker) -> None:
    show, client = scene.show(), scene.client(ada)
    hold(client, show.id, "A1")
    age(scene, 23)
    assert is_replayed(hold(client, show.id, "A1"))
    assert kept_answers.forget() == 0
    age(scene, 1)
    again = hold(client, show.id, "A1")
    assert (again.status_code, is_replayed(again)) == (200, False)
    age(scene, 24)
    assert kept_answers.forget() == 1
    assert scene.rows("SELECT * FROM kept_answers") == []


def test_a_caller_has_so_many_keys_a_day(scene: Scene, ada: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "MOST_KEYS", 2)
    show, client = scene.show(), scene.client(ada)
    for number in ("A1", "A2"):
        assert hold(client, show.id, number, key=number).status_code == 201
    refused(hold(client, show.id, "A3", key="A3"), 429, "too-many-keys")
    assert is_replayed(hold(client, show.id, "A1", key="A1"))
    assert hold(scene.client(scene.user()), show.id, "A3", key="A3").status_code == 201


def test_a_key_of_a_question_or_of_a_page_counts_for_nothing(scene: Scene, ada: Asker) -> None:
    show, headers = scene.show(), {"Idempotency-Key": KEY}
    for _ in range(2):
        assert not is_replayed(scene.client(ada).get(f"/shows/{show.id}", headers=headers))
        assert not is_replayed(scene.browser(ada).flask.get(f"/shows/{show.id}", headers=headers))
    assert scene.rows("SELECT * FROM kept_answers") == []
