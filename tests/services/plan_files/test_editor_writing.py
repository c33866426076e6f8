"""Plans written as files of the editor: into the file they came from without loss, or anew, to be read the same."""

import json
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.services.plan_building.sketches import by_chance
from tests.services.plan_files.dirty import as_bytes, broken, hall, seat
from webapp.services.plans import Plan, PlanArea, PlanCategory, PlanSeat, PlanUnusable, read_plan
from webapp.services.plans.building import STARTS, build
from webapp.services.plans.writing import write_editor_plan
from webapp.services.plans.written import PlanUnwritable

GRID = (
    b"Stage,,,,\nStalls {Near}\nA,1,2,,3 [w]\nB,1 [c],2,3,4 [step-free]\nBox [not step-free]\nX,1 [w],2 {Rollstuhl}\n"
)
RANGES = (
    b"zone,row,start,end,accessibility,step_free\nS,A,1,9,,\nS,A,11,12,wheelchair,\nT,B,1,2,,yes\nT,,5,5,companion,\n"
)


def texts(plan: dict[str, Any]) -> list[bytes]:
    """The plan in several hands: of Python and of others, in any layout."""
    odd = json.dumps(plan, indent="\t", separators=(" ,", " :\r\n"), ensure_ascii=False)
    return [
        json.dumps(plan).encode(),
        json.dumps(plan, indent=2).encode(),
        json.dumps(plan, separators=(",", ":")).encode("utf-16"),
        f"\ufeff \n{odd}\n\n".encode(),
    ]


def bare(value: Any) -> Any:
    """A document without its seats."""
    if isinstance(value, dict):
        return {name: [] if name == "seats" else bare(inner) for name, inner in value.items()}
    return [bare(inner) for inner in value] if isinstance(value, list) else value


def seat_objects(document: Any) -> list[Any]:
    return [seat for zone in document["zones"] for row in zone.get("rows") or [] for seat in row.get("seats") or []]


def said(found: PlanSeat, origin: PlanSeat | None = None) -> tuple[Any, ...]:
    """All that a file can say of a seat; places as seen from the origin."""
    place = origin and (round(found.x - origin.x, 3), round(found.y - origin.y, 3))  # type: ignore[operator]
    return (
        *(found.seat_number, found.section, found.row, found.number),
        *(found.category or found.section or "Standard", found.accessibility, found.step_free),
        *(found.plan_seat_id or found.seat_number, place),
    )


def pairs(seats: Sequence[PlanSeat]) -> set[frozenset[str]]:
    """The seats that are side by side."""
    places = {(s.section, s.row, s.neighbour_order): s.seat_number for s in seats if s.neighbour_order is not None}
    return {
        frozenset((number, places[section, row, order + 1]))
        for (section, row, order), number in places.items()
        if (section, row, order + 1) in places
    }


def assert_same_when_read_again(plan: Plan) -> None:
    written = write_editor_plan(plan)
    again = read_plan("plan.json", written.text.encode())
    by_number = {found.seat_number: found for found in again.seats}
    origin = plan.seats[0]
    places_count = origin.x is not None
    assert {said(found, origin if places_count else None) for found in plan.seats} == {
        said(found, by_number[origin.seat_number] if places_count else None) for found in again.seats
    }
    assert pairs(plan.seats) == pairs(again.seats)
    assert [(area.kind, area.label, len(area.points)) for area in plan.areas] == [
        (area.kind, area.label, len(area.points)) for area in again.areas
    ]
    assert {category.name for category in plan.categories} <= {category.name for category in again.categories}


# ---- into the file it came from


def test_without_changes_it_is_the_same_file_however_it_was_written() -> None:
    for data in texts(hall()):
        written = write_editor_plan(read_plan("hall.json", data), data)
        assert json.loads(written.text) == hall()
        assert written.text in (data.decode("utf-8-sig", "replace"), data.decode("utf-16", "replace"))
        assert written.left_out == []


@pytest.mark.parametrize("seed", range(40))
def test_so_it_is_of_every_broken_file_that_can_be_read(seed: int) -> None:
    chance = Random(seed)
    read = 0
    while read < 5:
        data = as_bytes(broken(hall(), chance))
        try:
            plan = read_plan("plan.json", data)
        except PlanUnusable:
            continue
        read += 1
        assert write_editor_plan(plan, data).text == data.decode()


def test_numbers_and_texts_that_nobody_reads_stay_as_they_are_spelled() -> None:
    data = (
        as_bytes(hall())
        .replace(b"1.1", b"1.10000000000000000000001E+000")
        .replace(b"[[100.0]]", b'[[1e400, "\\u00e4"]]')
    )
    plan = read_plan("plan.json", data)
    changed = replace(plan, seats=[replace(plan.seats[0], number="17"), *plan.seats[1:]])
    written = write_editor_plan(changed, data).text
    assert written.encode() == data.replace(b'"seat_number": "1"', b'"seat_number": "17"', 1)


def test_a_change_is_made_in_the_seats_own_object_and_nowhere_else() -> None:
    data = as_bytes(hall())
    plan = read_plan("plan.json", data)
    seats = list(plan.seats)
    seats[0] = replace(seats[0], number="9½")
    seats[1] = replace(seats[1], category="Wheelchair", accessibility="wheelchair", step_free=True)
    seats[2] = replace(seats[2], x=(seats[2].x or 0) + 4.5)
    written = json.loads(write_editor_plan(replace(plan, seats=seats), data).text)
    expected = hall()
    first = expected["zones"][0]["rows"][0]["seats"]
    first[0]["seat_number"] = "9½"
    first[1]["category"] = "Wheelchair"
    first[2]["position"]["x"] = 54.6
    assert written == expected


def test_a_seat_is_found_again_though_its_ids_are_those_of_others() -> None:
    twins = [seat("1", "same", 25 * n, uuid="same", mine=n) for n in range(4)]
    twins[3] |= {"seat_guid": None, "uuid": None}
    document = hall()
    document["zones"][0]["rows"][0]["seats"] = twins
    data = as_bytes(document)
    plan = read_plan("plan.json", data)
    seats = list(plan.seats)
    assert [found.plan_seat_id for found in seats[:4]] == ["same", None, None, None]
    seats[1] = replace(seats[1], seat_number="SECOND", number="2", category="Box")
    seats[2] = replace(seats[2], x=1_000.0)
    seats[3] = replace(seats[3], seat_number="FOURTH", number="4", x=2_000.0)
    written = json.loads(write_editor_plan(replace(plan, seats=seats), data).text)
    found = written["zones"][0]["rows"][0]["seats"]
    assert [(one["mine"], one["seat_number"], one["category"]) for one in found] == [
        (0, "1", "Near"),
        (1, "2", "Box"),
        (2, "1", "Near"),
        (3, "4", "Near"),
    ]
    assert [one["position"]["x"] for one in found] == [0, 25, 987, 1_987]


def test_seats_come_and_go_and_take_their_objects_along() -> None:
    document = hall()
    data = as_bytes(document)
    plan = read_plan("plan.json", data)
    kept = [found for found in plan.seats if found.number not in ("2", "9")]
    kept[0] = replace(kept[0], row="Z")
    made = replace(kept[1], seat_number="NEW", number="77", plan_seat_id=None, x=500.0, y=0.5, category="Late")
    elsewhere = replace(made, seat_number="FAR", section="Balcony", row="A", category=None, x=None, y=None)
    written = write_editor_plan(replace(plan, name="Hall 2", seats=[*kept, made, elsewhere]), data)
    result = json.loads(written.text)
    before, stalls, balcony = document["zones"][0], result["zones"][0], result["zones"][2]
    assert [len(row["seats"]) for row in stalls["rows"]] == [1, 4, 0, 1, 0, 1]
    assert stalls["rows"][5]["row_number"] == "Z"
    [moved] = stalls["rows"][5]["seats"]
    assert moved | {"position": None} == before["rows"][0]["seats"][0] | {"position": None}
    assert stalls["rows"][1]["seats"][3] == {
        "seat_number": "77",
        "seat_guid": "NEW",
        "uuid": stalls["rows"][1]["seats"][3]["uuid"],
        "position": {"x": 487, "y": -13},
        "category": "Late",
    }
    assert (balcony["name"], balcony["rows"][0]["seats"][0]["category"]) == ("Balcony", "Balcony")
    assert result["name"] == "Hall 2"
    assert [category["name"] for category in result["categories"][3:]] == ["Late", "Balcony"]
    assert result["categories"][:3] == document["categories"]
    assert (stalls["areas"], result["zones"][1], result["size"]) == (
        before["areas"],
        document["zones"][1],
        document["size"],
    )


def test_a_row_or_a_zone_that_is_renamed_keeps_its_object() -> None:
    data = as_bytes(hall())
    plan = read_plan("plan.json", data)
    seats = [replace(found, section="Parkett", row={"A": "AA"}.get(found.row or "", found.row)) for found in plan.seats]
    expected = hall()
    expected["zones"][0]["name"] = "Parkett"
    for row in expected["zones"][0]["rows"][:2]:
        row["row_number"] = "AA"
    assert json.loads(write_editor_plan(replace(plan, seats=seats), data).text) == expected


def changed_by_chance(plan: Plan, chance: Random) -> tuple[Plan, set[int]]:
    """The plan with some seats changed, moved, taken out and added; and which were left as they were."""
    seats, same = [], set()
    for index, found in enumerate(plan.seats):
        match chance.randrange(12):
            case 0:
                continue
            case 1:
                found = replace(found, number=f"n{index}", seat_number=f"N{index}")
            case 2:
                found = replace(found, category=chance.choice(["Near", "New", "Rollstuhl", "X [w]"]))
            case 3:
                kind = chance.choice([None, "wheelchair", "companion"])
                found = replace(found, accessibility=kind, step_free=chance.random() < 0.5)  # type: ignore[arg-type]
            case 4:
                found = replace(found, x=(found.x or 0) + chance.choice([0.1, -300, 7]), y=found.y or 0.0)
            case 5:
                found = replace(found, row=chance.choice(["A", "%s", "New"]), section=chance.choice(["Stalls", "New"]))
            case 6:
                new = replace(found, seat_number=f"M{index}", number=f"m{index}", plan_seat_id=None)
                seats.append(replace(new, x=None, y=None) if chance.random() < 0.3 else new)
                same.add(index)
            case _:
                same.add(index)
        seats.append(found)
    return replace(plan, seats=seats), same


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_changed_all_else_in_the_file_stays(seed: int) -> None:
    chance = Random(seed)
    document = hall()
    document["zones"].append({**deepcopy(document["zones"][0]), "name": "New"})
    data = chance.choice(texts(document))
    plan = read_plan("plan.json", data)
    changed, same = changed_by_chance(plan, chance)
    written = json.loads(write_editor_plan(changed, data).text)
    originals = seat_objects(document)
    assert len(seat_objects(written)) == len(changed.seats)
    for index in same:
        assert originals[index] in seat_objects(written)
    was, now = bare(document), bare(written)
    assert now["categories"][: len(was["categories"])] == was["categories"]
    for zone, kept in zip(was["zones"], now["zones"], strict=False):
        renamed = [row | {"row_number": None} for row in zone["rows"] or []]
        assert [row | {"row_number": None} for row in (kept["rows"] or [])[: len(renamed)]] == renamed
        assert kept | {"rows": None, "name": None} == zone | {"rows": None, "name": None}
    assert now | {"zones": None, "categories": None} == was | {"zones": None, "categories": None}
    again = read_plan("plan.json", json.dumps(written).encode())
    assert Counter(said(found)[4:7] for found in again.seats) == Counter(
        (found.category or found.section, found.accessibility, found.step_free) for found in changed.seats
    )


# ---- anew


@pytest.mark.parametrize("data", [GRID, RANGES], ids=["grid", "ranges"])
def test_a_plan_out_of_a_sheet_reads_the_same_from_the_editors_file(data: bytes) -> None:
    assert_same_when_read_again(read_plan("plan.csv", data))


@pytest.mark.parametrize(
    "sketch", [by_chance(seed) for seed in range(20)] + [s.sketch("H") for s in list(STARTS.values())[1:]]
)
def test_so_does_every_plan_that_was_drawn(sketch: Any) -> None:
    assert_same_when_read_again(build(sketch))


def test_what_was_once_a_file_of_the_editor_reads_the_same_when_written_anew() -> None:
    document = hall()
    del document["zones"][0]["rows"][4]["seats"]
    assert_same_when_read_again(read_plan("plan.json", as_bytes(document)))


def typed(chance: Random) -> Plan:
    """Seats as they are typed in: with and without rows, neighbours and places, none like another."""
    seats = []
    for rank in range(chance.randint(1, 60)):
        row = chance.choice(["A", "B", None])
        accessibility = chance.choice([None, None, "wheelchair", "companion"])
        seats.append(
            PlanSeat(
                seat_number=f"{row or ''}{rank}",
                section=chance.choice([None, "Stalls"]) if chance.random() < 0.1 else "Stalls",
                row=row,
                number=str(rank),
                neighbour_order=chance.choice([rank, rank, 3 * rank, None]),
                x=None,
                y=None,
                category=chance.choice(["Near", "Rollstuhl", "Box [c]", None]),
                plan_seat_id=chance.choice([f"id-{rank}", f"A{rank + 1}", None]),
                accessibility=accessibility,  # type: ignore[arg-type]
                step_free=chance.random() < 0.5,
            )
        )
    unique = {
        (s.section, s.row, s.neighbour_order if s.neighbour_order is not None else -i): s for i, s in enumerate(seats)
    }
    ids = {s.plan_seat_id: s for s in unique.values()}
    return Plan(
        name=None, seats=[s if ids[s.plan_seat_id] is s else replace(s, plan_seat_id=None) for s in unique.values()]
    )


@pytest.mark.parametrize("seed", range(40))
def test_so_do_seats_that_were_typed_in(seed: int) -> None:
    plan = typed(Random(seed))
    again = read_plan("plan.json", write_editor_plan(plan).text.encode())
    assert {said(found)[:7] for found in again.seats} == {said(found)[:7] for found in plan.seats}
    assert pairs(again.seats) == pairs(plan.seats)
    ids = {found.seat_number: found.plan_seat_id for found in again.seats}
    assert all(ids[found.seat_number] == found.plan_seat_id for found in plan.seats if found.plan_seat_id)


def test_a_new_file_has_what_the_schema_of_the_editor_asks_for_and_nothing_else() -> None:
    plan = build(STARTS["theatre"].sketch("Hall"))
    document = json.loads(write_editor_plan(plan).text)
    assert document.keys() == {"name", "categories", "zones", "size"}
    assert all(category.keys() == {"name", "color"} for category in document["categories"])
    ids = []
    for zone in document["zones"]:
        assert zone.keys() == {"name", "zone_id", "uuid", "position", "rows", "areas"}
        for row in zone["rows"]:
            assert row.keys() == {"row_number", "row_number_position", "uuid", "position", "seats"}
        for area in zone["areas"]:
            assert area.keys() <= {"shape", "color", "border_color", "rotation", "uuid", "position", "polygon", "text"}
        ids += [zone["uuid"], *(row["uuid"] for row in zone["rows"]), *(area["uuid"] for area in zone["areas"])]
    seats = seat_objects(document)
    names = {"seat_number", "seat_guid", "uuid", "position", "category"}
    assert all(found.keys() - {"radius"} == names for found in seats)
    ids += [found["uuid"] for found in seats]
    assert len(set(ids)) == len(ids)
    assert len({found["seat_guid"] for found in seats}) == len(seats) == len(plan.seats)
    assert {found["category"] for found in seats} <= {category["name"] for category in document["categories"]}
    again = read_plan("plan.json", json.dumps(document).encode())
    for x, y in [(s.x or 0, s.y or 0) for s in again.seats] + [point for area in again.areas for point in area.points]:
        assert 0 <= x <= document["size"]["width"]
        assert 0 <= y <= document["size"]["height"]


def test_what_a_new_file_cannot_say_is_told() -> None:
    one = read_plan("plan.csv", b"zone,row,start,end\nS,A,1,3\n").seats
    seats = [replace(found, x=x, y=0.0) for found, x in zip(one, (0.0, 25.0, 900.0), strict=True)]
    far = [replace(found, seat_number=f"B{n}", row="B", x=25.0 * n, y=50.0) for n, found in enumerate(one * 3)]
    plan = Plan(
        name=None,
        seats=[*seats, *[replace(f, neighbour_order=n) for n, f in enumerate(far)]],
        categories=[PlanCategory(name="S", price=2_000)],
        areas=[PlanArea(kind="stage", label="Thrust", points=[(0, 0), (5, 0), (0, 5)])],
    )
    assert [sentence.split(" (")[0] for sentence in write_editor_plan(plan).left_out] == [
        "12 seats read from the file with another seat number",
        "12 seats without a category, which is given one in the file",
        "1 area read from the file as another kind",
        "1 pair of seats that are neighbours in the plan only",
        "1 category whose price is not in the file",
    ]


def test_a_plan_without_seats_is_not_written() -> None:
    with pytest.raises(PlanUnwritable, match="no seats"):
        write_editor_plan(Plan(name="Empty", seats=[]))


def test_all_seats_may_be_taken_out_of_a_file_but_then_it_is_no_plan_any_more() -> None:
    data = as_bytes(hall())
    with pytest.raises(PlanUnwritable, match="could not be read again"):
        write_editor_plan(replace(read_plan("plan.json", data), seats=[]), data)


def test_a_plan_that_came_from_a_sheet_is_written_anew() -> None:
    plan = read_plan("plan.csv", GRID)
    assert write_editor_plan(plan, GRID) == write_editor_plan(plan)
