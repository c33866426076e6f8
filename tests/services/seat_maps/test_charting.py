"""Charts are drawn once for each version of a plan, whoever asks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event

import pytest

from tests.scenes import Scene
from tests.services.seat_maps.halls import a_block, a_plan
from webapp.extensions import db
from webapp.services import seat_maps, seating
from webapp.services.plans.plan import PlanCategory
from webapp.services.refusals import NotFound
from webapp.services.seat_maps import charting
from webapp.services.seat_maps.chart import Chart
from webapp.services.seat_maps.drawing import draw
from webapp.services.seat_maps.keeping import ChartShelf
from webapp.services.seat_maps.planned import plan_version
from webapp.services.shows import Show


def version(scene: Scene, show: Show) -> int:
    """The present version of the show's plan."""
    [row] = scene.rows("SELECT plan_version FROM shows WHERE id = %s", show.id)
    found: int = row["plan_version"]
    return found


def a_chart(show_id: int, seats: int = 8) -> Chart:
    """The chart of some show with so many seats."""
    return replace(draw(a_plan(a_block("Stalls", rows="A", seats=seats))), show_id=show_id)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The shows whose plans were drawn meanwhile; drawing itself is as ever."""
    shows: list[int] = []

    def noted(plan: object) -> Chart:
        chart = draw(plan)  # type: ignore[arg-type]
        shows.append(chart.show_id)
        return chart

    monkeypatch.setattr(charting, "draw", noted)
    return shows


def test_a_chart_has_every_seat_of_the_show_with_its_price(scene: Scene) -> None:
    show = scene.show(seats="A1-A10,B1-B8", price=1200)
    chart = seat_maps.chart_of(show.id, version(scene, show))
    assert (chart.show_id, chart.version, list(chart.parts)) == (show.id, version(scene, show), ["all"])
    assert {seat.id: seat.seat_number for seat in chart.seats.values()} == {
        seat.id: seat.seat_number for seat in seating.seats_of(show.id)
    }
    assert {seat.category.price for seat in chart.seats.values()} == {1200}


def test_a_chart_is_drawn_once_for_a_version_and_again_when_the_plan_changed(scene: Scene, drawn: list[int]) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    before = seat_maps.chart_of(show.id, version(scene, show))
    assert seat_maps.chart_of(show.id, before.version) is before
    assert drawn == [show.id]
    seating.add_seats(
        organizer, show.id, [seating.labelled_seat("B1", category="Stalls")], [PlanCategory(name="Stalls")]
    )
    after = seat_maps.chart_of(show.id, version(scene, show))
    assert (len(before.seats), len(after.seats)) == (10, 11)
    assert drawn == [show.id, show.id]


def test_an_old_or_a_future_version_gives_the_present_chart_and_draws_it_once(scene: Scene, drawn: list[int]) -> None:
    show = scene.show()
    present = seat_maps.chart_of(show.id, -1)
    assert present.version == version(scene, show)
    assert seat_maps.chart_of(show.id, 999) is seat_maps.chart_of(show.id, 0) is present
    assert drawn == [show.id]


def test_many_who_ask_at_once_wait_for_one_drawing(
    scene: Scene, drawn: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    show = scene.show()
    present, together = version(scene, show), Barrier(8)

    def all_know_the_version(show_id: int) -> int:
        found = plan_version(show_id)
        together.wait(10)
        return found

    monkeypatch.setattr(charting, "plan_version", all_know_the_version)

    def ask() -> Chart:
        with scene.app.app_context():
            try:
                return seat_maps.chart_of(show.id, present)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        charts = [found.result(30) for found in [pool.submit(ask) for _ in range(8)]]
    assert len({id(chart) for chart in charts}) == 1
    assert drawn == [show.id]


def test_there_is_no_chart_of_no_show(scene: Scene) -> None:
    with pytest.raises(NotFound):
        seat_maps.chart_of(scene.show().id + 1, 1)


def test_a_show_without_seats_has_a_chart_of_nothing(scene: Scene) -> None:
    chart = seat_maps.chart_of(scene.show(seats="").id, 1)
    assert (chart.seats, chart.parts, chart.is_divided) == ({}, {}, False)


def test_a_shelf_forgets_what_was_not_asked_for_longest_but_never_the_last_one() -> None:
    shelf = ChartShelf(most_seats=20)
    for show_id in (1, 2):
        shelf.get_or_make(show_id, 1, lambda show_id=show_id: a_chart(show_id))  # type: ignore[misc]
    assert shelf.get(1, 1)
    shelf.get_or_make(3, 1, lambda: a_chart(3))
    assert [bool(shelf.get(show_id, 1)) for show_id in (1, 2, 3)] == [True, False, True]
    shelf.get_or_make(4, 1, lambda: a_chart(4, seats=50))
    assert [bool(shelf.get(show_id, 1)) for show_id in (1, 3, 4)] == [False, False, True]


def test_who_waits_for_a_drawing_that_fails_hears_why_and_the_next_one_draws() -> None:
    shelf, begun, fail = ChartShelf(most_seats=20), Event(), Event()

    def make() -> Chart:
        begun.set()
        fail.wait(10)
        raise NotFound("The show went away.")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(shelf.get_or_make, 1, 1, make)
        begun.wait(10)
        second = pool.submit(shelf.get_or_make, 1, 1, make)
        fail.set()
        for asked in (first, second):
            with pytest.raises(NotFound):
                asked.result(10)
    assert shelf.get_or_make(1, 1, lambda: a_chart(1)).show_id == 1
