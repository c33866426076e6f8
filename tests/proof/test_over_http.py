"""The proof over HTTP, at a real site with two processes: half of each crowd asks v1, half has browsers."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.proof.buying.crowds import COLD, GROUPS, HOT
from bench.proof.trial import Size, attempt
from tests.browser.site import Site, serving
from tests.conftest import KEY
from tests.scenes import Scene

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
