"""Colleagues are invited to a show, and accept."""

from datetime import timedelta
from hashlib import sha256

import pytest

from tests.scenes import PASSWORD, Scene
from webapp.services import accounts, acts, managers, shows
from webapp.services.managers.inviting import MOST_OPEN
from webapp.services.refusals import Forbidden, Invalid, InvitationUnusable, NotFound, NotSignedIn


def age(scene: Scene, days: int) -> None:
    """Let all invitations be so many days older."""
    with scene.connected() as connection:
        connection.execute(
            "UPDATE invitations SET created_at = created_at - %(age)s, expires_at = expires_at - %(age)s",
            {"age": timedelta(days=days)},
        )


def test_whoever_follows_the_link_becomes_a_manager_once(scene: Scene) -> None:
    organizer, mona, late = scene.user("Olga"), scene.user("Mona"), scene.user("Late")
    show = scene.show(organizer)
    invitation, token = managers.invite(organizer, show.id, name="Mona of the box office")
    assert (invitation.name, invitation.state, invitation.inviter) == ("Mona of the box office", "open", "Olga")
    assert managers.look_at(token, None) == invitation
    accepted = managers.accept(mona, token)
    assert (accepted.accepted_by, accepted.show_id) == (mona.id, show.id)
    assert shows.organized(mona, show.id).id == show.id
    [manager] = managers.of_show(organizer, show.id)
    assert (manager.user_id, manager.name, manager.email, manager.inviter) == (mona.id, "Mona", mona.email, "Olga")
    with pytest.raises(InvitationUnusable) as no:
        managers.accept(late, token)
    assert no.value.facts == {"reason": "accepted"}
    assert managers.role_of(late, show.id) is None
    assert managers.listed(organizer, show.id) == []


def test_accepting_twice_is_accepting_once(scene: Scene) -> None:
    organizer, mona = scene.user(), scene.user()
    show = scene.show(organizer)
    _, token = managers.invite(organizer, show.id, name="Mona")
    assert managers.accept(mona, token) == managers.accept(mona, token) == managers.look_at(token, mona)
    assert len(managers.of_show(organizer, show.id)) == 1
    assert [act.act for act in acts.of_show(show.id, limit=9)].count("accept invitation") == 1


def test_only_a_hash_of_the_token_is_kept(scene: Scene) -> None:
    organizer = scene.user()
    _, token = managers.invite(organizer, scene.show(organizer).id, name="Mona")
    [row] = scene.rows("SELECT * FROM invitations")
    assert row["token_hash"] == sha256(token.encode()).hexdigest()
    assert len(token) >= 40
    assert token not in str(row)
    assert token not in str(scene.rows("SELECT * FROM acts"))


@pytest.mark.parametrize(("days", "state"), [(6, "open"), (8, "expired")])
def test_an_invitation_is_good_for_a_week(scene: Scene, days: int, state: str) -> None:
    organizer, mona = scene.user(), scene.user()
    show = scene.show(organizer)
    _, token = managers.invite(organizer, show.id, name="Mona")
    age(scene, days)
    assert [one.state for one in managers.listed(organizer, show.id)] == [state]
    if state == "open":
        assert managers.accept(mona, token).show_id == show.id
        return
    with pytest.raises(InvitationUnusable) as no:
        managers.accept(mona, token)
    assert no.value.facts == {"reason": "expired"}
    assert managers.role_of(mona, show.id) is None
    age(scene, 31)
    assert managers.listed(organizer, show.id) == []


def test_an_invitation_that_was_taken_back_leads_nowhere(scene: Scene) -> None:
    organizer, mona = scene.user(), scene.user()
    show = scene.show(organizer)
    invitation, token = managers.invite(organizer, show.id, name="Mona")
    managers.revoke(organizer, show.id, invitation.id)
    managers.revoke(organizer, show.id, invitation.id)
    with pytest.raises(InvitationUnusable) as no:
        managers.accept(mona, token)
    assert no.value.facts == {"reason": "revoked"}
    assert managers.listed(organizer, show.id) == []
    assert [act.act for act in acts.of_show(show.id, limit=9)].count("revoke invitation") == 1


def test_an_accepted_invitation_cannot_be_taken_back(scene: Scene) -> None:
    organizer, mona = scene.user(), scene.user()
    show = scene.show(organizer)
    invitation, token = managers.invite(organizer, show.id, name="Mona")
    managers.accept(mona, token)
    with pytest.raises(InvitationUnusable, match="Remove the manager instead"):
        managers.revoke(organizer, show.id, invitation.id)


def test_an_invitation_is_taken_back_only_through_its_own_show(scene: Scene) -> None:
    organizer, rival = scene.user(), scene.user()
    show, other = scene.show(organizer), scene.show(rival)
    invitation, token = managers.invite(organizer, show.id, name="Mona")
    with pytest.raises(NotFound):
        managers.revoke(rival, other.id, invitation.id)
    assert managers.look_at(token, None).state == "open"


def test_an_invitation_of_an_admin_ends_with_their_role(scene: Scene) -> None:
    admin, mona = scene.admin(), scene.user()
    show = scene.show()
    _, token = managers.invite(admin, show.id, name="Mona")
    with scene.connected() as connection:
        connection.execute("UPDATE users SET is_admin = false")
    with pytest.raises(InvitationUnusable) as no:
        managers.accept(mona, token)
    assert no.value.facts == {"reason": "revoked"}


def test_the_organizer_and_a_manager_are_told_kindly_and_the_link_stays_good(scene: Scene) -> None:
    organizer, mona = scene.user(), scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show)
    _, token = managers.invite(organizer, show.id, name="Mona")
    with pytest.raises(InvitationUnusable, match="This is your own show: pass the link on to Mona") as own:
        managers.accept(organizer, token)
    with pytest.raises(InvitationUnusable, match="You manage this show already") as already:
        managers.accept(manager, token)
    assert own.value.facts == already.value.facts == {"reason": "yours"}
    assert managers.accept(mona, token).accepted_by == mona.id


def test_a_guest_cannot_accept(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    _, token = managers.invite(organizer, show.id, name="Mona")
    with pytest.raises(NotSignedIn):
        managers.accept(scene.guest(), token)
    assert managers.look_at(token, None).state == "open"


def test_a_deleted_account_cannot_accept(scene: Scene) -> None:
    organizer, mona = scene.user(), scene.user()
    show = scene.show(organizer)
    _, token = managers.invite(organizer, show.id, name="Mona")
    accounts.delete_account(mona, password=PASSWORD)
    with pytest.raises(NotSignedIn):
        managers.accept(mona, token)
    assert managers.look_at(token, None).state == "open"


@pytest.mark.parametrize("token", ["", "x", "ä" * 50, "a" * 43])
def test_a_token_that_nobody_drew_is_not_found(scene: Scene, token: str) -> None:
    with pytest.raises(NotFound):
        managers.look_at(token, None)
    with pytest.raises(NotFound):
        managers.accept(scene.user(), token)


def test_only_the_organizer_and_admins_invite(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    manager, stranger, admin = scene.manager(show), scene.user(), scene.admin()
    for somebody in (manager, stranger):
        with pytest.raises(Forbidden):
            managers.invite(somebody, show.id, name="A friend")
        with pytest.raises(Forbidden):
            managers.listed(somebody, show.id)
    invitation, _ = managers.invite(admin, show.id, name="Mona")
    with pytest.raises(Forbidden):
        managers.revoke(manager, show.id, invitation.id)
    assert [act.as_admin for act in acts.of_show(show.id, limit=1)] == [True]


def test_of_a_draft_a_stranger_learns_nothing(scene: Scene) -> None:
    show, stranger = scene.show(), scene.user()
    scene.unpublish(show)
    with pytest.raises(NotFound):
        managers.invite(stranger, show.id, name="A friend")
    with pytest.raises(NotFound):
        managers.of_show(stranger, show.id)


def test_only_so_many_invitations_are_open_at_once(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    for number in range(MOST_OPEN):
        managers.invite(organizer, show.id, name=f"Colleague {number}")
    with pytest.raises(Invalid, match="50 invitations to this show are open"):
        managers.invite(organizer, show.id, name="One more")
    age(scene, 8)
    assert managers.invite(organizer, show.id, name="One more")


def test_whoever_leaves_manages_nothing_and_is_named_nowhere(scene: Scene) -> None:
    organizer, mona = scene.user(), scene.user("Mona")
    show = scene.show(organizer)
    _, token = managers.invite(organizer, show.id, name="Mona of the box office")
    managers.accept(mona, token)
    accounts.delete_account(mona, password=PASSWORD)
    assert managers.of_show(organizer, show.id) == []
    assert managers.role_of(mona, show.id) is None
    assert "Mona" not in str(scene.rows("SELECT * FROM acts") + scene.rows("SELECT * FROM invitations"))
    assert [act.about for act in acts.of_show(show.id, limit=2)] == ["Deleted account", "Deleted account"]
