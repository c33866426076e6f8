"""A plan is brought in: taken in, read, looked at, and kept only when its owner says so."""

from typing import Any

import pytest

from tests.scenes import Scene
from webapp.services import plan_drafts, plan_imports, venues
from webapp.services.asker import Asker
from webapp.services.plan_drafts import making
from webapp.services.plan_imports import Meant
from webapp.services.plans import LARGEST_FILE, PlanUnusable
from webapp.services.refusals import Invalid, NotFound
from webapp.services.seat_labels import LabelUnusable

A_PLAN = b"zone,row,start,end\nStalls,A,1,4\nBalcony,B,1,2\n"
NEW = {"venue": "Town Hall", "timezone": "Europe/Helsinki", "name": "Concert"}


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga Organizer")


def begun(olga: Asker, data: bytes = A_PLAN, **more: Any) -> int:
    return plan_imports.begin(olga, name="Hall", filename="hall.csv", data=data, **more)


def read(olga: Asker, draft_id: int) -> list[int]:
    """Read the file; the steps that were told."""
    told: list[int] = []
    plan_imports.read(olga, draft_id, told.append)
    return told


def test_a_file_is_taken_in_before_it_is_read(olga: Asker) -> None:
    draft_id = begun(olga)
    draft = plan_imports.draft(olga, draft_id)
    assert (draft.is_read, draft.refusal, draft.source_name, draft.bytes) == (False, None, "hall.csv", len(A_PLAN))
    with pytest.raises(NotFound):
        plan_imports.plan_read(olga, draft_id)
    assert read(olga, draft_id) == [1, 2]
    assert plan_imports.draft(olga, draft_id).is_read
    assert len(plan_imports.plan_read(olga, draft_id).seats) == 6


def test_what_was_read_is_not_read_again(scene: Scene, olga: Asker) -> None:
    draft_id = begun(olga)
    read(olga, draft_id)
    with scene.connected() as connection:
        connection.execute("UPDATE plan_draft_states SET source = 'gone'")
    assert read(olga, draft_id) == [2]
    assert len(plan_imports.plan_read(olga, draft_id).seats) == 6


def test_a_file_that_cannot_be_used_says_why_and_nothing_can_be_kept_of_it(scene: Scene, olga: Asker) -> None:
    draft_id = begun(olga, b"zone,row,start,end\nStalls,A,9,1\n")
    assert read(olga, draft_id) == []
    refusal = plan_imports.draft(olga, draft_id).refusal
    assert refusal
    assert "Line 2" in refusal
    with pytest.raises(NotFound):
        plan_imports.save(olga, draft_id, **NEW)
    assert scene.rows("SELECT FROM venues") == []


def test_what_was_read_is_kept_as_the_first_version_of_a_new_plan_with_its_file(olga: Asker) -> None:
    draft_id = begun(olga)
    read(olga, draft_id)
    saved = plan_imports.save(olga, draft_id, **NEW)
    assert (saved.number, saved.venue_name, saved.plan_name) == (1, "Town Hall", "Concert")
    assert venues.source(olga, saved.plan_id, 1) == ("hall.csv", A_PLAN)
    assert [one.timezone for one in venues.venues_of(olga)] == ["Europe/Helsinki"]
    with pytest.raises(NotFound):
        plan_imports.draft(olga, draft_id)


def test_a_new_plan_does_not_take_the_name_of_one_that_is_there(olga: Asker) -> None:
    for _ in range(2):
        draft_id = begun(olga)
        read(olga, draft_id)
        if not venues.venues_of(olga):
            first = plan_imports.save(olga, draft_id, **NEW)
    with pytest.raises(Invalid):
        plan_imports.save(olga, draft_id, **NEW)
    assert plan_imports.save(olga, draft_id, plan_id=first.plan_id).number == 2


def test_ranges_that_were_typed_are_read_at_once(olga: Asker) -> None:
    draft_id = plan_imports.begin_typed(olga, name="Hall", ranges="Stalls: A1-A3, B1")
    draft = plan_imports.draft(olga, draft_id)
    assert (draft.is_read, draft.source_name) == (True, None)
    seats = plan_imports.plan_read(olga, draft_id).seats
    assert [(seat.section, seat.seat_number, seat.neighbour_order) for seat in seats] == [
        ("Stalls", "A1", 1),
        ("Stalls", "A2", 2),
        ("Stalls", "A3", 3),
        ("Stalls", "B1", 1),
    ]


def test_nothing_is_taken_in_of_what_is_no_plan(olga: Asker) -> None:
    for data in (b"", b"  \n", b"x" * (LARGEST_FILE + 1)):
        with pytest.raises(PlanUnusable):
            begun(olga, data)
    for ranges in ("", "Stalls:", "A1-A3, A2"):
        with pytest.raises(PlanUnusable):
            plan_imports.begin_typed(olga, name="Hall", ranges=ranges)
    with pytest.raises(LabelUnusable):
        plan_imports.begin_typed(olga, name="Hall", ranges="A9-A1")
    assert plan_imports.drafts_of(olga) == []


def test_nobody_fills_the_house_with_files_that_are_never_kept(olga: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_BYTES", 2 * len(A_PLAN))
    for _ in range(2):
        begun(olga)
    with pytest.raises(Invalid):
        begun(olga)
    plan_drafts.discard(olga, plan_imports.drafts_of(olga)[0].id)
    begun(olga)


def test_a_draft_is_its_owners_alone_and_for_what_its_owner_keeps(scene: Scene, olga: Asker) -> None:
    draft_id, rita = begun(olga), scene.user("Rita")
    read(olga, draft_id)
    for ask in (plan_imports.draft, plan_imports.plan_read):
        with pytest.raises(NotFound):
            ask(rita, draft_id)
    with pytest.raises(NotFound):
        plan_imports.save(rita, draft_id, **NEW)
    venue_id = venues.create_venue(olga, name="Town Hall", timezone="UTC")
    with pytest.raises(NotFound):
        begun(rita, meant=Meant(venue_id=venue_id))
    assert plan_imports.draft(olga, begun(olga, meant=Meant(venue_id=venue_id))).venue_id == venue_id
