"""One plan is drawn in several tabs at once: every act counts, and none undoes another."""

from tests.races import racing
from tests.scenes import Scene
from webapp.services import plan_drafts


def test_presses_in_eight_tabs_at_once_all_count(scene: Scene) -> None:
    olga = scene.user()
    draft = plan_drafts.begin(olga, name="Hall", start="rows")

    def press() -> None:
        plan_drafts.change_part(olga, draft, 2, typed={"x": 0}, deed="right", seen=1)

    with racing(scene) as race:
        race.all_at_once(*[press] * 8)
    drawn = plan_drafts.sketched(olga, draft)
    assert (drawn.sketch.block(2).x, drawn.state) == (8 * 25, 9)


def test_of_two_plans_of_one_name_saved_at_once_one_is_refused_and_stays_a_draft(scene: Scene) -> None:
    olga = scene.user()
    drafts = [plan_drafts.begin(olga, name="Hall", start="rows") for _ in range(2)]

    def saving(draft: int) -> None:
        plan_drafts.save(olga, draft, venue="Town Hall", timezone="UTC", name="Concert")

    with racing(scene) as race:
        race.all_at_once(*[lambda draft=draft: saving(draft) for draft in drafts])
    assert scene.rows("SELECT number FROM plan_versions") == [{"number": 1}]
    assert len(plan_drafts.drafts_of(olga)) == 1
