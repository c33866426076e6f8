"""A plan in the making is for a show: of those who run it, as long as they do and the show is there."""

from collections.abc import Callable

import pytest

from tests.scenes import Scene
from webapp.services import plan_drafts, plan_imports
from webapp.services.asker import Asker
from webapp.services.plan_imports import Meant
from webapp.services.refusals import Forbidden, NotFound


def drawn(asker: Asker, show_id: int) -> int:
    return plan_drafts.begin(asker, name="Hall", start="rows", show_id=show_id)


def drawn_on(asker: Asker, show_id: int) -> int:
    at = {"venue": "Town Hall", "timezone": "UTC", "name": "Concert", "as_next_version": True}
    saved = plan_drafts.save(asker, plan_drafts.begin(asker, name="Hall", start="rows"), **at)
    return plan_drafts.begin_from_version(asker, saved.id, show_id=show_id)


def from_a_file(asker: Asker, show_id: int) -> int:
    data = b"zone,row,start,end\nStalls,A,1,4\n"
    return plan_imports.begin(asker, name="Hall", filename="hall.csv", data=data, meant=Meant(show_id=show_id))


def typed(asker: Asker, show_id: int) -> int:
    return plan_imports.begin_typed(asker, name="Hall", ranges="A1-A3", meant=Meant(show_id=show_id))


WAYS = pytest.mark.parametrize("begin", [drawn, drawn_on, from_a_file, typed])
Begin = Callable[[Asker, int], int]


@WAYS
def test_a_draft_remembers_its_show_in_lists_too(scene: Scene, begin: Begin) -> None:
    olga = scene.user("Olga")
    show = scene.show(olga, title="Lear")
    meant = plan_drafts.show_of(olga, begin(olga, show.id))
    assert meant
    assert (meant.id, meant.title, meant.venue, meant.starts_at) == (show.id, "Lear", show.venue, show.starts_at)
    assert [one.show for one in (*plan_drafts.drafts_of(olga), *plan_imports.drafts_of(olga))] == [meant]


@WAYS
def test_a_draft_is_for_no_show_that_its_owner_does_not_run(scene: Scene, begin: Begin) -> None:
    rita, show = scene.user("Rita"), scene.show()
    with pytest.raises(Forbidden):
        begin(rita, show.id)
    scene.unpublish(show)
    for show_id in (show.id, 2**31 - 1):
        with pytest.raises(NotFound):
            begin(rita, show_id)
    assert scene.rows("SELECT FROM plan_drafts") == []


@WAYS
def test_a_draft_outlives_its_managers_share_in_the_show_and_the_show_itself(scene: Scene, begin: Begin) -> None:
    show = scene.show(seats="")
    mona = scene.manager(show)
    drafts = [begin(mona, show.id), begin(mona, show.id)]
    with scene.connected() as connection:
        connection.execute("DELETE FROM show_managers")
    assert plan_drafts.show_of(mona, drafts[0]) is None
    with scene.history() as connection:
        connection.execute("SET session_replication_role = origin")
        connection.execute("ALTER TABLE acts DISABLE TRIGGER ALL")
        connection.execute("DELETE FROM acts")
        connection.execute("ALTER TABLE acts ENABLE TRIGGER ALL")
        connection.execute("DELETE FROM shows WHERE id = %s", (show.id,))
    assert scene.rows("SELECT id, show_id FROM plan_drafts ORDER BY id") == [
        {"id": one, "show_id": None} for one in drafts
    ]


def test_nobody_elses_draft_tells_of_its_show(scene: Scene) -> None:
    olga = scene.user("Olga")
    draft_id = drawn(olga, scene.show(olga).id)
    with pytest.raises(NotFound):
        plan_drafts.show_of(scene.user("Rita"), draft_id)
