"""A rule of a show is settled between holds, never in the middle of one."""

from tests.races import outcome, racing
from tests.scenes import Scene
from webapp.services import shows
from webapp.services.reservations.locks import SHOW_NAMESPACE


def test_a_rule_waits_for_the_holds_that_have_begun_under_the_other(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    with racing(scene) as race, scene.connected() as holding:
        with holding.transaction():
            holding.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", (SHOW_NAMESPACE, show.id))
            settling = race.start(lambda: shows.change(organizer, show.id, 1, lonely_seats="enforce"))
            assert race.settle(settling) == 1
            assert shows.one(show.id).lonely_seats == "off"
        assert outcome(settling) == shows.one(show.id)
    assert shows.one(show.id).lonely_seats == "enforce"
