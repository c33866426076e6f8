"""Plans of the pretix editor: tolerant of what it leaves out, exact about what it says."""

import json
from typing import Any

import pytest

from webapp.services.plans import Plan, PlanCategory, PlanUnusable, read_plan


def seat(number: Any, x: float = 0, y: float = 0, **more: Any) -> dict[str, Any]:
    return {"seat_number": number, "seat_guid": f"guid-{number}", "position": {"x": x, "y": y}, "category": "A", **more}


def row(number: Any, *seats: Any, x: float = 0, y: float = 0, **more: Any) -> dict[str, Any]:
    return {"row_number": number, "position": {"x": x, "y": y}, "seats": list(seats), **more}


def zone(name: Any, *rows: Any, x: float = 0, y: float = 0, **more: Any) -> dict[str, Any]:
    return {"name": name, "position": {"x": x, "y": y}, "rows": list(rows), **more}


def file(*zones: Any, **more: Any) -> dict[str, Any]:
    return {"name": "House", "categories": [{"name": "A", "color": "#AABBCC"}], "zones": list(zones), **more}


def read(plan: Any) -> Plan:
    return read_plan("plan.json", plan if isinstance(plan, bytes) else json.dumps(plan).encode())


def orders(plan: Plan) -> dict[str, int | None]:
    return {seat.seat_number: seat.neighbour_order for seat in plan.seats}


def at(*places: float) -> list[dict[str, Any]]:
    """Seats 1, 2, 3 … at these places along x."""
    return [seat(str(number), x) for number, x in enumerate(places, start=1)]


def test_a_seat_stands_where_zone_row_and_seat_together_put_it() -> None:
    plan = read(file(zone("Stalls", row("A", seat("7", 1.5, 2.25), x=10, y=20), x=100, y=200)))
    [found] = plan.seats
    assert (found.x, found.y) == (111.5, 222.25)
    assert (found.seat_number, found.section, found.row, found.number) == ("A7", "Stalls", "A", "7")
    assert (found.category, found.plan_seat_id, found.neighbour_order) == ("A", "guid-7", 1)
    assert (plan.name, plan.oddities) == ("House", [])
    assert plan.categories == [PlanCategory(name="A", price=None)]


def test_numbers_and_texts_serve_alike_as_numbers_and_unknown_entries_are_passed_over() -> None:
    plan = read(file(zone("S", row(3, seat(12, radius=10, _x={"y": []})), zone_id="S"), size={"width": 1}, version=2))
    assert [(s.seat_number, s.row, s.number) for s in plan.seats] == [("312", "3", "12")]
    assert plan.oddities == ['2 entries not known, passed over ("version" of the plan; "_x" of a seat).']


def test_a_number_with_decimals_is_read_and_reported() -> None:
    plan = read(file(zone("S", row(3.0, seat(1.5)))))
    assert [(s.row, s.number) for s in plan.seats] == [("3", "1.5")]
    assert len(plan.oddities) == 1
    assert plan.oddities[0].startswith("2 numbers with decimals, read as the shortest text (3.0 as row_number of row 1")


def test_what_a_plan_leaves_out_is_left_out_and_reported() -> None:
    rows = [{"seats": [{"seat_number": "1"}, {}]}, {"row_number": "B"}]
    plan = read({"zones": [{"name": "S", "rows": rows, "areas": [{"shape": "circle"}]}, {"name": "Hall"}]})
    assert [(s.seat_number, s.number, s.x, s.category, s.plan_seat_id) for s in plan.seats] == [
        ("1", "1", None, None, None),
        ("S", None, None, None, None),
    ]
    assert [oddity.split(" (")[0] for oddity in plan.oddities] == [
        "1 row without a row_number; the seats stand directly in their zone",
        "2 seats without a position; the row keeps the order of the file",
        "1 seat without a seat_number",
        "2 seats without a category",
        "2 seats without an id of its own in the plan; none was kept",
        "1 row without seats, left out",
        "1 area that cannot be drawn, left out",
    ]


def test_a_zone_without_a_name_has_no_section() -> None:
    plan = read(file({"rows": [row("A", seat("1"))]}))
    assert plan.seats[0].section is None
    assert plan.oddities == ["1 zone without a name; its seats stand in no section (zone 1 without a name)."]


def test_the_uuid_is_kept_where_the_guid_repeats() -> None:
    seats = [seat(str(n), 25 * n, seat_guid="same", uuid=f"uuid-{n}") for n in range(1, 4)]
    plan = read(file(zone("S", row("A", *seats, seat("4", 100, seat_guid="uuid-2"), seat("5", 125, seat_guid="same")))))
    assert [s.plan_seat_id for s in plan.seats] == ["same", "uuid-2", "uuid-3", None, None]
    assert [oddity.split(" (")[0] for oddity in plan.oddities] == [
        "2 seats with the seat_guid of an earlier one; the uuid was kept instead",
        "2 seats without an id of its own in the plan; none was kept",
    ]


def test_a_category_that_the_plan_does_not_list_is_added_and_reported() -> None:
    plan = read(file(zone("S", row("A", seat("1", category="B"), seat("2", 25, category="B"), seat("3", 50)))))
    assert [s.category for s in plan.seats] == ["B", "B", "A"]
    assert [category.name for category in plan.categories] == ["A", "B"]
    assert plan.oddities == ['1 category that seats have but the plan does not list; added ("B").']


def test_categories_that_repeat_have_no_name_or_no_seat_are_reported() -> None:
    categories = [{"name": "A"}, {"name": "A", "color": "#fff"}, {"color": "#fff"}, {"name": "C", "color": "#FFF"}]
    plan = read(file(zone("S", row("A", seat("1"))), categories=categories))
    assert plan.categories == [PlanCategory(name="A"), PlanCategory(name="C")]
    assert plan.oddities == [
        '1 category listed again; the first of that name was kept ("A").',
        "1 category without a name, left out (category 3).",
        '1 category without a seat ("C").',
    ]


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("Wheelchair", "wheelchair"),
        ("Rollstuhlplätze", "wheelchair"),
        ("PYÖRÄTUOLIPAIKKA", "wheelchair"),
        ("Rullstolsplats", "wheelchair"),
        ("Fauteuil roulant", "wheelchair"),
        ("Wheelchair & companion", "wheelchair"),
        ("Pyörätuoli ja saattaja", "wheelchair"),
        ("Wheelchair companion", "companion"),
        ("Rollstuhl-Begleitperson", "companion"),
        ("Saattajapaikka", "companion"),
        ("Accompagnateur", "companion"),
        ("Category A", None),
        ("Chairs", None),
    ],
)
def test_a_category_that_names_wheelchairs_or_companions_is_for_them(category: str, kind: str | None) -> None:
    [found] = read(file(zone("S", row("A", seat("1", category=category))))).seats
    assert (found.accessibility, found.step_free) == (kind, kind is not None)


def test_what_was_understood_of_a_category_is_told() -> None:
    plan = read(file(zone("S", row("A", seat("1", category="Rolli & Rollstuhl"), seat("2", 25)))))
    assert plan.oddities[-1] == (
        "1 seat read as a place for a wheelchair, by the name of its category "
        '("Rolli & Rollstuhl": seat 1 in row 1 "A" of zone 1 "S").'
    )


def test_a_clear_gap_in_a_row_parts_neighbours() -> None:
    plan = read(file(zone("S", row("A", *at(0, 25, 50, 100, 125, 160)))))
    assert orders(plan) == {"A1": 1, "A2": 2, "A3": 3, "A4": 5, "A5": 6, "A6": 7}


def test_a_row_of_odd_and_then_even_numbers_is_ordered_by_where_its_seats_stand() -> None:
    plan = read(file(zone("S", row("A", *at(0, 50, 100, 25, 75, 125)))))
    assert orders(plan) == {"A1": 1, "A4": 2, "A2": 3, "A5": 4, "A3": 5, "A6": 6}


def test_a_row_runs_from_left_to_right_and_an_upright_one_from_top_to_bottom() -> None:
    upright = [seat(str(n), 0, y, seat_guid=f"B{n}") for n, y in enumerate((50, 25, 0), start=1)]
    plan = read(file(zone("S", row("A", *at(50, 25, 0), y=500), row("B", *upright))))
    assert orders(plan) == {"A1": 3, "A2": 2, "A3": 1, "B1": 3, "B2": 2, "B3": 1}


def test_a_horseshoe_keeps_its_seats_in_the_order_of_the_file() -> None:
    arm = [(0, 0), (0, 25), (0, 50), (15, 70), (40, 70), (55, 50), (55, 25), (55, 0)]
    plan = read(file(zone("S", row("A", *(seat(str(n), x, y) for n, (x, y) in enumerate(arm, start=1))))))
    assert list(orders(plan).values()) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_seats_a_hair_apart_are_ordered_and_parted_by_their_own_small_distances() -> None:
    plan = read(file(zone("S", row("A", *at(0, 0.5, 1.0, 1.5, 3.5, 4.0)))))
    assert list(orders(plan).values()) == [1, 2, 3, 4, 6, 7]


def test_a_row_of_two_seats_is_measured_by_the_plan() -> None:
    far = [seat(str(n), x, 300, seat_guid=f"B{n}") for n, x in enumerate((0, 25, 400), start=1)]
    plan = read(file(zone("S", row("A", *at(0, 25, 50, 75, 100)), row("B", *far[:2]), row("C", far[0], far[2]))))
    assert orders(plan)["B2"] == 2
    assert orders(plan)["C3"] == 3


def test_a_row_of_wide_seats_is_measured_by_itself() -> None:
    sofas = [seat(str(n), 60 * n, 300, seat_guid=f"B{n}") for n in range(1, 5)]
    plan = read(file(zone("S", row("A", *at(0, 25, 50, 75, 100)), row("B", *sofas))))
    assert [orders(plan)[number] for number in ("B1", "B2", "B3", "B4")] == [1, 2, 3, 4]


def test_seats_in_one_spot_are_reported() -> None:
    plan = read(file(zone("S", row("A", *at(0, 0, 0)), row("B", *at(500), *[seat("2", 525, seat_guid="b2")]))))
    assert [orders(plan)[number] for number in ("A1", "A2", "A3")] == [1, 2, 3]
    assert plan.oddities[-1].startswith("3 seats almost on top of another (seat 1 in row 1")


def test_seats_nearer_than_a_quarter_of_the_usual_distance_are_reported() -> None:
    beside = [seat(str(n), x, 5, seat_guid=f"B{n}") for n, x in enumerate((0, 25, 50), start=1)]
    plan = read(file(zone("S", row("A", *at(0, 25, 50))), zone("T", row("B", *beside))))
    assert plan.oddities[-1].startswith("6 seats almost on top of another")
    apart = json.loads(json.dumps(beside).replace('"y": 5', '"y": 7'))
    assert read(file(zone("S", row("A", *at(0, 25, 50))), zone("T", row("B", *apart)))).oddities == []


def test_a_row_in_several_pieces_goes_from_left_to_right_and_has_an_aisle_between_them() -> None:
    right = [seat(str(n), x, seat_guid=f"r{n}") for n, x in enumerate((50, 75), start=3)]
    plan = read(file(zone("S", row("A", *right), row("B", seat("9", y=300)), row("A", *at(0, 25)))))
    assert orders(plan) == {"A3": 4, "A4": 5, "B9": 1, "A1": 1, "A2": 2}
    assert plan.oddities == [
        '1 row in several pieces; seats of different pieces do not count as neighbours ("A" of "S" in 2).'
    ]


def test_a_row_with_a_seat_that_has_no_position_keeps_the_order_of_the_file() -> None:
    plan = read(file(zone("S", row("A", *at(50, 0), seat("3", seat_guid="3", position=None)))))
    assert list(orders(plan).values()) == [1, 2, 3]


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (
            file(zone("S", row("A", seat(number=True)))),
            'The seat_number of seat 1 in row 1 "A" of zone 1 "S" must be a text',
        ),
        (file(zone("S", row("A", seat(["1"])))), "must be a text, not a list"),
        (file(zone("S", row({}, seat("1")))), 'The row_number of row 1 of zone 1 "S" must be a text, not an object'),
        (file({"name": False}), "The name of zone 1 must be a text, not true or false"),
        (file(zone("S", row("A", seat("1"), "x"))), 'The seats of row 1 "A" of zone 1 "S" must be objects'),
        (file(zone("S", row("A", None))), "number 1 is null"),
        (file(zone("S", {"row_number": "A", "seats": {}})), "must be a list, not an object"),
        (file(zone("S", 7)), 'The rows of zone 1 "S" must be objects, but number 1 is a number'),
        (file(None), "The zones must be objects, but number 1 is null"),
        (file(zones=7), "The zones must be a list, not a number"),
        (file(zone("S", row("A", seat("1"))), categories={}), "The categories must be a list"),
        (file(zone("S", row("A", seat("1", x=True)))), "The x of seat 1"),
        (file(zone("S", row("A", seat("1", position={"x": 1})))), "The y of seat 1"),
        (file(zone("S", row("A", seat("1", position=[1, 2])))), "must be an object with x and y, not a list"),
        (file(zone("S", row("A", seat("1"), x=10**400))), 'The x of row 1 "A" of zone 1 "S" lies beyond 1,000,000'),
        (file(zone("S", row("A", seat("\ud800")))), "U+D800"),
        (file(zone("S", row("A", seat("1\x00")))), "U+0000"),
        (file(zone("S\u202e", row("A", seat("1")))), "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (file(zone("S", row("A", seat("1" * 65)))), "may have 64 characters"),
        (file(zone("S", row("A", seat(10**300)))), "may have 64 characters"),
        (file(zone(None, row(None, seat(None)))), "No seat number can be made for seat 1 in row 1"),
        (
            file(zone("S", row("A", *(seat(str(n), n, category=str(n)) for n in range(200))))),
            "more than 200 categories",
        ),
        (file(zone("S", *[{}] * 100_001)), "larger than 100,000 seats or rows"),
        (file(zone("S", row("A", *[{}] * 100_001))), "larger than 100,000 seats or rows"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_seat_row_or_zone_that_cannot_be_used_is_named_with_the_reason(plan: Any, reason: str) -> None:
    with pytest.raises(PlanUnusable) as refusal:
        read(plan)
    assert reason in refusal.value.sentence
    assert isinstance(refusal.value.facts["seat"], str)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"null", "must hold a JSON object with zones, not null"),
        (b"[]", "not a list"),
        (b"true", "not true or false"),
        (b'"zones"', "not a text"),
        (b"{}", 'it has no "zones"'),
        (b'{"zones":[]}', "The plan has no seats"),
        (b'{"zones":null}', "The plan has no seats"),
        (b'{"zones":\n[}', "not valid JSON: line 2, character 2"),
        (b'{"zones":[],"zones":[]}', 'two entries named "zones"'),
        (b'{"zones":[' + b"{}," * 500_000 + b"{}]}", "holds too many objects"),
        (b'{"zones":' + b"[],[" * 300_000, "holds too many objects"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"zones":[{"position":{"x":NaN,"y":0}}]}', "holds NaN"),
        (b'{"zones":[{"position":{"x":-Infinity,"y":0}}]}', "holds -Infinity"),
        (b'{"zones":[{"position":{"x":1e999,"y":0}}]}', "lies beyond 1,000,000"),
        (b'{"zones":[{"name":1e999}]}', "The name of zone 1 is beyond all numbers"),
        (b'{"zones":' + b"9" * 5_000 + b"}", "a number too long to be read"),
        (b'{"zones":[],"\\u202e":1,"\\u202e":2}', "U+202E"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_json_that_is_no_plan_is_refused_with_a_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(PlanUnusable) as refusal:
        read(data)
    assert reason in refusal.value.sentence
