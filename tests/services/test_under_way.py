"""Work that takes a while is done once, however many ask, and whoever is impatient hears how far it is."""

from collections.abc import Iterator
from contextlib import nullcontext
from threading import Event

import pytest

from webapp.services import under_way
from webapp.services.refusals import NotFound

PATIENCE = 20.0


@pytest.fixture
def _beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work goes on beside whoever asks for it, as under the server, in threads of their own."""
    monkeypatch.setattr(under_way, "is_module_patched", lambda _: True)
    yield
    assert under_way._works == {}, "what is done is under way still"


def do(key: str, work: under_way.Work, patience: float = PATIENCE) -> int | None:
    return under_way.do(key, work, within=nullcontext, patience=patience)


def test_without_the_server_work_is_done_at_once() -> None:
    told: list[str] = []
    assert do("work", lambda say: (say(1), told.append("done"))[0], patience=0) is None
    assert told == ["done"]


@pytest.mark.usefixtures("_beside")
def test_whoever_waits_long_enough_finds_it_done() -> None:
    told: list[str] = []
    assert do("work", lambda _: told.append("done")) is None
    assert told == ["done"]


@pytest.mark.usefixtures("_beside")
def test_whoever_is_impatient_hears_how_far_it_is_and_begins_nothing_anew() -> None:
    begun, go_on = Event(), Event()
    times: list[int] = []

    def work(say: under_way.Say) -> None:
        times.append(1)
        say(2)
        begun.set()
        assert go_on.wait(PATIENCE)

    do("work", work, patience=0)
    assert begun.wait(PATIENCE)
    assert [do("work", work, patience=0) for _ in range(3)] == [2, 2, 2]
    assert times == [1]
    go_on.set()
    assert do("work", work) is None


@pytest.mark.usefixtures("_beside")
def test_what_it_is_refused_with_those_hear_who_wait(caplog: pytest.LogCaptureFixture) -> None:
    def work(_: under_way.Say) -> None:
        raise NotFound("There is no such plan.")

    with pytest.raises(NotFound):
        do("work", work)
    assert caplog.records == []
