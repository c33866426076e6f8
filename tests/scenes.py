"""The cast and the stage of the tests: people who buy and organize, shows with seats, and history that was."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from time import time
from typing import Any

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from psycopg import Connection
from psycopg.rows import DictRow, dict_row
from werkzeug.test import TestResponse

from tests.connections import connection_to
from tests.postgres import Database
from tests.v1 import promises
from webapp.services import accounts, api_keys, reservations, seating, shows
from webapp.services.accounts import tokens
from webapp.services.accounts.addresses import hashed_address
from webapp.services.accounts.passwords import hash_password
from webapp.services.asker import Asker, Bearer, Through
from webapp.services.plans.plan import PlanCategory
from webapp.services.reservations import Reservation, SeatChoice
from webapp.services.seat_labels import expand_labels

PASSWORD = "correct horse battery"
# One hash for everybody: Argon2 is meant to be slow, and most tests are not about it.
_HASH = hash_password(PASSWORD)
# Above those of the demo, which some tests make, too.
_numbers = count(1000)


@dataclass
class Scene:
    """What a test sets up, on one application and its database."""

    app: Flask
    database: Database

    def user(self, name: str = "Somebody", through: Through = "api") -> Asker:
        """A user with a fresh e-mail address and phone number, and the password `PASSWORD`."""
        number = next(_numbers)
        email, phone_number = f"user{number}@example.com", f"+35840{number:07}"
        with self.connected() as connection:
            row = connection.execute(
                "INSERT INTO users (name, phone_number, email, password) VALUES (%s, %s, %s, %s) RETURNING id",
                (name, phone_number, email, _HASH),
            ).fetchone()
        assert row
        return Asker(row["id"], name, email, phone_number, through)

    def manager(self, show: shows.Show, name: str = "Mona Manager") -> Asker:
        """A user who may do with the show what its organizer may."""
        manager = self.user(name)
        with self.connected() as connection:
            connection.execute(
                "INSERT INTO show_managers (show_id, user_id, invited_by) VALUES (%s, %s, %s)",
                (show.id, manager.id, show.organizer_id),
            )
        return manager

    def admin(self, name: str = "Ada Admin") -> Asker:
        """A user who may see everything, and do what an organizer can."""
        admin = self.user(name)
        with self.connected() as connection:
            connection.execute("UPDATE users SET is_admin = true WHERE id = %s", (admin.id,))
        return admin

    def unpublish(self, show: shows.Show) -> None:
        """Let the show be a draft, whatever happened to it before."""
        with self.connected() as connection:
            connection.execute("UPDATE shows SET published_at = NULL WHERE id = %s", (show.id,))

    def guest(self, address: str = "192.0.2.1") -> Asker:
        """A guest in a browser of their own, at this network address."""
        browser = f"browser {next(_numbers)}"
        return accounts.begin_guest(address=hashed_address(address, key="a key"), browser=browser)[0]

    def show(
        self,
        organizer: Asker | None = None,
        *,
        seats: str = "A1-A10",
        price: int = 4500,
        starts_in: timedelta = timedelta(days=30),
        seat_limit: int = 10,
        title: str = "The Tempest",
    ) -> shows.Show:
        """A show on sale, with seats by their labels in one category, "Stalls"."""
        organizer = organizer or self.user("Olga Organizer")
        show = shows.create(
            organizer,
            title=title,
            venue="The Lantern",
            starts_at=datetime.now(UTC) + starts_in,
            timezone="Europe/Helsinki",
            currency="EUR",
            seat_limit=seat_limit,
        )
        if seats:
            labels = [seating.labelled_seat(label, category="Stalls") for label in expand_labels(seats)]
            seating.add_seats(organizer, show.id, labels, [PlanCategory(name="Stalls", price=price)])
        return shows.one(show.id)

    def edition(self, show_id: int) -> int:
        """The number of the show's details as they are now."""
        edition: int = self.rows("SELECT edition FROM shows WHERE id = %s", show_id)[0]["edition"]
        return edition

    def hold(self, buyer: Asker | Bearer, show: shows.Show, *numbers: str, minutes: int = 10) -> Sequence[Reservation]:
        """Hold seats by their numbers."""
        choice = SeatChoice(show_id=show.id, seat_numbers=numbers)
        return reservations.hold(buyer, choice, minutes=minutes).reservations

    def lapse(self, *held: Reservation) -> None:
        """Let the time of these holds be over, as if they had been made an hour ago."""
        with self.history() as connection:
            connection.execute(
                """
                UPDATE reservations
                SET created_at = created_at - interval '1 hour', hold_expiry = hold_expiry - interval '1 hour',
                    changed_xid = pg_current_xact_id()
                WHERE id = ANY(%s)
                """,
                ([one.id for one in held],),
            )

    def guess_often(self) -> None:
        """Let whoever was wrong about a password have been so many times, the last time just now."""
        with self.connected() as connection:
            connection.execute("UPDATE password_tries SET failures = 20, tried_at = clock_timestamp()")

    def begin(self, show: shows.Show) -> None:
        """Let the show have begun a minute ago."""
        with self.connected() as connection:
            connection.execute(
                "UPDATE shows SET starts_at = clock_timestamp() - interval '1 minute' WHERE id = %s", (show.id,)
            )

    def rows(self, query: str, *values: Any) -> list[DictRow]:
        """What the database holds, asked for as the application's role."""
        with self.connected() as connection:
            return connection.execute(query, values).fetchall()

    def statuses(self, show: shows.Show) -> dict[str, list[str]]:
        """All reservations of the show: the statuses of each seat number, oldest first."""
        found: dict[str, list[str]] = {}
        for row in self.rows(
            """
            SELECT seat_number, status
            FROM reservations
            JOIN seats ON seats.id = reservations.seat_id
            WHERE reservations.show_id = %s
            ORDER BY reservations.id
            """,
            show.id,
        ):
            found.setdefault(row["seat_number"], []).append(row["status"])
        return found

    @contextmanager
    def connected(self) -> Iterator[Connection[DictRow]]:
        """A connection as the application's role; committed at the end."""
        with connection_to(self.database.url) as connection:
            yield connection

    @contextmanager
    def history(self) -> Iterator[Connection[DictRow]]:
        """The one named path past the guards: a superuser's connection that plays history."""
        with psycopg.connect(self.database.superuser_url, row_factory=dict_row) as connection:
            connection.execute("SET session_replication_role = replica")
            yield connection

    def client(self, user: Asker | None = None) -> "Client":
        """An API client, with the user's token or without one."""
        return Client(self.app.test_client(), self.token(user) if user else None)

    def token(self, user: Asker, life: timedelta = timedelta(hours=1)) -> str:
        """A good access token of the user."""
        version = self.rows("SELECT token_version FROM users WHERE id = %s", user.id)[0]["token_version"]
        return tokens.issue(user.id, version, key=self.app.config["SECRET_KEY"], life=life)

    def session_of(self, user: Asker) -> list[Any]:
        """What the session of a browser says in which this user has just signed in."""
        version = self.rows("SELECT token_version FROM users WHERE id = %s", user.id)[0]["token_version"]
        return [user.id, version, f"session {next(_numbers)}", int(time())]

    def key(self, user: Asker, *scopes: api_keys.Scope, days: int | None = None) -> str:
        """A new API key of the user with these scopes, by default all."""
        made = api_keys.make(user, name="Till", scopes=scopes or api_keys.SCOPES, expires_in_days=days)
        return made[1]

    def program(self, user: Asker, *scopes: api_keys.Scope) -> "Client":
        """An API client with a new key of the user, with these scopes or all."""
        return Client(self.app.test_client(), self.key(user, *scopes))

    def browser(self, user: Asker | None = None) -> "Browser":
        """A browser, signed in as the user or not."""
        browser = Browser(self.app.test_client())
        if user:
            browser.sign_in(user.email)
        return browser


class Visitor(FlaskClient):
    """Flask's test client, whose requests know nothing of one another, nor of the context a test runs in.

    Whatever v1 answers to a test is held against what its document promises.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """One request, in a context of its own."""
        with self.application.app_context():
            response = super().open(*args, **kwargs)
            promises.kept(response)
            return response


@dataclass
class Client:
    """Somebody's program that speaks JSON v1."""

    flask: FlaskClient
    token: str | None = None

    def get(self, path: str, headers: Mapping[str, str] | None = None, **more: Any) -> TestResponse:
        """GET a path under /v1."""
        return self.flask.get(f"/v1{path}", headers=self._headers(headers), **more)

    def post(self, path: str, body: Any = None, headers: Mapping[str, str] | None = None, **more: Any) -> TestResponse:
        """POST a JSON body, or none, to a path under /v1."""
        if body is not None:
            more["json"] = body
        return self.flask.post(f"/v1{path}", headers=self._headers(headers), **more)

    def patch(self, path: str, body: Any) -> TestResponse:
        """Change something."""
        return self.flask.patch(f"/v1{path}", json=body, headers=self._headers())

    def delete(self, path: str) -> TestResponse:
        """DELETE a path under /v1."""
        return self.flask.delete(f"/v1{path}", headers=self._headers())

    def _headers(self, headers: Mapping[str, str] | None = None) -> dict[str, str]:
        return {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **(headers or {})}


@dataclass
class Browser:
    """A browser without a window: it sends what forms send, and keeps cookies and the token of the last page."""

    flask: FlaskClient
    htmx: bool = False
    csrf_token: str = field(default="", init=False)

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        response = self.flask.get(path, headers=self._headers())
        self._remember(response)
        return response

    def post(self, path: str, form: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form, with the token of the last page that had one."""
        response = self.flask.post(path, data={"csrf_token": self.csrf_token, **(form or {})}, headers=self._headers())
        self._remember(response)
        return response

    def sign_in(self, email: str, password: str = PASSWORD) -> TestResponse:
        """Sign in through the form."""
        self.get("/sign-in")
        response = self.post("/sign-in", {"email": email, "password": password})
        assert response.status_code == 303, response.text
        self.get("/shows/")
        return response

    def with_htmx(self) -> "Browser":
        """The same browser, whose forms htmx sends from now on."""
        self.htmx = True
        return self

    def _headers(self) -> dict[str, str]:
        accepts = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        return {"HX-Request": "true", "HX-Request-Type": "partial"} if self.htmx else accepts

    def _remember(self, response: TestResponse) -> None:
        found = re.search(r'name="csrf_token" value="([^"]+)"', response.text)
        if found:
            self.csrf_token = found[1]
