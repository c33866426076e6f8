"""What operators see: figures of all processes for whoever has the token, and a log of lines that tell of nobody."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import KEY, app_on
from tests.postgres import Database
from tests.races import PATIENCE
from tests.scenes import Client, Scene
from tests.test_launch import site
from webapp.extensions import db
from webapp.services.database.statements import autocommitted
from webapp.telemetry import metrics, request_log
from webapp.telemetry.request_log import JsonLines

TOKEN = "a token for Prometheus, long enough"
OF_OURS = "[0-9a-f]{16}"
WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def watched(scene: Scene) -> Iterator[Scene]:
    """The scene's database through an application whose figures can be read."""
    app = app_on(scene.database, METRICS_TOKEN=TOKEN)
    with app.app_context():
        yield Scene(app, scene.database)
        db.engine.dispose()


def figures(scene: Scene) -> dict[str, float]:
    """All figures, by name and labels."""
    answer = scene.app.test_client().get("/metrics", headers=WITH_TOKEN)
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    return read(answer.text)


def read(written: str) -> dict[str, float]:
    lines = [line for line in written.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_only_whoever_has_the_token_reads_the_figures(watched: Scene, app: Flask) -> None:
    visitor = watched.app.test_client()
    for headers in ({}, {"Authorization": "Bearer another"}, {"Authorization": f"bearer {TOKEN}x"}):
        assert visitor.get("/metrics", headers=headers).status_code == 404
    assert visitor.get("/metrics", headers=WITH_TOKEN).status_code == 200
    assert app.test_client().get("/metrics", headers={"Authorization": "Bearer None"}).status_code == 404


def test_requests_deeds_and_refusals_are_counted_by_kind(watched: Scene) -> None:
    show, ada, eve = watched.show(), watched.user(), watched.user()
    before = figures(watched)
    first, second = (Client(watched.app.test_client(), watched.token(user)) for user in (ada, eve))
    held = first.post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1"]}).json
    assert held is not None
    first.post(f"/reservations/{held[0]['id']}/confirm")
    second.post(f"/shows/{show.id}/holds", {"seat_numbers": ["A1"]})
    after = figures(watched)
    more = {name: after[name] - before.get(name, 0) for name in after}
    assert more['holdfast_requests_total{endpoint="shows.hold",status="201",tongue="json"}'] == 1
    assert more['holdfast_requests_total{endpoint="shows.hold",status="409",tongue="json"}'] == 1
    assert more['holdfast_request_seconds_count{endpoint="shows.hold"}'] == 2
    assert more['holdfast_deeds_total{deed="hold",outcome="done"}'] == 1
    assert more['holdfast_deeds_total{deed="hold",outcome="seat-taken"}'] == 1
    assert more['holdfast_deeds_total{deed="confirm",outcome="done"}'] == 1
    assert more['holdfast_problems_total{problem="seat-taken"}'] == 1
    assert after['holdfast_check{check="index"}'] == 1
    assert after['holdfast_database_connections{state="most"}'] == 20
    assert after["holdfast_streams"] == 0


def test_no_figure_has_a_name_that_a_visitor_chose(watched: Scene) -> None:
    visitor = watched.app.test_client()
    for path in ("/secret-words", "/shows/4711", "/invitations/a-secret", "/v1/secret-words?secret=words"):
        visitor.get(path, headers={"X-Secret": "secret"})
    named = " ".join(figures(watched))
    assert "secret" not in named
    assert "4711" not in named
    assert 'endpoint="none",status="404"' in named


def test_who_is_sent_away_because_too_much_is_going_on_is_counted(watched: Scene) -> None:
    name = 'holdfast_problems_total{problem="busy"}'
    before = figures(watched).get(name, 0)
    nowhere = app_on(Database("nothing", "postgresql://nobody@127.0.0.1:9/nothing", ""))
    assert nowhere.test_client().get("/v1/shows/").status_code == 503
    assert figures(watched)[name] == before + 1


def test_whichever_process_is_asked_tells_of_all_and_after_a_reload_still(database: Database) -> None:
    with site(
        DATABASE_URL=database.url, SECRET_KEY=KEY, METRICS_TOKEN=TOKEN, WEB_CONCURRENCY=2, LOG_LEVEL="info"
    ) as started:
        assert started.health() == 200
        url = f"http://127.0.0.1:{started.port}"
        for _ in range(11):
            with pytest.raises(HTTPError) as missing:
                urlopen(f"{url}/invitations/secret-of-theirs?email=ada@example.com", timeout=PATIENCE)
            missing.value.close()
        name = 'holdfast_requests_total{endpoint="managers.invitation",status="404",tongue="json"}'
        for _ in range(4):
            with urlopen(Request(f"{url}/metrics", headers=WITH_TOKEN), timeout=PATIENCE) as answer:
                assert read(answer.read().decode())[name] == 11
        started.press_ctrl_c()
    lines = [json.loads(line) for line in started.printed.splitlines() if line.startswith("{")]
    asked = [line for line in lines if line.get("endpoint") == "managers.invitation"]
    assert len(asked) == 11
    assert asked[0].keys() == {
        *["time", "level", "logger", "message", "request_id", "method", "endpoint", "status", "milliseconds", "tongue"],
        "problem",
    }
    for personal in ("secret-of-theirs", "ada@example.com", "/invitations"):
        assert personal not in started.printed


@pytest.fixture
def log(app: Flask) -> Iterator[io.StringIO]:
    """What is logged meanwhile, as lines of JSON."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    loggers = (request_log.log, app.logger, logging.getLogger("gunicorn.error"))
    for logger in loggers:
        logger.addHandler(handler)
    request_log.log.setLevel(logging.INFO)
    yield written
    request_log.log.setLevel(logging.NOTSET)
    for logger in loggers:
        logger.removeHandler(handler)


def lines_of(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_each_request_is_a_line_with_its_id(scene: Scene, log: io.StringIO) -> None:
    answer = scene.client().get("/shows/4711?secret=words")
    [line] = lines_of(log)
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert (line["endpoint"], line["status"], line["tongue"]) == ("shows.show", 404, "json")
    assert line["milliseconds"] >= 0
    assert "4711" not in json.dumps(line)
    assert "secret" not in json.dumps(line)


def test_by_default_nothing_is_written_of_a_request(scene: Scene, log: io.StringIO) -> None:
    request_log.log.setLevel(logging.WARNING)
    scene.client().get("/shows/")
    assert lines_of(log) == []


def test_a_failure_is_a_line_with_the_id_that_the_visitor_was_told(
    scene: Scene, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        with autocommitted() as connection:
            connection.execute(
                text(
                    "INSERT INTO users (name, email, phone_number, password, id) OVERRIDING SYSTEM VALUE"
                    " SELECT name, email || 'x', phone_number || '1', password, id FROM users"
                )
            )

    ada = scene.user()
    monkeypatch.setattr("webapp.blueprints.shows.shows.upcoming", fail)
    monkeypatch.setitem(scene.app.config, "PROPAGATE_EXCEPTIONS", 0)
    answer = scene.client().get("/shows/?search=secret")
    assert answer.status_code == 500
    failed, asked = lines_of(log)
    assert failed["request_id"] == asked["request_id"] == answer.headers["X-Request-ID"]
    assert failed["level"] == "error"
    assert "UniqueViolation" in failed["traceback"]
    assert "DETAIL: …" in failed["traceback"]
    assert f"({ada.id})" not in failed["traceback"]
    assert "secret" not in log.getvalue()


def test_what_the_server_says_of_an_unreadable_request_names_no_address(log: io.StringIO) -> None:
    logging.getLogger("gunicorn.error").warning("Invalid request from ip=192.0.2.7: limit request line")
    assert "192.0.2.7" not in log.getvalue()
    assert "limit request line" in log.getvalue()


@pytest.mark.parametrize(
    ("proxies", "sent", "told"),
    [
        ("1", "0f6e2c3a-7a5b-4a7e-9d57-3f1c2b1a0d9e", "0f6e2c3a-7a5b-4a7e-9d57-3f1c2b1a0d9e"),
        ("0", "0f6e2c3a-7a5b-4a7e-9d57-3f1c2b1a0d9e", OF_OURS),
        ("1", "short", OF_OURS),
        ("1", 'a"b{c}, and more of it', OF_OURS),
        ("1", "a" * 65, OF_OURS),
    ],
)
def test_an_id_is_taken_from_a_proxy_of_ours_alone_and_only_if_it_is_one(
    database: Database, proxies: str, sent: str, told: str
) -> None:
    visitor = app_on(database, TRUSTED_PROXIES=proxies).test_client()
    assert re.fullmatch(told, visitor.get("/healthz", headers={"X-Request-ID": sent}).headers["X-Request-ID"])


def test_every_deed_is_a_route(app: Flask) -> None:
    assert set(metrics.DEEDS) <= {rule.endpoint for rule in app.url_map.iter_rules()}
