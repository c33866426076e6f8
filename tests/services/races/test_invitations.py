"""Invitations, removals and acts at the same moment."""

import pytest

from tests.races import name_of, outcome, pausing, racing
from tests.scenes import PASSWORD, Scene
from webapp.services import accounts, acts, managers, shows
from webapp.services.refusals import Forbidden


def test_of_many_who_follow_a_link_at_once_one_becomes_a_manager(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    crowd = [scene.user() for _ in range(8)]
    _, token = managers.invite(organizer, show.id, name="Mona")
    with racing(scene) as race:
        results = race.all_at_once(*[lambda one=one: managers.accept(one, token) for one in crowd])
    assert sorted(map(name_of, results)) == ["InvitationUnusable"] * 7 + ["done"]
    [manager] = managers.of_show(organizer, show.id)
    assert [one.id for one, result in zip(crowd, results, strict=True) if name_of(result) == "done"] == [
        manager.user_id
    ]


def test_the_second_to_follow_a_link_waits_for_the_first_and_is_told(scene: Scene) -> None:
    organizer, first, second = scene.user(), scene.user(), scene.user()
    show = scene.show(organizer)
    _, token = managers.invite(organizer, show.id, name="Mona")
    with racing(scene) as race, pausing("INSERT INTO show_managers") as pause:
        faster = race.start(lambda: managers.accept(first, token))
        pause.reached()
        slower = race.start(lambda: managers.accept(second, token))
        assert race.settle(slower) == 1
        pause.let_go()
        assert [name_of(outcome(act)) for act in (faster, slower)] == ["done", "InvitationUnusable"]


def test_two_links_followed_by_one_person_at_once_leave_one_good(scene: Scene) -> None:
    organizer, mona = scene.user(), scene.user()
    show = scene.show(organizer)
    tokens = [managers.invite(organizer, show.id, name=name)[1] for name in ("Mona", "Mina")]
    with racing(scene) as race:
        results = race.all_at_once(*[lambda token=token: managers.accept(mona, token) for token in tokens])
    assert sorted(map(name_of, results)) == ["InvitationUnusable", "done"]
    assert len(managers.listed(organizer, show.id)) == len(managers.of_show(organizer, show.id)) == 1


def test_an_invitation_is_taken_back_or_accepted_but_not_both(scene: Scene) -> None:
    organizer, mona = scene.user(), scene.user()
    show = scene.show(organizer)
    for _ in range(5):
        invitation, token = managers.invite(organizer, show.id, name="Mona")
        with racing(scene) as race:
            accepted, revoked = race.all_at_once(
                lambda token=token: managers.accept(mona, token),
                lambda invitation=invitation: managers.revoke(organizer, show.id, invitation.id),
            )
        assert sorted(map(name_of, (accepted, revoked))) == ["InvitationUnusable", "done"]
        assert len(managers.of_show(organizer, show.id)) == (name_of(accepted) == "done")
        if name_of(accepted) == "done":
            managers.remove(organizer, show.id, mona.id)


@pytest.mark.parametrize("before", ["INSERT INTO show_managers", "INSERT INTO acts"])
def test_an_account_that_is_deleted_while_it_accepts_manages_nothing(scene: Scene, before: str) -> None:
    organizer, mona = scene.user(), scene.user()
    show = scene.show(organizer)
    _, token = managers.invite(organizer, show.id, name="Mona")
    with racing(scene) as race, pausing(before) as pause:
        accepting = race.start(lambda: managers.accept(mona, token))
        pause.reached()
        deleting = race.start(lambda: accounts.delete_account(mona, password=PASSWORD))
        assert race.settle(deleting) == 1
        pause.let_go()
        assert [name_of(outcome(act)) for act in (accepting, deleting)] == ["done", "done"]
    assert managers.of_show(organizer, show.id) == []


def test_who_is_removed_while_they_act_has_done_it_on_record_or_not_at_all(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show)
    with racing(scene) as race, pausing("INSERT INTO acts") as pause:
        acting = race.start(lambda: shows.change(manager, show.id, 1, lonely_seats="enforce"))
        pause.reached()
        managers.remove(organizer, show.id, manager.id)
        pause.let_go()
        assert isinstance(outcome(acting), Forbidden)
    assert shows.one(show.id).lonely_seats == "off"
    assert [act.act for act in acts.of_show(show.id, limit=2)] == ["remove manager", "add seats"]
