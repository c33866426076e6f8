"""Holds that came to nothing: how many, and when."""

from tests.scenes import Scene
from tests.services.dashboards.pasts import Hold, hours, play
from webapp.services.dashboards import LostHolds, Minute, history_of


def test_lost_holds_are_counted_by_the_minute_in_which_they_ended(scene: Scene) -> None:
    show = scene.show()
    play(
        scene,
        show,
        [
            Hold("A1", hours(0), "bought"),
            Hold("A2", hours(0), "released", took=0.4),
            Hold("A3", hours(0), "released", took=2.6),
            Hold("A4", hours(0), "expired"),
            Hold("A5", hours(0), "lapsed"),
            Hold("A6", hours(0), "expired"),
        ],
    )
    lost = history_of(show.id).lost
    assert (lost.over, lost.lost, lost.expired, lost.released) == (6, 5, 3, 2)
    assert lost.minutes == [
        Minute(1, 0, 1),
        Minute(2, 0, 0),
        Minute(3, 0, 1),
        *(Minute(number, 0, 0) for number in range(4, 10)),
        Minute(10, 3, 0),
    ]
    assert lost.share == 5 / 6
    assert lost.median_minutes == 10


def test_the_middle_one_is_the_lower_of_two() -> None:
    assert LostHolds.among([(2, True, 1), (12, True, 1)], over=2).median_minutes == 0.5
    assert LostHolds.among([(2, True, 1), (12, True, 2)], over=3).median_minutes == 3


def test_a_hold_that_ran_out_did_so_in_its_last_minute() -> None:
    assert LostHolds.among([(40, False, 7)], over=7).minutes[-1] == Minute(10, 7, 0)
    assert LostHolds.among([(80, False, 1)], over=1).minutes[-1] == Minute(20, 1, 0)


def test_a_released_hold_of_an_instant_ended_in_its_first_minute() -> None:
    assert LostHolds.among([(0, True, 1)], over=1).minutes == [Minute(1, 0, 1)]
