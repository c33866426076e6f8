"""Drafts of plans: every act is a state, undo and redo go between them, and two tabs do not undo one another."""

import pytest

from tests.scenes import Scene
from webapp.services import plan_drafts
from webapp.services.asker import Asker
from webapp.services.plan_drafts.changing import MOST_STATES
from webapp.services.plan_drafts.deeds import DEEDS, STEPS
from webapp.services.plans.building import RowBlock, SketchArea
from webapp.services.refusals import Invalid, NotFound

STAGE, BLOCK = 1, 2


@pytest.fixture
def olga(scene: Scene) -> Asker:
    return scene.user("Olga Organizer")


@pytest.fixture
def draft(olga: Asker) -> int:
    return plan_drafts.begin(olga, name="Town Hall", start="rows")


def block(olga: Asker, draft: int) -> RowBlock:
    return plan_drafts.sketched(olga, draft).sketch.block(BLOCK)


def test_a_plan_begins_with_a_ready_made_hall(olga: Asker, draft: int) -> None:
    begun = plan_drafts.sketched(olga, draft)
    assert (begun.name, begun.state, begun.undoes, begun.redoes) == ("Town Hall", 1, None, None)
    assert len(begun.built.plan.seats) == 96
    assert [listed.name for listed in plan_drafts.drafts_of(olga)] == ["Town Hall"]


def test_what_is_typed_is_taken_over_and_can_be_undone_and_done_again(olga: Asker, draft: int) -> None:
    changed = plan_drafts.change_part(olga, draft, BLOCK, typed={"rows": 9, "category": "Near"})
    assert (changed.draft.state, changed.draft.undoes) == (2, "changed the rows, category of Stalls")
    assert len(changed.draft.built.plan.seats) == 108
    plan_drafts.undo(olga, draft)
    back = plan_drafts.sketched(olga, draft)
    assert (back.state, back.undoes, back.redoes) == (1, None, "changed the rows, category of Stalls")
    assert len(back.built.plan.seats) == 96
    plan_drafts.redo(olga, draft)
    assert plan_drafts.sketched(olga, draft) == changed.draft


def test_at_either_end_of_its_states_a_draft_stays_as_it_is(olga: Asker, draft: int) -> None:
    plan_drafts.undo(olga, draft)
    plan_drafts.redo(olga, draft)
    assert plan_drafts.sketched(olga, draft).state == 1


def test_what_was_undone_is_gone_when_something_else_is_done(olga: Asker, draft: int) -> None:
    for rows in (9, 10):
        plan_drafts.change_part(olga, draft, BLOCK, typed={"rows": rows}, deed="right")
    plan_drafts.undo(olga, draft)
    changed = plan_drafts.change_part(olga, draft, BLOCK, typed={"bend": 30}, deed="left")
    assert (changed.draft.state, changed.draft.redoes) == (3, None)
    assert changed.draft.sketch.block(BLOCK).rows == 9


def test_typing_on_in_the_same_field_is_one_act(olga: Asker, draft: int, scene: Scene) -> None:
    for rows in (1, 12, 120):
        state = plan_drafts.change_part(olga, draft, BLOCK, typed={"rows": rows}).draft.state
        assert state == 2
    assert plan_drafts.change_part(olga, draft, BLOCK, typed={"bend": 10}).draft.state == 3
    with scene.connected() as connection:
        connection.execute("UPDATE plan_drafts SET updated_at = updated_at - interval '21 seconds'")
    assert plan_drafts.change_part(olga, draft, BLOCK, typed={"bend": 12}).draft.state == 4
    plan_drafts.undo(olga, draft)
    plan_drafts.undo(olga, draft)
    assert (block(olga, draft).rows, block(olga, draft).bend) == (120, 0)


def test_typing_after_an_undo_is_an_act_of_its_own(olga: Asker, draft: int) -> None:
    plan_drafts.change_part(olga, draft, BLOCK, typed={"rows": 3})
    plan_drafts.change_part(olga, draft, BLOCK, typed={"bend": 10})
    plan_drafts.undo(olga, draft)
    plan_drafts.change_part(olga, draft, BLOCK, typed={"rows": 4})
    plan_drafts.undo(olga, draft)
    assert block(olga, draft).rows == 3


def test_what_changes_nothing_is_no_act(olga: Asker, draft: int) -> None:
    assert plan_drafts.change_part(olga, draft, BLOCK, typed={"rows": 8}).draft.state == 1


def test_a_form_that_showed_an_older_state_changes_only_what_was_changed_in_it(olga: Asker, draft: int) -> None:
    one_tab = plan_drafts.sketched(olga, draft).state
    plan_drafts.change_part(olga, draft, BLOCK, typed={"rows": 4, "bend": 20}, seen=one_tab)
    plan_drafts.change_part(olga, draft, BLOCK, typed={"rows": 8, "bend": 0, "turn": 45}, seen=one_tab)
    assert (block(olga, draft).rows, block(olga, draft).bend, block(olga, draft).turn) == (4, 20, 45)


def test_presses_that_come_before_the_page_has_changed_all_count(olga: Asker, draft: int) -> None:
    for _ in range(4):
        plan_drafts.change_part(olga, draft, BLOCK, typed={"x": 0}, deed="right", step="fine", seen=1)
    assert block(olga, draft).x == 4 * STEPS["fine"][0]


def test_every_button_does_something_to_a_block(olga: Asker, draft: int) -> None:
    plan_drafts.add_part(olga, draft, "block")
    plan_drafts.change_part(olga, draft, 3, typed={"aisles": (2,)}, deed="right")
    for deed in sorted(DEEDS - {"remove"}):
        before = plan_drafts.sketched(olga, draft)
        changed = plan_drafts.change_part(olga, draft, 3, typed={}, deed=deed)  # type: ignore[arg-type]
        if deed != "later" or before.sketch.blocks[-1].id != 3:
            assert changed.draft.sketch != before.sketch, deed
        assert changed.part_id == (before.sketch.next_id if deed.startswith("copy") else 3)


def test_who_removes_a_part_goes_on_with_the_next_one(olga: Asker, draft: int) -> None:
    changed = plan_drafts.change_part(olga, draft, BLOCK, typed={}, deed="remove")
    assert (changed.part_id, changed.draft.undoes) == (STAGE, "removed Stalls")
    assert plan_drafts.change_part(olga, draft, STAGE, typed={}, deed="remove").part_id is None


def test_the_stage_and_areas_are_moved_turned_and_described_just_so(olga: Asker, draft: int) -> None:
    plan_drafts.change_part(olga, draft, STAGE, typed={"label": "Scène", "width": 900}, deed="turn_left", step="coarse")
    changed = plan_drafts.change_part(olga, draft, STAGE, typed={}, deed="up")
    stage = changed.draft.sketch.stage
    assert isinstance(stage, SketchArea)
    assert (stage.label, stage.width, stage.turn, stage.y) == ("Scène", 900, -15, -275)
    with pytest.raises(Invalid, match="blocks of rows only"):
        plan_drafts.change_part(olga, draft, STAGE, typed={}, deed="copy")


def test_parts_are_added_behind_all_others(olga: Asker, draft: int) -> None:
    for _ in range(3):
        added = plan_drafts.add_part(olga, draft, "block")
    assert [one.section for one in added.draft.sketch.blocks] == ["Stalls", "Stalls 2", "Stalls 3", "Stalls 4"]
    assert added.draft.built.notes == []
    area = plan_drafts.add_part(olga, draft, "area")
    assert area.draft.sketch.area(area.part_id or 0).label == "Area 1"
    with pytest.raises(Invalid, match="a stage already"):
        plan_drafts.add_part(olga, draft, "stage")
    plan_drafts.change_part(olga, draft, STAGE, typed={}, deed="remove")
    assert plan_drafts.add_part(olga, draft, "stage").draft.sketch.stage is not None


def test_of_what_cannot_be_drawn_nothing_is_kept(olga: Asker, draft: int) -> None:
    with pytest.raises(Invalid) as refused:
        plan_drafts.change_part(olga, draft, BLOCK, typed={"left_out": "A", "rows": 3}, deed="right")
    assert refused.value.facts["errors"][0]["pointer"] == "#/left_out"
    assert plan_drafts.sketched(olga, draft).state == 1


def test_a_form_of_another_kind_of_part_is_refused(olga: Asker, draft: int) -> None:
    with pytest.raises(Invalid, match="another kind of part"):
        plan_drafts.change_part(olga, draft, STAGE, typed={"rows": 3})


def test_only_so_many_states_are_kept(olga: Asker, draft: int, scene: Scene) -> None:
    for _ in range(MOST_STATES + 3):
        plan_drafts.change_part(olga, draft, BLOCK, typed={}, deed="right", step="fine")
    kept = scene.rows("SELECT number FROM plan_draft_states WHERE draft_id = %s ORDER BY number", draft)
    assert [row["number"] for row in kept] == list(range(5, 5 + MOST_STATES))
    for _ in range(MOST_STATES + 3):
        plan_drafts.undo(olga, draft)
    assert plan_drafts.sketched(olga, draft).state == 5


def test_a_draft_is_its_owners_alone(scene: Scene, olga: Asker, draft: int) -> None:
    rita = scene.user("Rita")
    for ask in (plan_drafts.sketched, plan_drafts.undo, plan_drafts.redo, plan_drafts.discard):
        with pytest.raises(NotFound):
            ask(rita, draft)
    with pytest.raises(NotFound):
        plan_drafts.change_part(rita, draft, BLOCK, typed={}, deed="remove")
    with pytest.raises(NotFound):
        plan_drafts.add_part(rita, draft, "block")
    assert plan_drafts.drafts_of(rita) == []
    assert plan_drafts.sketched(olga, draft).state == 1


def test_a_draft_that_is_discarded_is_gone_with_all_its_states(scene: Scene, olga: Asker, draft: int) -> None:
    plan_drafts.discard(olga, draft)
    assert plan_drafts.drafts_of(olga) == []
    assert scene.rows("SELECT FROM plan_draft_states WHERE draft_id = %s", draft) == []
    with pytest.raises(NotFound):
        plan_drafts.discard(olga, draft)


def test_nobody_keeps_more_than_a_hundred_drafts(olga: Asker, draft: int) -> None:
    for _ in range(99):
        plan_drafts.begin(olga, name="Hall", start="empty")
    with pytest.raises(Invalid, match="many plans that are not saved"):
        plan_drafts.begin(olga, name="Hall", start="empty")
