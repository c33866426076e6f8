"""How many charts a process keeps is for their shelf to say: nothing that is made from one keeps it as well."""

import gc
from weakref import ref

import pytest

from tests.scenes import Scene
from webapp.extensions import db
from webapp.services import seat_maps
from webapp.services.offers import keeping
from webapp.services.seat_maps import charting
from webapp.services.seat_maps.chart import Chart


@pytest.mark.parametrize(
    "seats", ["A1-A10", ",".join(f"{row}1-{row}900" for row in "ABC")], ids=["a small hall", "a large one"]
)
def test_a_chart_that_its_shelf_forgets_is_gone_whoever_has_seen_its_pages(scene: Scene, seats: str) -> None:
    show = scene.show(seats=seats)
    scene.hold(scene.user(), show, "A1")
    browser = scene.browser()
    slug = next(iter(_chart(show.id).parts))
    assert browser.get(f"/shows/{show.id}").status_code == 200
    if _chart(show.id).is_divided:
        assert browser.get(f"/shows/{show.id}/sections/{slug}").status_code == 200
    chart = ref(_chart(show.id))
    del charting._shelves[db.engine]
    keeping._lines.clear()  # which keep charts within a bound of their own
    gc.collect()
    assert chart() is None


def _chart(show_id: int) -> Chart:
    return seat_maps.chart_of(show_id, -1)
