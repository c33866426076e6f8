"""What holds the site upright whatever clients, networks and databases do: each setting is where it must be.

What timeouts of statements, locks and the pool come to is in tests/services/test_refusing.py and test_waiting.py.
"""

import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import app_on
from tests.postgres import Database
from tests.races import PATIENCE
from tests.scenes import Scene
from tests.test_cooperation import gunicorn
from webapp import KEEPALIVE, LARGEST_BODY
from webapp.extensions import db
from webapp.services.database import clock
from webapp.services.database.statements import autocommitted, transaction
from webapp.services.refusals import Busy

HOST = "Host: 127.0.0.1"


def shown(setting: str) -> str:
    """What a connection of the application has this at."""
    with autocommitted() as connection:
        return str(connection.execute(text("SELECT current_setting(:name)"), {"name": setting}).scalar_one())


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("lock_timeout", "2s"),
        ("statement_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "5s"),
        ("client_connection_check_interval", "2s"),
        ("default_transaction_isolation", "read committed"),
    ],
)
def test_every_session_begins_with_its_limits(app: Flask, setting: str, value: str) -> None:
    assert app
    assert shown(setting) == value


def test_a_lock_is_waited_for_less_long_than_a_statement_may_take(app: Flask) -> None:
    options = app.config["SQLALCHEMY_ENGINE_OPTIONS"]
    milliseconds = dict(word.split("=", 1) for word in options["connect_args"]["options"].split() if "=" in word)
    assert int(milliseconds["lock_timeout"]) < int(milliseconds["statement_timeout"])
    assert options["pool_timeout"] < int(milliseconds["statement_timeout"]) / 1000
    assert options["max_overflow"] == 0


def test_a_transaction_that_nobody_goes_on_with_is_ended_and_keeps_no_seat_from_others(scene: Scene) -> None:
    app = app_on(scene.database, STATEMENT_TIMEOUT="100")
    with app.app_context():
        with transaction() as connection:
            pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with psycopg.connect(scene.database.superuser_url, autocommit=True) as superuser:
                while superuser.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", (pid,)).fetchone():
                    pass
            with pytest.raises(Busy):
                connection.execute(text("SELECT 1"))
        assert clock.now()
        db.engine.dispose()


def test_a_database_that_vanishes_without_a_word_is_given_up_within_seconds(app: Flask) -> None:
    assert app
    with db.engine.connect() as connection:
        asked = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    given = {name: int(asked[name]) for name in KEEPALIVE}
    until_noticed = given["keepalives_idle"] + given["keepalives_count"] * given["keepalives_interval"]
    assert 0 < until_noticed < 15
    assert 0 < given["tcp_user_timeout"] < 15_000
    assert asked["connect_timeout"] == "3"


@pytest.fixture(scope="module")
def address(migrated: Database) -> Iterator[tuple[str, int]]:
    """Where a real server with one worker listens."""
    with gunicorn(migrated) as url:
        host, _, port = url.removeprefix("http://").partition(":")
        yield host, int(port)


def said(address: tuple[str, int], *lines: str) -> int:
    """The status of what the server says to these lines."""
    with socket.create_connection(address, timeout=PATIENCE) as connection:
        connection.sendall("".join(f"{line}\r\n" for line in lines).encode() + b"\r\n")
        with HTTPResponse(connection) as answer:
            answer.begin()
            return answer.status


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["GET /healthz HTTP/1.1", HOST], 200),
        ([f"GET /healthz?{'a' * 4100} HTTP/1.1", HOST], 414),
        (["GET /healthz HTTP/1.1", HOST, *[f"X-{number}: 1" for number in range(64)]], 431),
        (["GET /healthz HTTP/1.1", HOST, f"X-Long: {'a' * 8200}"], 431),
        (["POST /v1/login HTTP/1.1", HOST, "Content-Type: application/json", "Content-Length: 1000000000"], 413),
        (["POST /v1/login HTTP/1.1", HOST, "Content-Length: 3", "Transfer-Encoding: chunked"], 400),
    ],
    ids=["good", "a long address", "many headers", "a long header", "a large body", "two lengths"],
)
def test_what_is_too_long_is_refused_unread(address: tuple[str, int], lines: list[str], status: int) -> None:
    assert said(address, *lines) == status


def test_a_body_of_unknown_length_is_read_so_far_and_no_further(address: tuple[str, int]) -> None:
    chunked = {"Content-Type": "application/json", "Transfer-Encoding": "chunked", "Connection": "close"}
    pieces = (b"a" * 1024 for _ in range(LARGEST_BODY // 1024 + 1))
    client = HTTPConnection(*address, timeout=PATIENCE)
    with closing(client):
        client.request("POST", "/v1/login", pieces, chunked, encode_chunked=True)
        answer = client.getresponse()
        assert answer.status == 400
        assert b"cannot be read as JSON" in answer.read()
