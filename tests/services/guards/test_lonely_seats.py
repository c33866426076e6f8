"""No seat is left lonely where a show allows none, whoever inserts a reservation."""

import pytest

from tests.scenes import Scene
from tests.services.guards.careless import attempt, insert
from tests.services.offers.halls import hall, minding

LONELY, CHECK_VIOLATED = "SR020", "23514"


@pytest.mark.parametrize(
    ("drawn", "seat", "answer"),
    [
        ("x..................", "A3", LONELY),
        ("..................x", "A17", LONELY),
        ("....x..............", "A3", LONELY),
        ("x..................", "A2", None),  # beside
        ("x..................", "A4", None),  # two between
        ("...................", "A2", None),  # an edge is no taken seat
        ("x_.................", "A4", None),  # nor is what is beyond a gap
        ("x._................", "A4", None),
        ("xw.................", "A3", None),  # a place for a wheelchair is nobody's lonely seat
        ("xc.................", "A3", None),
        ("x.x.................", "A6", None),  # it was lonely before
        ("x.x.................", "A5", LONELY),
    ],
)
def test_a_seat_is_lonely_between_two_taken_neighbours(scene: Scene, drawn: str, seat: str, answer: str | None) -> None:
    show = minding(scene, hall(scene, {"A": drawn}))
    assert insert(scene, scene.user(), show, seat) == answer


@pytest.mark.parametrize("rule", ["off", "warn"])
def test_a_show_that_does_not_enforce_it_lets_it_be(scene: Scene, rule: str) -> None:
    show = minding(scene, hall(scene, {"A": "x.................."}), rule)
    assert insert(scene, scene.user(), show, "A3") is None


def test_a_lapsed_hold_takes_no_seat(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "." * 20}))
    scene.lapse(*scene.hold(scene.user(), show, "A1"))
    assert insert(scene, scene.user(), show, "A3") is None


def test_seats_of_the_same_name_in_another_row_section_or_show_are_no_neighbours(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "x" + "." * 19, "B": "." * 20}))
    hall(scene, {"B": "x" + "." * 19})
    with scene.history() as connection:
        connection.execute("UPDATE seats SET section = 'Left' WHERE seat_number = 'A1' AND show_id = %s", (show.id,))
    assert insert(scene, scene.user(), show, "B3") is None
    assert insert(scene, scene.user(), show, "A3") is None


def test_several_seats_in_one_statement_are_looked_at_together(scene: Scene) -> None:
    show = minding(scene, hall(scene, {"A": "x" + "." * 19}))
    assert len(scene.hold(scene.user(), show, "A2", "A3")) == 2


@pytest.mark.parametrize(("drawn", "answer"), [("x.......xxx...", None), ("x.......xxx....", LONELY)])
def test_when_fewer_than_ten_would_be_left_nobody_minds(scene: Scene, drawn: str, answer: str | None) -> None:
    show = minding(scene, hall(scene, {"A": drawn}))
    assert insert(scene, scene.user(), show, "A3") == answer


def test_when_less_than_one_in_twenty_would_be_left_nobody_minds(scene: Scene) -> None:
    for free, answer in ((13, LONELY), (12, None)):
        show = minding(scene, hall(scene, {"A": "x" + "." * free, "B": "x" * (239 - free)}))
        assert insert(scene, scene.user(), show, "A3") == answer


def test_there_are_three_rules(scene: Scene) -> None:
    show = scene.show()
    assert attempt(scene, "UPDATE shows SET lonely_seats = 'sometimes' WHERE id = %s", show.id) == CHECK_VIOLATED
