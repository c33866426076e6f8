"""The changes of a show over HTTP: a stream for pages, a document for those who ask now and then."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.conftest import KEY
from tests.postgres import Database
from tests.scenes import Scene, Visitor
from tests.streams import Stream
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db
from webapp.services import reservations, seat_maps
from webapp.services.seat_maps.watching import audience, registry, watcher
from webapp.services.shows import Show

STREAM = {"Accept": "text/html, text/event-stream", "HX-Request": "true", "HX-Request-Type": "partial"}
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audience, "LINGER_SECONDS", 0.2)
    monkeypatch.setattr(watcher, "PAUSE_SECONDS", 0.05)


def opened(scene: Scene, show: Show, stack: ExitStack, **headers: str) -> Stream:
    """A stream of the show's changes, closed with the stack; without a cursor it starts now."""
    cursor = seat_maps.standing_of(show.id).cursor
    response = scene.app.test_client().get(
        f"/shows/{show.id}/live?since={cursor}", headers={**STREAM, **headers}, buffered=False
    )
    stack.callback(response.close)
    assert response.status_code == 200, response.text
    return Stream(response)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def test_a_page_hears_of_a_hold_as_an_event(scene: Scene, stack: ExitStack) -> None:
    show = scene.show()
    stream = opened(scene, show, stack)
    assert stream.until("pulse")
    [held] = scene.hold(scene.user(), show, "A1")
    _, told = stream.until("seats")
    assert (told["held"], told["available"], told["sold"]) == ([held.seat_id], [], [])
    assert list(told["free"].values()) == [9]


def test_a_stream_is_neither_kept_nor_buffered_on_its_way_nor_touches_the_session(
    scene: Scene, stack: ExitStack
) -> None:
    response = opened(scene, scene.show(), stack).response
    assert response.mimetype == "text/event-stream"
    assert response.headers["X-Accel-Buffering"] == "no"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in response.headers
    assert "Content-Length" not in response.headers


def test_nothing_that_is_told_says_who(scene: Scene, stack: ExitStack) -> None:
    show, buyer = scene.show(), scene.user("Secret Agent")
    stream = opened(scene, show, stack)
    [held] = scene.hold(buyer, show, "A1")
    reservations.confirm(buyer, held.id)
    _, told = stream.until("seats")
    assert set(told) == {"available", "held", "sold", "free"}
    everything = scene.app.test_client().get(f"/shows/{show.id}/live", headers=JSON).get_json()
    assert set(everything) == {"cursor", "events"}
    [event] = everything["events"]
    assert set(event["data"]) == {"all", "available", "held", "sold", "free"}


def test_a_stream_goes_on_where_the_last_one_ended(scene: Scene, stack: ExitStack) -> None:
    show, buyer = scene.show(), scene.user()
    stream = opened(scene, show, stack)
    scene.hold(buyer, show, "A1")
    cursor, _ = stream.until("seats")
    stream.response.close()
    [held] = scene.hold(buyer, show, "A2")
    again = opened(scene, show, stack, **{"Last-Event-ID": cursor})
    _, told = again.until("seats")
    assert held.seat_id in told["held"]
    assert "all" not in told


def test_who_asks_now_and_then_gets_what_is_new_or_nothing(scene: Scene) -> None:
    show, buyer, client = scene.show(), scene.user(), scene.app.test_client()
    first = client.get(f"/shows/{show.id}/live", headers=JSON).get_json()
    assert first["events"][0]["data"]["all"] is True
    quiet = client.get(f"/shows/{show.id}/live?since={first['cursor']}", headers=JSON)
    assert (quiet.status_code, quiet.data, quiet.headers["Cache-Control"]) == (204, b"", "private, no-cache")
    [held] = scene.hold(buyer, show, "A1")
    [event] = client.get(f"/shows/{show.id}/live?since={first['cursor']}", headers=JSON).get_json()["events"]
    assert (event["event"], event["data"]["held"]) == ("seats", [held.seat_id])


@pytest.mark.parametrize("path", ["/shows/999999/live", "/shows/{id}/live?part=attic", "/v1/shows/{id}/live"])
@pytest.mark.parametrize("headers", [STREAM, JSON])
def test_of_what_is_not_there_nothing_is_told(scene: Scene, path: str, headers: dict[str, str]) -> None:
    show = scene.show()
    response = scene.app.test_client().get(path.format(id=show.id), headers=headers)
    assert response.status_code == 404


def test_beyond_the_limit_of_viewers_the_answer_is_when_to_come_again(
    scene: Scene, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    show = scene.show()
    monkeypatch.setattr(registry, "MOST_VIEWERS", 1)
    stream = opened(scene, show, stack)
    full = scene.app.test_client().get(f"/shows/{show.id}/live", headers=STREAM)
    assert (full.status_code, full.headers["Retry-After"]) == (503, "10")
    stream.response.close()
    opened(scene, show, stack)


def test_a_network_with_too_many_streams_may_still_ask_now_and_then(
    scene: Scene, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    show, client = scene.show(), scene.app.test_client()
    monkeypatch.setattr(registry, "MOST_STREAMS_OF_NETWORK", 1)
    opened(scene, show, stack)
    full = client.get(f"/shows/{show.id}/live", headers=STREAM)
    assert (full.status_code, full.headers["Retry-After"]) == (503, "10")
    assert client.get(f"/shows/{show.id}/live", headers=JSON).status_code == 200
    elsewhere = client.get(
        f"/shows/{show.id}/live", headers=STREAM, environ_base={"REMOTE_ADDR": "192.0.2.7"}, buffered=False
    )
    stack.callback(elsewhere.close)
    assert elsewhere.status_code == 200


def test_who_asks_about_a_show_that_closed_long_ago_is_answered_with_nothing(scene: Scene) -> None:
    show, client = scene.show(), scene.app.test_client()
    with scene.history() as connection:
        connection.execute(
            "UPDATE shows SET starts_at = clock_timestamp() - interval '2 minutes' WHERE id = %s", (show.id,)
        )
    cursor = seat_maps.standing_of(show.id).cursor
    assert client.get(f"/shows/{show.id}/live?since={cursor}", headers=JSON).status_code == 204


def test_a_stream_never_read_leaves_nobody_behind(scene: Scene) -> None:
    show = scene.show()
    scene.app.test_client().head(f"/shows/{show.id}/live", headers=STREAM).close()
    scene.app.test_client().get(f"/shows/{show.id}/live", headers=STREAM, buffered=False).close()
    assert registry._registries[db.engine]._viewers == 0


@pytest.fixture
def one_connection(own_database: Database) -> Iterator[Scene]:
    """A scene whose application has a single connection."""
    settings = {"DATABASE_URL": own_database.url, "SECRET_KEY": KEY, "DATABASE_POOL_SIZE": "1"}
    app = create_app(Settings.from_environment(settings))
    app.test_client_class = Visitor
    with app.app_context():
        yield Scene(app, own_database)
        db.engine.dispose()


def test_twenty_open_streams_leave_the_only_connection_to_buyers(one_connection: Scene, stack: ExitStack) -> None:
    scene = one_connection
    show = scene.show(seats="A1-A30", seat_limit=30)
    streams = [opened(scene, show, stack) for _ in range(20)]
    buyer = scene.user()
    for number in range(1, 21):
        scene.hold(buyer, show, f"A{number}")
    held: set[int] = set()
    while len(held) < 20:
        held.update(streams[-1].until("seats")[1]["held"])


def test_the_page_says_where_its_changes_are_and_how_far_it_has_read(scene: Scene) -> None:
    show = scene.show()
    page = scene.browser().get(f"/shows/{show.id}").text
    found = re.search(r'data-live="([^"]+)" data-cursor="([^"]+)"', page)
    assert found
    assert scene.app.test_client().get(f"{found[1]}?since={found[2]}", headers=JSON).status_code == 204
