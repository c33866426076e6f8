"""Sold and held over time, counted by hand."""

from datetime import UTC, datetime, timedelta

from tests.scenes import Scene
from tests.services.dashboards.pasts import THEN, Hold, days, hours, keep, play
from webapp.services.dashboards import LostHolds, Period, history_of
from webapp.services.shows import Show


def over(scene: Scene, **more: timedelta) -> Show:
    """A show of ten seats that began a day after THEN, unless it begins `starts_after` THEN."""
    show = scene.show()
    with scene.history() as connection:
        connection.execute(
            "UPDATE shows SET starts_at = %s WHERE id = %s", (THEN + more.get("starts_after", days(1)), show.id)
        )
    return show


def told(period: Period) -> tuple[int, int, int, int]:
    """What a period says in numbers."""
    return (period.sold, period.held, period.holds, period.bought)


def test_before_the_first_hold_there_is_no_history(scene: Scene) -> None:
    show = scene.show()
    found = history_of(show.id)
    assert (found.periods, found.lost) == ([], LostHolds.among([], over=0))
    assert (found.lost.share, found.lost.median_minutes) == (None, None)


def test_what_was_sold_and_held_is_told_at_the_end_of_each_period(scene: Scene) -> None:
    show = over(scene)
    play(
        scene,
        show,
        [
            Hold("A1", hours(0.1), "bought"),
            Hold("A2", hours(0.1), "released", took=3),
            Hold("A3", hours(1.4), "expired"),  # its time is over in the next quarter
            Hold("A4", hours(1.45), "bought", took=8),  # and so is this one sold
        ],
    )
    periods = history_of(show.id).periods
    assert (periods[0].begin, periods[1].begin) == (THEN, THEN + hours(0.25))
    assert [told(period) for period in periods[:7]] == [
        (1, 0, 2, 1),
        *[(1, 0, 0, 0)] * 4,
        (1, 2, 2, 1),
        (2, 0, 0, 0),
    ]


def test_history_ends_when_the_show_does(scene: Scene) -> None:
    show = over(scene, starts_after=hours(2))
    play(scene, show, [Hold("A1", hours(0), "bought")])
    periods = history_of(show.id).periods
    assert (periods[0].begin, periods[-1].end) == (THEN, THEN + timedelta(hours=3, minutes=2))


def test_a_cancelled_sale_was_one_until_it_was_cancelled(scene: Scene) -> None:
    show = over(scene)
    play(scene, show, [Hold("A1", hours(0), "bought", cancelled=hours(2)), Hold("A1", hours(3), "bought")])
    periods = history_of(show.id).periods
    sold = {(period.end - THEN) / hours(1): period.sold for period in periods}
    assert (sold[0.5], sold[2.0], sold[2.5], sold[3.5]) == (1, 1, 0, 1)
    assert history_of(show.id).lost.lost == 0


def test_a_hold_that_nobody_marked_is_over_when_its_time_is(scene: Scene) -> None:
    show = over(scene)
    play(scene, show, [Hold("A1", hours(0), "lapsed")])
    found = history_of(show.id)
    assert [period.held for period in found.periods] == [0] * len(found.periods)
    assert (found.lost.expired, found.lost.median_minutes) == (1, 10)


def test_what_is_held_just_now_is_held_at_the_end_and_not_over(scene: Scene) -> None:
    show = scene.show()
    scene.hold(scene.user(), show, "A1", "A2")
    found = history_of(show.id)
    assert [told(period) for period in found.periods] == [(0, 2, 2, 0)]
    assert found.lost.over == 0


def test_seats_that_the_house_keeps_are_no_part_of_it(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer)
    keep(scene, show, organizer, "A1", "A2")
    assert history_of(show.id).periods == []
    scene.hold(scene.user(), show, "A3")
    assert [told(period) for period in history_of(show.id).periods] == [(0, 1, 1, 0)]


def test_other_shows_are_no_part_of_it(scene: Scene) -> None:
    show, other = over(scene), over(scene)
    play(scene, other, [Hold("A1", hours(0), "bought"), Hold("A2", hours(0), "expired")])
    play(scene, show, [Hold("A1", hours(1), "bought")])
    found = history_of(show.id)
    assert [told(period) for period in found.periods[:1]] == [(1, 0, 1, 1)]
    assert (found.lost.over, found.lost.lost) == (1, 0)


def test_long_histories_are_told_by_days_of_the_venue(scene: Scene) -> None:
    show = over(scene, starts_after=days(60))
    play(scene, show, [Hold("A1", hours(0), "bought"), Hold("A2", days(30), "bought")])
    periods = history_of(show.id).periods
    assert len(periods) == 61
    # Midnight in Helsinki, before the clocks change in October, and after.
    assert periods[0].begin == datetime(2026, 9, 3, 21, tzinfo=UTC)
    assert periods[-1].end == datetime(2026, 11, 3, 22, tzinfo=UTC)
    assert [period.sold for period in periods] == [1] * 30 + [2] * 31
