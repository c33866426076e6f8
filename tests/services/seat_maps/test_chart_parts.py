"""Large halls in parts that can be opened one at a time."""

from itertools import pairwise

from tests.services.seat_maps.halls import a_block, a_plan, a_ring, a_seat, points_of
from tests.services.seat_maps.test_chart_drawing import must_be_usable
from webapp.services.seat_maps.chart import Point
from webapp.services.seat_maps.drawing import draw


def is_within(point: Point, outline: list[Point]) -> bool:
    """Whether the point is inside the outline."""
    inside = False
    for (x, y), (to_x, to_y) in pairwise([*outline, outline[0]]):
        if (y > point[1]) != (to_y > point[1]) and point[0] < x + (point[1] - y) / (to_y - y) * (to_x - x):
            inside = not inside
    return inside


def test_two_thousand_seats_are_one_part_and_one_more_are_several() -> None:
    small = draw(a_plan(a_seat("Stalls", f"R{n // 50}", n % 50) for n in range(2000)))
    assert [(part.slug, part.seat_count) for part in small.parts.values()] == [("all", 2000)]
    large = draw(a_plan(a_seat("Stalls", f"R{n // 50}", n % 50) for n in range(2001)))
    assert large.is_divided
    must_be_usable(large, 2001)


def test_a_hall_is_divided_by_its_sections() -> None:
    chart = draw(a_plan(a_ring()))
    must_be_usable(chart, 24 * 10 * 12)
    assert [(part.slug, part.name) for part in chart.parts.values()][:2] == [
        ("block-1", "Block 1"),
        ("block-2", "Block 2"),
    ]
    assert {part.seat_count for part in chart.parts.values()} == {120}


def test_a_large_section_is_divided_by_its_rows_in_words() -> None:
    rows = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    chart = draw(a_plan([*a_block("Kenttä", rows=rows, seats=100, at=None), *a_block("Balcony", at=None)]))
    must_be_usable(chart, 2600 + 96)
    assert [(part.slug, part.name) for part in chart.parts.values()] == [
        ("kentta-rows-a-to-m", "Kenttä, rows A to M"),
        ("kentta-rows-n-to-z", "Kenttä, rows N to Z"),
        ("balcony", "Balcony"),
    ]


def test_a_giant_row_is_folded_and_divided_into_pieces() -> None:
    chart = draw(a_plan(a_seat(None, "A", number) for number in range(1, 5001)))
    must_be_usable(chart, 5000)
    assert chart.width < 100
    first, *others = [part.name for part in chart.parts.values()]
    assert first.startswith("Row A, seats 1 to 1")
    assert len(others) == 2


def test_slugs_are_unique_and_fit_for_addresses() -> None:
    names = ["Block A", "Block a", "BLOCK-A", "Ряд", "Балкон", "All", None]
    seats = [seat for name in names for seat in a_block(name, seats=50, at=None)]
    slugs = list(draw(a_plan(seats)).parts)
    assert len(slugs) == len(set(slugs)) == len(names)
    assert slugs == ["block-a", "block-a-2", "block-a-3", "part-4", "part-5", "all-2", "other-seats"]
    assert list(draw(a_plan(seats)).parts) == slugs


def test_tables_that_follow_one_another_are_opened_together() -> None:
    chart = draw(a_plan([seat for n in range(400) for seat in a_block(f"Table {n}", rows="A", seats=8, at=None)]))
    must_be_usable(chart, 3200)
    assert len(chart.parts) < 60
    assert "Table 0 to Table" in next(iter(chart.parts.values())).name


def test_a_part_can_be_clicked_where_its_seats_are_and_not_where_anothers_are() -> None:
    chart = draw(a_plan(a_ring()))
    for slug, part in chart.parts.items():
        own = [chart.in_hall(seat) for seat, home in chart.part_of_seat.items() if home == slug]
        others = [chart.in_hall(seat) for seat, home in chart.part_of_seat.items() if home != slug]
        outline = list(part.outline)
        assert sum(is_within(point, outline) for point in own) > 0.9 * len(own)
        assert sum(is_within(point, outline) for point in others) < 0.05 * len(own)
        assert is_within(part.name_at, outline)


def test_a_part_is_the_same_piece_of_the_hall_moved_to_its_corner() -> None:
    chart = draw(a_plan(a_ring()))
    for part in chart.parts.values():
        left, top = part.offset
        for x, y in points_of(part):
            assert 0 <= left + x <= chart.width
            assert 0 <= top + y <= chart.height
