"""Drafts are published and taken back."""

import pytest

from tests.scenes import Scene
from webapp.services import acts, reservations, shows
from webapp.services.refusals import Forbidden, HasBuyers, NotFound, NotOnSale


def test_a_draft_is_published_once_and_sells(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    scene.unpublish(show)
    published = shows.publish(organizer, show.id)
    assert published.sells
    assert published.edition == 2
    assert shows.publish(organizer, show.id) == published
    assert [one.id for one in shows.upcoming()] == [show.id]
    assert scene.hold(buyer, show, "A1")
    assert [act.act for act in acts.of_show(show.id, limit=2)] == ["publish show", "add seats"]


def test_a_show_without_seats_can_be_announced(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="")
    scene.unpublish(show)
    assert shows.publish(organizer, show.id).published_at


def test_a_show_that_is_over_or_cancelled_is_not_published(scene: Scene) -> None:
    organizer = scene.user()
    over, cancelled, ready = (scene.show(organizer) for _ in range(3))
    shows.cancel(organizer, cancelled.id)
    scene.begin(over)
    for show in (over, cancelled, ready):
        scene.unpublish(show)
    for show, reason in ((over, "begun"), (cancelled, "cancelled")):
        with pytest.raises(NotOnSale) as no:
            shows.publish_all(organizer, [ready.id, show.id])
        assert no.value.facts == {"reason": reason}
    assert scene.rows("SELECT FROM shows WHERE published_at IS NOT NULL") == []


def test_several_drafts_are_published_together(scene: Scene) -> None:
    organizer = scene.user()
    drafts = [scene.show(organizer) for _ in range(3)]
    for show in drafts:
        scene.unpublish(show)
    published = shows.publish_all(organizer, [drafts[2].id, drafts[0].id, drafts[2].id])
    assert [show.id for show in published] == [drafts[0].id, drafts[2].id]
    assert [shows.one(show.id, organizer).published_at is None for show in drafts] == [False, True, False]


def test_a_show_is_a_draft_again_only_while_nobody_counts_on_it(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    [held] = scene.hold(buyer, show, "A1")
    with pytest.raises(HasBuyers) as no:
        shows.unpublish(organizer, show.id)
    assert no.value.facts == {"held": 1, "sold": 0}
    reservations.confirm(buyer, held.id)
    with pytest.raises(HasBuyers) as no:
        shows.unpublish(organizer, show.id)
    assert no.value.facts == {"held": 0, "sold": 1}
    other = scene.show(organizer)
    scene.lapse(*scene.hold(buyer, other, "A1"))
    assert shows.unpublish(organizer, other.id).closed == "draft"
    assert shows.unpublish(organizer, other.id).edition == 2
    assert [one.id for one in shows.upcoming()] == [show.id]
    shows.cancel(organizer, show.id)
    with pytest.raises(NotOnSale):
        shows.unpublish(organizer, show.id)


def test_only_those_who_run_a_show_publish_it_or_take_it_back(scene: Scene) -> None:
    show, stranger = scene.show(), scene.user()
    own = scene.show(stranger)
    for act in (lambda: shows.publish_all(stranger, [own.id, show.id]), lambda: shows.unpublish(stranger, show.id)):
        with pytest.raises(Forbidden):
            act()
    scene.unpublish(show)
    with pytest.raises(NotFound):
        shows.publish(stranger, show.id)
    assert shows.publish(scene.manager(show), show.id).published_at
    assert shows.unpublish(scene.admin(), show.id).published_at is None
