"""What is drawn of a show is what its table says, and the sentence says it, too."""

import re
from datetime import timedelta

import pytest

from tests.scenes import Scene
from tests.services.dashboards.pasts import THEN, Hold, days, hours, play
from webapp.figures import (
    categories_figure,
    lost_holds_figure,
    over_time_figure,
    pace_figure,
    seats_figure,
    standing_figure,
)
from webapp.figures.over_time import length_words
from webapp.services import dashboards, seating
from webapp.services.dashboards import Dashboard
from webapp.services.plans.plan import PlanCategory


def dashboard(scene: Scene, *holds: Hold) -> Dashboard:
    """The dashboard of a show of ten seats, two days after THEN, in which this happened."""
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    play(scene, show, holds)
    with scene.history() as connection:
        connection.execute("UPDATE shows SET starts_at = %s WHERE id = %s", (THEN + days(2), show.id))
    return dashboards.dashboard(organizer, show.id)


SOME = [
    Hold("A1", hours(0), "bought"),
    Hold("A2", hours(3), "bought"),
    Hold("A3", hours(3), "expired"),
    Hold("A4", hours(4), "released", took=1.5),
]


def points(path: str) -> list[tuple[float, float]]:
    """The points of a path of straight lines."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]


def test_the_line_of_the_sold_seats_goes_through_the_numbers_of_the_table(scene: Scene) -> None:
    figure = over_time_figure(dashboard(scene, *SOME))
    levels = figure.plots["levels"]
    sold = [row[2] for row in figure.table.rows]
    assert sold[-1] == 2
    # The axis ends at its last tick, here 2.
    assert levels.up[-1].words == "2"
    assert [round(2 * (1 - y / 1000), 3) for _, y in points(levels.lines[0].path)] == [0, *sold]


def test_a_column_stands_for_each_period_with_holds(scene: Scene) -> None:
    figure = over_time_figure(dashboard(scene, *SOME))
    rows = list(figure.table.rows)
    assert figure.plots["holds"].whole.count("Z") == sum(1 for row in rows if row[4]) == 3
    assert figure.plots["holds"].filled.count("Z") == sum(1 for row in rows if row[5]) == 2
    assert "of each 30 minutes" in figure.note


def test_the_house_is_a_line_once_much_of_it_is_sold(scene: Scene) -> None:
    few = over_time_figure(dashboard(scene, *SOME)).plots["levels"]
    assert [line.words for line in few.lines] == ["sold", "sold and held"]
    half = [Hold(f"A{number}", hours(number), "bought") for number in range(1, 6)]
    most = over_time_figure(dashboard(scene, *half)).plots["levels"]
    assert [line.words for line in most.lines] == ["sold", "sold and held", "all seats"]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(minutes=1), "minute"),
        (timedelta(minutes=15), "15 minutes"),
        (timedelta(hours=1), "hour"),
        (timedelta(hours=6), "6 hours"),
        (timedelta(hours=25), "day"),
        (timedelta(days=7), "week"),
        (timedelta(days=28), "4 weeks"),
    ],
)
def test_periods_have_words(length: timedelta, words: str) -> None:
    assert length_words(length) == words


def test_a_bar_is_as_long_as_the_revenue_and_its_room_as_what_could_come(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer, seats="A1-A4")
    seating.add_seats(
        organizer, show.id, [seating.labelled_seat("B1", category="Box")], [PlanCategory(name="Box", price=9000)]
    )
    play(scene, show, [Hold("A1", hours(0), "bought"), Hold("B1", hours(0), "bought", price=9000)])
    figure = categories_figure(dashboards.dashboard(organizer, show.id))
    assert [(bar.name, bar.words, bar.length, bar.room) for bar in figure.plots["bars"].bars] == [
        ("Box", "90.00 EUR", 50, 50),
        ("Stalls", "45.00 EUR", 25, 100),
    ]
    assert figure.sentence == "135.00 EUR so far, 67% of it from Box."


def test_the_pace_ends_now_for_a_show_to_come_and_at_its_start_for_a_past_one(scene: Scene) -> None:
    past = pace_figure(dashboard(scene, *SOME)).plots["lines"]
    assert (past.lines[0].ends_at, past.now) == ((100, 0), None)
    organizer = scene.user("Olga")
    show = scene.show(organizer, starts_in=timedelta(days=10))
    play(scene, show, [Hold("A1", days(60), "bought")])
    coming = pace_figure(dashboards.dashboard(organizer, show.id)).plots["lines"]
    assert coming.lines[0].ends_at[0] == coming.now
    assert coming.across[-1].words == "start"


def test_each_class_has_as_many_dots_as_its_column_has_seats(scene: Scene) -> None:
    order = [Hold(f"A{number}", hours(number), "bought") for number in (3, 5, 1, 7, 9)]
    figure = seats_figure(dashboard(scene, *order))
    [row] = figure.table.rows
    dots = {dot.mark: dot.path.count("M") for dot in figure.plots["hall"].dots}
    assert dots == {str(number): count for number, count in enumerate(row[2:]) if count}
    assert figure.sentence == "The first to go: row A, seats 1, 3 and 5."


def test_lost_holds_have_a_column_for_each_minute_in_which_one_ended(scene: Scene) -> None:
    figure = lost_holds_figure(dashboard(scene, *SOME))
    rows = list(figure.table.rows)
    assert [row[:3] for row in rows if row[1] or row[2]] == [(2, 0, 1), (10, 1, 0)]
    assert figure.plots["minutes"].whole.count("Z") == 2
    assert figure.plots["minutes"].filled.count("Z") == 1
    assert figure.sentence.startswith("2 of 4 holds (50%) came to nothing: 1 ran out, 1 given back.")


def test_nothing_yet_is_said_and_nothing_is_drawn(scene: Scene) -> None:
    found = dashboards.dashboard(organizer := scene.user("Olga"), scene.show(organizer).id)
    for build in (over_time_figure, pace_figure, seats_figure, lost_holds_figure):
        figure = build(found)
        assert figure.plots == {}
        assert figure.sentence
    assert standing_figure(found).sentence == "0% of 10 seats is sold."


def test_free_shows_bring_nothing_and_divide_by_nothing(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer, price=0)
    play(scene, show, [Hold("A1", hours(0), "bought", price=0)])
    figure = categories_figure(dashboards.dashboard(organizer, show.id))
    assert figure.sentence == "All that is sold was free of charge."
    assert [(bar.length, bar.room) for bar in figure.plots["bars"].bars] == [(0, 0)]


def test_days_that_are_yet_to_come_have_no_number_of_this_show(scene: Scene) -> None:
    organizer = scene.user("Olga")
    earlier = scene.show(organizer)
    play(scene, earlier, [Hold(f"A{number + 1}", days(number), "bought") for number in range(3)])
    with scene.history() as connection:
        connection.execute("UPDATE shows SET starts_at = %s WHERE id = %s", (THEN + days(5), earlier.id))
    show = scene.show(organizer, starts_in=timedelta(days=3, hours=12))
    figure = pace_figure(dashboards.dashboard(organizer, show.id))
    assert [row[:2] for row in figure.table.rows] == [[4, 0.0], [3, None], [2, None]]
