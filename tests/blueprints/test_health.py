"""Whoever watches over the servers learns whether each lives, and whether it may sell."""

from tests.conftest import app_on
from tests.postgres import Database
from tests.races import run
from tests.scenes import Scene
from tests.services.test_statements import recording
from webapp.extensions import db
from webapp.services.operations.glances import Glance

NOWHERE = Database("seats", "postgresql://me:hunter2@127.0.0.1:1/seats", "")


def test_a_server_that_may_sell_says_so(scene: Scene) -> None:
    answer = scene.app.test_client().get("/readyz")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json == {
        "ready": True,
        "checks": {"database": "ok", "writes": "ok", "migrations": "ok", "index": "ok", "guards": "ok"},
    }


def test_a_server_whose_database_does_not_keep_the_rule_says_what_is_wrong(own_scene: Scene) -> None:
    run(own_scene, "DROP INDEX unique_active_reservation_per_seat")
    answer = own_scene.app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["ready"] is False
    assert answer.json["checks"]["index"] == "The index unique_active_reservation_per_seat is missing."
    assert answer.json["checks"]["guards"] == "ok"


def test_without_a_database_a_server_lives_but_is_not_ready() -> None:
    visitor = app_on(NOWHERE, READING_LIMIT="1").test_client()
    for _ in range(3):
        assert (visitor.get("/healthz").status_code, visitor.get("/healthz").text) == (200, "ok\n")
        answer = visitor.get("/readyz")
        assert answer.status_code == 503
        assert answer.json == {"ready": False, "checks": {"database": "The database does not answer."}}


def test_however_many_ask_a_process_looks_once_a_second(scene: Scene) -> None:
    visitor = scene.app.test_client()
    assert visitor.get("/readyz").status_code == 200
    with recording(db.engine) as record:
        for _ in range(20):
            assert visitor.get("/readyz").status_code == 200
            assert visitor.get("/healthz").status_code == 200
    assert sum(record.statements.values()) <= 1


def test_after_its_seconds_it_looks_anew(scene: Scene) -> None:
    assert scene.app
    looks = iter(range(9))
    patient, impatient = Glance(lambda: next(looks), seconds=600), Glance(lambda: next(looks), seconds=-1)
    assert (patient.seen(), patient.seen()) == (0, 0)
    assert (impatient.seen(), impatient.seen()) == (1, 2)
