"""Anyone reads whether the promises hold right now, in plain words or as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.blueprints.test_health import NOWHERE
from tests.conftest import app_on
from tests.races import run
from tests.scenes import Scene
from tests.services.test_statements import recording
from tests.v1.shapes import STATUS, answered
from webapp.extensions import db
from webapp.services.operations import holds, proof_run, status
from webapp.services.operations.glances import Glance

HTML = {"Accept": "text/html"}
RUN = {
    "date": "2026-11-28",
    "machine": "two shared cores",
    "figures": [{"what": "Seats sold twice", "figure": "0 of 1,000,000", "bound": "0"}],
}


@pytest.fixture(autouse=True)
def _always_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "_status", Glance(status.look, seconds=0))


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a run of the proof is shipped."""
    path = tmp_path / "proof_run.json"
    monkeypatch.setattr(proof_run, "SHIPPED", path)
    proof_run.shipped.cache_clear()
    yield path
    proof_run.shipped.cache_clear()


@pytest.mark.usefixtures("shipped")
def test_a_program_reads_which_promises_hold_and_what_is_held(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    scene.hold(buyer, show, "A1", "A2")
    told = answered(scene.client().get("/status"), 200, STATUS)
    assert told["promises"] == [
        {"promise": "never twice", "holds": True},
        # The server of the tests need not survive a power cut, and it is told.
        {"promise": "never lost", "holds": holds.unsafe("off", "off") is None},
        {"promise": "never stranded", "holds": True},
    ]
    assert told["complaints"] == ["A sale is told before it is on the disk: fsync is off."]
    assert (told["live_holds"], told["sweeper_lag"], told["proof_run"]) == (2, 0.0, None)


def test_a_lapsed_hold_that_waits_to_be_marked_is_told_and_is_no_live_one(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    scene.lapse(*scene.hold(buyer, show, "A1"))
    scene.hold(buyer, show, "A2")
    told = scene.client().get("/status").json
    assert told["live_holds"] == 1
    assert 3000 - 20 * 60 < told["sweeper_lag"] < 3600
    assert "the sweeper is late" in scene.app.test_client().get("/status", headers=HTML).text


def test_without_the_index_the_first_promise_does_not_hold_and_the_page_says_why(own_scene: Scene) -> None:
    run(own_scene, "DROP INDEX unique_active_reservation_per_seat")
    told = own_scene.client().get("/status").json
    assert not told["all_hold"]
    assert [promise["holds"] for promise in told["promises"]] == [False, False, True]
    page = own_scene.app.test_client().get("/status", headers=HTML)
    assert page.status_code == 200
    assert "Not all is as promised." in page.text
    assert "The index unique_active_reservation_per_seat is missing." in page.text


def test_on_a_safe_disk_all_of_it_holds(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holds, "unsafe", lambda *_: None)
    told = scene.client().get("/status").json
    assert (told["all_hold"], told["complaints"]) == (True, [])
    assert "All three promises hold." in scene.app.test_client().get("/status", headers=HTML).text


def test_where_a_commit_does_not_wait_for_the_disk_a_sale_may_be_lost() -> None:
    assert holds.unsafe("on", "on") is None
    assert holds.unsafe("on", "remote_apply") is None
    assert holds.unsafe("off", "on") == "A sale is told before it is on the disk: fsync is off."
    assert holds.unsafe("on", "off") == "A sale is told before it is on the disk: synchronous_commit is off."


def test_without_a_database_the_page_says_that_it_cannot_be_seen() -> None:
    visitor = app_on(NOWHERE).test_client()
    told = visitor.get("/v1/status").json
    assert told is not None
    assert (told["all_hold"], told["live_holds"], told["sweeper_lag"]) == (False, None, None)
    page = visitor.get("/status", headers=HTML)
    assert page.status_code == 200
    assert "It cannot be seen whether the promises hold." in page.text
    assert "hunter2" not in page.text


def test_the_last_proof_is_told_as_it_was_shipped(scene: Scene, shipped: Path) -> None:
    page = scene.app.test_client().get("/status", headers=HTML)
    assert "No run of the proof is shipped with this release." in page.text
    shipped.write_text(json.dumps(RUN))
    proof_run.shipped.cache_clear()
    assert scene.client().get("/status").json["proof_run"] == RUN
    page = scene.app.test_client().get("/status", headers=HTML)
    assert "28 November 2026" in page.text
    assert "0 of 1,000,000" in page.text


def test_what_is_shipped_with_this_release_can_be_read() -> None:
    proof_run.shipped.cache_clear()
    run = proof_run.shipped()
    assert run is None or run.figures


def test_however_many_ask_a_process_looks_every_other_second(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "_status", Glance(status.look, seconds=600))
    visitor = scene.app.test_client()
    visitor.get("/v1/status")
    with recording(db.engine) as record:
        for _ in range(20):
            assert visitor.get("/v1/status").status_code == 200
            assert visitor.get("/status", headers=HTML).status_code == 200
    assert record.statements == {}


def test_who_is_signed_in_sees_the_page_as_theirs(scene: Scene) -> None:
    assert "Ada" in scene.browser(scene.user("Ada")).get("/status").text
