"""The clients to copy do what they promise, also where replies are lost."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from examples.buy import BoxOffice, Refused
from tests.browser.site import Site, serving
from tests.conftest import KEY
from tests.lossy import losing_replies
from tests.scenes import PASSWORD, Scene
from webapp.services.asker import Asker

EXAMPLES = Path(__file__).parents[1] / "examples"
BUYERS = 8


@pytest.fixture
def site(own_scene: Scene) -> Iterator[Site]:
    with serving(own_scene.database, KEY) as running:
        yield running


def test_a_house_is_sold_out_over_a_network_that_loses_replies(own_scene: Scene, site: Site) -> None:
    show = own_scene.show(seats="A1-A20,B1-B20", seat_limit=100)
    buyers = [own_scene.user(f"Buyer {number}") for number in range(BUYERS)]

    def buy_all(buyer: Asker) -> list[int]:
        office = BoxOffice(network.url, buyer.email or "", PASSWORD)
        with closing(office.http):
            # The last ones are not all beside another.
            return [bought for seats in (2, 1) for bought in until_none_is_left(office, show.id, seats)]

    with losing_replies(site.url, share=0.3, seed=5) as network, ThreadPoolExecutor(BUYERS) as pool:
        told = list(pool.map(buy_all, buyers))
    assert network.lost > 10
    assert set(map(tuple, own_scene.statuses(show).values())) == {("CONFIRMED",)}
    assert len(own_scene.statuses(show)) == 40
    rows = own_scene.rows("SELECT id, user_id FROM reservations")
    assert Counter(row["user_id"] for row in rows) == Counter(
        {buyer.id: len(ids) for buyer, ids in zip(buyers, told, strict=True) if ids}
    )
    assert {row["id"] for row in rows} == {one for ids in told for one in ids}


def until_none_is_left(office: BoxOffice, show_id: int, seats: int) -> Iterator[int]:
    """The ids of what the box office sells, so many seats at a time."""
    while True:
        try:
            bought = office.buy(show_id, seats)
        except Refused as refusal:
            if refusal.problem["type"] != "/problems/none-together":
                raise
            return
        yield from (one["id"] for one in bought)


def test_each_example_buys_a_seat_and_tells_a_no(own_scene: Scene, site: Site) -> None:
    buyer = own_scene.user()
    for command in ([sys.executable, "buy.py"], ["sh", "buy.sh"]):
        show = own_scene.show(seats="A1-A2")
        told = run(command, site.url, show.id, buyer)
        assert (told.returncode, told.stderr) == (0, "")
        [(number, statuses)] = own_scene.statuses(show).items()
        assert statuses == ["CONFIRMED"]
        assert number in told.stdout
        own_scene.begin(show)
        refused = run(command, site.url, show.id, buyer)
        assert refused.returncode != 0
        assert "begun" in refused.stderr


def run(command: list[str], url: str, show_id: int, buyer: Asker) -> "subprocess.CompletedProcess[str]":
    """Run an example as the buyer."""
    program, example = command
    asked = [program, str(EXAMPLES / example), url, str(show_id)]
    known = {**os.environ, "HOLDFAST_EMAIL": buyer.email or "", "HOLDFAST_PASSWORD": PASSWORD}
    return subprocess.run(asked, env=known, capture_output=True, text=True, timeout=60, check=False)
