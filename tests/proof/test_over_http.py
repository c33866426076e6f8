"""The proof over HTTP, at a real site with two processes: half of each crowd asks v1, half has browsers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bench.proof.buying.crowds import COLD, GROUPS, HOT
from bench.proof.buying.desks import Buyer
from bench.proof.buying.http_desks import PageDesk
from bench.proof.buying.lines import Answer, Line
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


class OverheardLine(Line):
    """A line that keeps the methods of the requests that were asked more than once."""

    repeated: set[str]

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer | None:
        answer = super().ask(method, path, headers, body)
        if answer and answer.is_repeated:
            self.repeated.add(method)
        return answer


def test_a_press_whose_answer_was_lost_is_on_record_as_repeated(own_scene: Scene, site: Site, tmp_path: Path) -> None:
    """It is sent again without a key: the hold it made may be over by then, and the answer tell of another."""
    houses, record = build_houses(own_scene, 1, seats=1, seat_limit=1), tmp_path / "record"
    seen: set[str] = set()
    with losing_replies(site.url, share=0.3, seed=1) as network, record.open("w") as file:
        line = OverheardLine(network.url)
        line.repeated = set()
        desk = PageDesk(line, own_scene.token(asker := own_scene.user()), shows_of(houses))
        desk.sign_in(asker.email or "", PASSWORD)
        buyer = Buyer(asker.id, desk, Recorder(file))
        while seen != {"GET", "POST"}:
            line.repeated.clear()
            told = buyer.hold(*houses[0].seats)
            # What a press that was lost has held, nobody was told; a reading holds nothing.
            assert told.is_repeated == ("POST" in line.repeated)
            seen |= line.repeated
            for held in told.held:
                buyer.release(held)
        line.hang_up()
    on_record = [one.is_repeated for one in read([record]) if one.verb == "hold"]
    assert (any(on_record), on_record[-1]) == (True, told.is_repeated)
