"""The changes of a show over v1: asked for, or followed as a stream, by one cursor and without a gap."""

from collections.abc import Iterator
from contextlib import ExitStack
from random import Random
from typing import Any

import pytest

from tests.races import insert_hold, let_end, outcome, racing, until_over
from tests.scenes import Scene
from tests.services.plan_changes.plans import give, plan_of
from tests.streams import Stream
from tests.v1.readers import STREAM, Reader
from tests.v1.shapes import pointers, refused
from webapp.extensions import db
from webapp.services import reservations, shows
from webapp.services.asker import Asker
from webapp.services.refusals import Refusal
from webapp.services.seat_maps.watching import audience, registry, watcher
from webapp.services.shows import Show

ACTORS = 4
ACTS = 25


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audience, "LINGER_SECONDS", 0.2)
    monkeypatch.setattr(watcher, "PAUSE_SECONDS", 0.05)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def test_a_program_asks_from_where_it_has_stopped(scene: Scene) -> None:
    show, buyer = scene.show(), scene.user()
    [sold, held] = scene.hold(buyer, show, "A1", "A2")
    reservations.confirm(buyer, sold.id)
    reader = Reader(scene, show)
    assert reader.ask().told["everything"]
    assert reader.is_right()
    reservations.release(buyer, held.id)
    told = reader.ask().told
    assert (told["everything"], told["plan_changed"], told["closed"]) == (False, False, None)
    assert [(seat["seat_number"], seat["status"]) for seat in told["seats"]] == [("A2", "AVAILABLE")]
    assert reader.ask().told["seats"] == []


def test_a_stream_tells_what_was_missed_and_then_what_comes(scene: Scene, stack: ExitStack) -> None:
    show, buyer = scene.show(), scene.user()
    scene.hold(buyer, show, "A1")
    reader = Reader(scene, show)
    first = reader.follow(stack).hear()
    assert reader.told["everything"]
    assert reader.is_right()
    [held] = scene.hold(buyer, show, "A2")
    assert first.until_seats() == {"A2": "HELD"}
    first.close()
    reservations.release(buyer, held.id)
    scene.hold(buyer, show, "A3")
    again = reader.follow(stack).hear()
    assert not reader.told["everything"]
    assert {seat["seat_number"]: seat["status"] for seat in reader.told["seats"]} == {"A2": "AVAILABLE", "A3": "HELD"}
    reservations.extend_basket(buyer, show.id)
    assert again.until_seats().keys() == {"A1", "A3"}
    assert reader.is_right()
    assert [seat["seat_number"] for seat in reader.ask().told["seats"]] in ([], ["A1", "A3"])


def test_a_stream_tells_of_a_hold_that_lapses_a_new_plan_and_the_end_of_the_sale(
    scene: Scene, stack: ExitStack
) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    [held] = scene.hold(scene.user(), show, "A1")
    let_end(scene, held, 0.5)
    reader = Reader(scene, show)
    stream = reader.follow(stack).hear()
    while reader.taken():
        stream.hear()
    assert scene.statuses(show)["A1"] == ["HELD"]
    before = reader.told["plan_version"]
    give(organizer, show, plan_of("A1", "B7"))
    while not reader.told["plan_changed"]:
        stream.hear()
    assert reader.told["plan_version"] > before
    scene.hold(scene.user(), show, "B7")
    assert stream.until_seats() == {"B7": "HELD"}
    shows.cancel(organizer, show.id)
    while reader.told["closed"] != "cancelled" or reader.taken():
        stream.hear()


def test_a_draft_again_lets_everybody_go_who_followed_it(scene: Scene, stack: ExitStack) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    reader = Reader(scene, show)
    stream = reader.follow(stack).hear()
    page = scene.app.test_client().get(f"/shows/{show.id}/live", headers=STREAM, buffered=False)
    stack.callback(page.close)
    shows.unpublish(organizer, show.id)
    while reader.told["closed"] != "draft":
        stream.hear()
    for left in (stream.stream.response, page):
        for _ in left.response:
            pass  # to its end
    refused(scene.client().get(f"/shows/{show.id}/changes", STREAM), 404, "not-found")


def test_programs_and_maps_hear_of_one_show_by_the_same_questions(
    scene: Scene, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "PULSE_SECONDS", 0.1)
    show = scene.show()
    readers = [Reader(scene, show) for _ in range(5)]
    streams = [reader.follow(stack).hear() for reader in readers]
    page = scene.app.test_client().get(f"/shows/{show.id}/live", headers=STREAM, buffered=False)
    stack.callback(page.close)
    seen = Stream(page)
    assert seen.until("seats")[1]["all"]
    assert len(registry._registries[db.engine]._watchers[show.id]._audience.there()) == 6
    [held] = scene.hold(scene.user(), show, "A1")
    assert [stream.until_seats() for stream in streams] == [{"A1": "HELD"}] * 5
    assert seen.until("seats")[1]["held"] == [held.seat_id]
    while readers[0].told["seats"]:  # and then that nothing happens
        streams[0].hear()
    assert readers[0].cursor


def test_what_can_be_refused_is_refused_before_a_stream_begins(
    scene: Scene, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    organizer = scene.user()
    show, draft = scene.show(), scene.show(organizer)
    scene.unpublish(draft)
    client = scene.client()

    def get(path: str, **headers: str) -> Any:
        return client.get(path, {**STREAM, **headers})

    refused(get("/shows/999999/changes"), 404, "not-found")
    refused(get(f"/shows/{draft.id}/changes"), 404, "not-found")
    refused(get(f"/shows/{show.id}/changes?since=elsewhere.1.1.1"), 410, "start-over")
    path = f"/shows/{show.id}/changes"
    assert pointers(refused(get(path + "?since=never"), 422, "invalid", "errors")) == ["#/since"]
    known = {"Last-Event-ID": "never"}
    assert pointers(refused(get(path, **known), 422, "invalid", "errors")) == ["#/Last-Event-ID"]
    assert registry._registries[db.engine]._viewers == 0
    monkeypatch.setattr(registry, "MOST_STREAMS_OF_NETWORK", 1)
    Reader(scene, show).follow(stack)
    refused(get(path), 503, "busy")
    Reader(scene, show).ask()


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/json, text/event-stream;q=0.5", "application/json"),
        ("image/png", "application/json"),
        ("text/event-stream, application/json;q=0.9", "text/event-stream"),
    ],
)
def test_a_program_gets_what_it_prefers(scene: Scene, stack: ExitStack, accept: str, kind: str) -> None:
    response = scene.client().get(f"/shows/{scene.show().id}/changes", {"Accept": accept}, buffered=False)
    stack.callback(response.close)
    assert response.mimetype == kind
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_whatever_happens_asking_and_following_by_one_cursor_gives_what_availability_lists(
    scene: Scene, stack: ExitStack
) -> None:
    """Holds, sales, releases, holds that lapse, and transactions that end long after later ones have."""
    show = scene.show(seats="A1-A20", seat_limit=20)
    buyers = [scene.user() for _ in range(ACTORS)]
    reader = Reader(scene, show)
    with racing(scene) as race:
        acts = [
            race.start(lambda buyer=buyer, seed=seed: act_at_random(scene, show, buyer, Random(seed)))
            for seed, buyer in enumerate(buyers)
        ]
        while not all(act.done() for act in acts):
            reader.ask().ask()
            stream = reader.follow(stack)
            for _ in range(4):
                stream.hear()
            stream.close()
        lapsing = [held for act in acts for held in outcome(act)]
        for held in lapsing:
            until_over(scene, held)
    follower = reader.follow(stack).hear()
    assert reader.is_right()
    scene.hold(scene.user(), show, *[f"A{n}" for n in range(1, 21) if f"A{n}" not in numbers(reader)][:1])
    follower.until_seats()
    assert reader.is_right()
    assert len(reader.taken()) > 2


def numbers(reader: Reader) -> set[str]:
    return {seat["seat_number"] for seat in reader.taken()}


def act_at_random(scene: Scene, show: Show, buyer: Asker, chance: Random) -> list[reservations.Reservation]:
    """Do what buyers do; the holds that end by themselves."""
    lapsing = []
    for _ in range(ACTS):
        seat = f"A{chance.randint(1, 20)}"
        try:
            match chance.choice(["confirm", "release", "release", "lapse", "late"]):
                case "late":
                    with scene.connected() as late:
                        late.execute("SET holdfast.others_first = 0")  # as everybody else here
                        late.execute("SELECT pg_current_xact_id()")
                        [held] = scene.hold(buyer, show, f"A{chance.randint(1, 20)}")
                        insert_hold(late, buyer, show, seat)
                        reservations.release(buyer, held.id)
                case "lapse":
                    [held] = scene.hold(buyer, show, seat)
                    let_end(scene, held, chance.random() / 2)
                    lapsing.append(held)
                case "release":
                    [held] = scene.hold(buyer, show, seat)
                    reservations.release(buyer, held.id)
                case "confirm" if chance.random() < 0.2:
                    [held] = scene.hold(buyer, show, seat)
                    reservations.confirm(buyer, held.id)
        except Refusal:
            continue
    return lapsing
