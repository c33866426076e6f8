"""What is drawn stands where its number says, and is no more than it has to be."""

import re

from webapp.plots import Series, bars, columns, dots_path, lines, number_axis

AXIS = number_axis(10, str)


def test_a_line_goes_through_its_points_from_the_bottom_left() -> None:
    drawn = lines([Series("sold", [(0, 0), (5, 5), (10, 10)])], begin=0, end=10, highest=10, across=[], up=AXIS.ticks)
    [line] = drawn.lines
    assert line.path == "M0 1000L500 500L1000 0"
    assert line.area == "M0 1000L500 500L1000 0V1000H0Z"
    assert line.ends_at == (100, 0)


def test_a_line_in_steps_stays_until_the_next_point_and_says_nothing_twice() -> None:
    points = [(0.0, 0.0), (4.0, 5.0), (6.0, 5.0), (10.0, 10.0)]
    drawn = lines([Series("sold", points, steps=True)], begin=0, end=10, highest=10, across=[], up=[])
    assert drawn.lines[0].path == "M0 1000H400V500H600H1000V0"


def test_a_line_that_has_no_points_yet_is_in_the_key_only() -> None:
    drawn = lines([Series("sold", []), Series("held", [(0, 1)])], begin=0, end=1, highest=1, across=[], up=[])
    assert [(line.words, line.rank, line.path, line.ends_at) for line in drawn.lines] == [
        ("sold", 0, "", None),
        ("held", 1, "M0 0", (0, 0)),
    ]


def test_nothing_is_divided_by_an_axis_without_length() -> None:
    drawn = lines([Series("sold", [(3, 0)])], begin=3, end=3, highest=0, across=[], up=[], now=3)
    assert (drawn.lines[0].path, drawn.now) == ("M0 1000", 0)


def test_columns_are_two_paths_however_many_they_are() -> None:
    drawn = columns([(0, 0.5), (0.5, 1)], [(10, 5), (0, 0)], highest=10, across=[], up=[])
    assert drawn.whole == "M55.0 1000V0.0H445.0V1000Z"
    assert drawn.filled == "M55.0 1000V500.0H445.0V1000Z"


def test_a_bar_is_as_long_as_its_number_and_never_longer_than_the_plot() -> None:
    rows = [("Stalls", "50", "", 50.0, 100.0), ("Box", "0", "", 0.0, 10.0), ("Dear", "300", "", 300.0, 300.0)]
    drawn = bars(rows, highest=200)
    assert [(bar.name, bar.length, bar.room) for bar in drawn.bars] == [
        ("Stalls", 25, 50),
        ("Box", 0, 5),
        ("Dear", 100, 100),
    ]


def test_of_many_bars_the_rest_is_counted_and_long_names_are_shortened() -> None:
    drawn = bars([(f"Category of a very long name {number}", "", "", 1.0, 1.0) for number in range(15)], highest=1)
    assert (len(drawn.bars), drawn.left_out) == (12, 3)
    assert drawn.bars[0].name == "Category of a very lo…"


def test_all_dots_of_a_kind_are_one_path() -> None:
    path = dots_path([(0.5, 1), (2.04, 3)])
    assert path == "M5 10h0M20 30h0"
    assert len(re.findall("M", dots_path([(x, 1) for x in range(2000)]))) == 2000
