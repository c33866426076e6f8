"""Every way to fail has the same shape: a problem document with what a client needs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import KEY, app_on
from tests.scenes import Client, Scene, Visitor
from tests.services.fairness.waits import STEP, come_back, had
from tests.services.offers.halls import hall, minding
from tests.v1 import organizer_failures as organizers
from tests.v1.contract import contract_table
from tests.v1.shapes import refused
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db
from webapp.limits import NETWORK_SHARE
from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.kept_answers import MOST_KEYS

BUYER = {"name": "Ada", "phone_number": "+358401234567", "email": "ada@example.com", "password": "a long password"}


def hold(scene: Scene, buyer: Asker, show: shows.Show, number: str = "A1") -> TestResponse:
    """The buyer asks for a seat."""
    return scene.client(buyer).post(f"/reservations/{buyer.id}/hold", {"show_id": show.id, "seat_number": number})


def unreadable(scene: Scene) -> TestResponse:
    return scene.client().flask.post("/v1/users/", data="{", content_type="application/json")


def strange_host(scene: Scene) -> TestResponse:
    return scene.client().flask.get("/v1/shows/", headers={"Host": "evil.example"})


def not_signed_in(scene: Scene) -> TestResponse:
    return scene.client().get("/users/me")


def sign_in_failed(scene: Scene) -> TestResponse:
    return scene.client().post("/login", {"email": "ada@example.com", "password": "wrong"})


def forbidden(scene: Scene) -> TestResponse:
    return scene.client(scene.user()).post(f"/shows/{scene.show().id}/seats", {"seat_numbers": ["B1"]})


def scope_missing(scene: Scene) -> TestResponse:
    return scene.program(scene.user(), "reading").post("/venues/", {"name": "Town Hall", "timezone": "UTC"})


def not_found(scene: Scene) -> TestResponse:
    return scene.client().get("/shows/77777")


def no_such_path(scene: Scene) -> TestResponse:
    return scene.client().get("/tickets/")


def no_such_seat(scene: Scene) -> TestResponse:
    return hold(scene, scene.user(), scene.show(), "Z1")


def wrong_method(scene: Scene) -> TestResponse:
    return scene.client().flask.delete("/v1/shows/")


def already_in_use(scene: Scene) -> TestResponse:
    scene.client().post("/users/", BUYER)
    return scene.client().post("/users/", BUYER)


def seat_taken(scene: Scene) -> TestResponse:
    show = scene.show()
    scene.hold(scene.user(), show, "A1")
    return hold(scene, scene.user(), show)


def none_together(scene: Scene) -> TestResponse:
    return scene.client(scene.user()).post(f"/shows/{scene.show(seats='A1,A3').id}/best-available", {"seats": 2})


def lonely_seat(scene: Scene) -> TestResponse:
    show = minding(scene, hall(scene, {"A": "x" + "." * 19}))
    return hold(scene, scene.user(), show, "A3")


def seat_limit_reached(scene: Scene) -> TestResponse:
    buyer, show = scene.user(), scene.show(seat_limit=1)
    scene.hold(buyer, show, "A1")
    return hold(scene, buyer, show, "A2")


def others_first(scene: Scene) -> TestResponse:
    app = app_on(scene.database, OTHERS_FIRST=str(STEP * 1000))
    with app.app_context():
        fair = Scene(app, scene.database)
        show, buyer = fair.show(), fair.user()
        had(fair, show, buyer, "A1")
        come_back(fair, show, "A2")
        response = hold(fair, buyer, show, "A2")
        db.engine.dispose()
    assert 1 <= int(response.headers["Retry-After"]) <= STEP
    return response


def not_on_sale(scene: Scene) -> TestResponse:
    show = scene.show()
    scene.begin(show)
    return hold(scene, scene.user(), show)


def hold_expired(scene: Scene) -> TestResponse:
    buyer = scene.user()
    held = scene.hold(buyer, scene.show(), "A1")[0]
    scene.lapse(held)
    return scene.client(buyer).post(f"/reservations/{held.id}/confirm")


def hold_released(scene: Scene) -> TestResponse:
    buyer = scene.user()
    held = scene.hold(buyer, scene.show(), "A1")[0]
    scene.client(buyer).post(f"/reservations/{held.id}/release")
    return scene.client(buyer).post(f"/reservations/{held.id}/confirm")


def already_confirmed(scene: Scene) -> TestResponse:
    buyer = scene.user()
    held = scene.hold(buyer, scene.show(), "A1")[0]
    scene.client(buyer).post(f"/reservations/{held.id}/confirm")
    return scene.client(buyer).post(f"/reservations/{held.id}/release")


def seat_number_in_use(scene: Scene) -> TestResponse:
    organizer = scene.user()
    return scene.client(organizer).post(f"/shows/{scene.show(organizer).id}/seats", {"seat_numbers": ["A1"]})


def too_large(scene: Scene) -> TestResponse:
    return scene.client().post("/users/", {"name": "x" * 5_000_000})


def not_json(scene: Scene) -> TestResponse:
    return scene.client().flask.post("/v1/login", data={"email": "ada@example.com", "password": "x"})


def invalid(scene: Scene) -> TestResponse:
    return scene.client().post("/users/", {})


def seat_number_unusable(scene: Scene) -> TestResponse:
    return hold(scene, scene.user(), scene.show(), " ")


def key_reused(scene: Scene) -> TestResponse:
    client = scene.client(scene.user())
    client.post("/venues/", {"name": "Town Hall", "timezone": "UTC"}, headers={"Idempotency-Key": "1"})
    return client.post("/venues/", {"name": "Opera", "timezone": "UTC"}, headers={"Idempotency-Key": "1"})


def key_unusable(scene: Scene) -> TestResponse:
    return scene.client(scene.user()).post("/venues/", {}, headers={"Idempotency-Key": "x" * 300})


def told_once(scene: Scene) -> TestResponse:
    show = scene.show(organizer := scene.user())
    path, client, headers = f"/shows/{show.id}/invitations", scene.client(organizer), {"Idempotency-Key": "1"}
    client.post(path, {"name": "Mona"}, headers=headers)
    return client.post(path, {"name": "Mona"}, headers=headers)


def still_under_way(scene: Scene) -> TestResponse:
    user = scene.user()
    with scene.connected() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s || ' 1', 14))", (f"user {user.id}",))
        return scene.client(user).post("/venues/", {}, headers={"Idempotency-Key": "1"})


def too_many_keys(scene: Scene) -> TestResponse:
    user = scene.user()
    with scene.connected() as connection:
        connection.execute(
            """
            INSERT INTO kept_answers (caller, key, fingerprint, status, headers)
            SELECT %s, 'key ' || number, '', 201, '{}'
            FROM generate_series(1, %s) AS number
            """,
            (f"user {user.id}", MOST_KEYS),
        )
    return scene.client(user).post("/venues/", {}, headers={"Idempotency-Key": "1"})


def too_many_requests(scene: Scene) -> TestResponse:
    app = app_on(scene.database, READING_LIMIT="1")
    answers = [app.test_client().get("/v1/shows/") for _ in range(NETWORK_SHARE + 1)]
    with app.app_context():
        db.engine.dispose()
    return answers[-1]


def sign_in_slowed(scene: Scene) -> TestResponse:
    sign_in_failed(scene)
    scene.guess_often()
    return sign_in_failed(scene)


def start_over(scene: Scene) -> TestResponse:
    return scene.client().get(f"/shows/{scene.show().id}/changes?since=another-database.1.1.1")


def no_cursor(scene: Scene) -> TestResponse:
    return scene.client().get(f"/shows/{scene.show().id}/changes?since=yesterday")


def busy(scene: Scene) -> TestResponse:
    return nowhere().test_client().get("/v1/shows/")


def nowhere() -> Flask:
    """The application with a database that nobody answers for."""
    address = "postgresql://nobody@127.0.0.1:9/nothing"
    app = create_app(Settings.from_environment({"DATABASE_URL": address, "SECRET_KEY": KEY}))
    app.test_client_class = Visitor
    return app


FAILURES: list[tuple[Callable[[Scene], TestResponse], int, str, list[str]]] = [
    (unreadable, 400, "unreadable", []),
    (strange_host, 400, "unreadable", []),
    (not_signed_in, 401, "not-signed-in", []),
    (sign_in_failed, 401, "sign-in-failed", []),
    (forbidden, 403, "forbidden", []),
    (scope_missing, 403, "scope-missing", ["scope"]),
    (not_found, 404, "not-found", []),
    (no_such_path, 404, "not-found", []),
    (no_such_seat, 404, "not-found", ["seats"]),
    (wrong_method, 405, "method-not-allowed", []),
    (already_in_use, 409, "already-in-use", ["errors"]),
    (seat_taken, 409, "seat-taken", ["seats", "offers"]),
    (none_together, 409, "none-together", ["free", "offers"]),
    (lonely_seat, 409, "lonely-seat", ["seats", "offers"]),
    (others_first, 409, "others-first", ["seats", "open_at", "offers"]),
    (seat_limit_reached, 409, "seat-limit-reached", ["limit"]),
    (not_on_sale, 409, "not-on-sale", ["reason"]),
    (hold_expired, 409, "hold-expired", ["seats"]),
    (hold_released, 409, "hold-released", ["seats"]),
    (already_confirmed, 409, "already-confirmed", ["seats"]),
    (seat_number_in_use, 409, "seat-number-in-use", ["seats"]),
    (organizers.changed_meanwhile, 409, "changed-meanwhile", ["edition", "changed_by", "changed_at", "changes"]),
    (organizers.precondition_failed, 412, "precondition-failed", ["edition", "changed_by", "changed_at", "changes"]),
    (organizers.tag_of_another_show, 412, "precondition-failed", ["edition"]),
    (start_over, 410, "start-over", []),
    (no_cursor, 422, "invalid", ["errors"]),
    (organizers.has_buyers, 409, "has-buyers", ["held", "sold"]),
    (organizers.not_sold, 409, "not-sold", ["reservations"]),
    (organizers.buyer_gone, 409, "buyer-gone", []),
    (organizers.seats_not_free, 409, "seats-not-free", ["dates"]),
    (organizers.seats_not_blocked, 409, "seats-not-blocked", ["dates"]),
    (organizers.seats_still_taken, 409, "seats-still-taken", ["count", "seats"]),
    (organizers.invitation_unusable, 409, "invitation-unusable", ["reason"]),
    (organizers.plan_unusable, 422, "plan-unusable", ["line"]),
    (organizers.picture_unusable, 422, "picture-unusable", ["errors"]),
    (key_reused, 422, "key-reused", []),
    (key_unusable, 422, "key-unusable", []),
    (told_once, 409, "told-once", []),
    (still_under_way, 409, "still-under-way", []),
    (too_many_keys, 429, "too-many-keys", []),
    (too_large, 413, "too-large", []),
    (not_json, 415, "unsupported-media-type", []),
    (invalid, 422, "invalid", ["errors"]),
    (seat_number_unusable, 422, "seat-number-unusable", ["label"]),
    (too_many_requests, 429, "too-many-requests", []),
    (sign_in_slowed, 429, "sign-in-slowed", []),
    (busy, 503, "busy", []),
]


@pytest.mark.parametrize(
    ("fail", "status", "slug", "facts"), FAILURES, ids=[failure[0].__name__ for failure in FAILURES]
)
def test_every_way_to_fail_answers_with_a_problem_document(
    scene: Scene, fail: Callable[[Scene], TestResponse], status: int, slug: str, facts: list[str]
) -> None:
    response = fail(scene)
    problem = refused(response, status, slug, *facts)
    page = scene.app.test_client().get(problem["type"])
    assert page.status_code == 200
    assert page.mimetype == "text/html"
    assert slug in page.text


def test_every_problem_that_the_contract_names_is_provoked_here() -> None:
    named = {(row[0].strip("`"), int(row[1])) for row in contract_table("type")}
    assert {(slug, status) for _, status, slug, _ in FAILURES} == named


def test_allow_names_every_method_of_the_path(scene: Scene) -> None:
    response = wrong_method(scene)
    assert {method.strip() for method in response.headers["Allow"].split(",")} == {"GET", "POST", "HEAD", "OPTIONS"}


def test_who_finds_every_connection_taken_is_asked_to_come_back(scene: Scene) -> None:
    settings = {"DATABASE_POOL_SIZE": "1", "DATABASE_POOL_TIMEOUT": "1"}
    app = create_app(Settings.from_environment({"DATABASE_URL": scene.database.url, "SECRET_KEY": KEY, **settings}))
    app.test_client_class = Visitor
    with app.app_context():
        with db.engine.connect():
            refused(app.test_client().get("/v1/shows/"), 503, "busy")
        assert app.test_client().get("/v1/shows/").status_code == 200
        db.engine.dispose()


def test_who_waits_too_long_for_a_lock_is_asked_to_come_back_and_holds_nothing(scene: Scene) -> None:
    app = create_app(
        Settings.from_environment({"DATABASE_URL": scene.database.url, "SECRET_KEY": KEY, "LOCK_TIMEOUT": "50"})
    )
    app.test_client_class = Visitor
    show, buyer = scene.show(), scene.user()
    client = Client(app.test_client(), scene.token(buyer, life=timedelta(minutes=1)))
    body = {"show_id": show.id, "seat_number": "A1"}
    with scene.connected() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(7301, %s)", (show.id,))
        refused(client.post(f"/reservations/{buyer.id}/hold", body), 503, "busy")
    assert scene.statuses(show) == {}
    assert client.post(f"/reservations/{buyer.id}/hold", body).status_code == 201
    with app.app_context():
        db.engine.dispose()
