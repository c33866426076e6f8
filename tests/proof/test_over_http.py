"""The proof over HTTP, at a real site with two processes: half of each crowd asks v1, half has browsers."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.proof.buying.crowds import COLD, GROUPS, HOT
from bench.proof.buying.desks import Buyer, Told
from bench.proof.buying.http_desks import PageDesk
from bench.proof.buying.lines import Line
from bench.proof.buying.stage import build_houses, shows_of
from bench.proof.judging.history import Recorder, read
from bench.proof.trial import Size, attempt
from tests.browser.site import Site, serving
from tests.conftest import KEY
from tests.lossy import losing_replies
from tests.scenes import PASSWORD, Scene

SLOWER = 4  # times, so that a hold outlasts its answer


@pytest.fixture
def site(own_scene: Scene) -> Iterator[Site]:
    with serving(own_scene.database, KEY) as running:
        yield running


def test_no_crowd_gets_the_site_to_break_a_rule(own_scene: Scene, site: Site, tmp_path: Path) -> None:
    for mood, tries in ((HOT, 12), (COLD, 4), (GROUPS, 6)):
        slower = replace(mood, minute=SLOWER * mood.minute)
        verdict = attempt(own_scene, slower, Size(12, tries), tmp_path, seed="a short proof", url=site.url)
        assert verdict.violations == []
        for outcome in ("hold ok", "hold refused SeatTaken"):
            assert verdict.outcomes[outcome], "a crowd that gets nothing, or all it wants, proves nothing"


def test_a_press_whose_answer_was_lost_is_on_record_as_one_that_may_have_held(
    own_scene: Scene, site: Site, tmp_path: Path
) -> None:
    """It is repeated without a key: until then the hold it made may be over, and the answer tell of another."""
    houses, record = build_houses(own_scene, 1, seats=1, seat_limit=1), tmp_path / "record"
    with losing_replies(site.url, share=0.3, seed=1) as network, record.open("w") as file:
        line = Line(network.url)
        desk = PageDesk(line, own_scene.token(buyer := own_scene.user()), shows_of(houses))
        desk.sign_in(buyer.email or "", PASSWORD)
        told = Told("refused")
        while not told.is_repeated:
            told = Buyer(buyer.id, desk, Recorder(file)).hold(*houses[0].seats)
            desk.release(told.held[0])
        line.hang_up()
    *_, lost, answered = [one for one in read([record]) if one.verb == "hold"]
    assert (lost.outcome, answered.outcome) == ("unknown", "ok")
    assert (lost.seats, lost.invoked) == (answered.seats, answered.invoked)
