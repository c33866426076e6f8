"""The part of the round through every verb (tests/services/every_verb.py) in which colleagues come and go."""

import pytest

from webapp.services import managers
from webapp.services.asker import Asker
from webapp.services.refusals import Forbidden
from webapp.services.shows import Show


def come_and_go(organizer: Asker, colleague: Asker, show: Show) -> None:
    """Invite, accept, leave, be removed, and take an invitation back."""
    invitation, token = managers.invite(organizer, show.id, name="Mona")
    assert managers.invitation_of(token) == managers.look_at(token, None) == invitation
    assert managers.listed(organizer, show.id) == [invitation]
    assert managers.listed(organizer, show.id, limit=1, before=invitation.id) == []
    managers.accept(colleague, token)
    managers.accept(colleague, token)
    assert managers.role_of(colleague, show.id) == "manager"
    managers.leave(colleague, show.id)
    with pytest.raises(Forbidden):
        managers.leave(organizer, show.id)
    managers.accept(colleague, managers.invite(organizer, show.id, name="Mina")[1])
    [manager] = managers.of_show(organizer, show.id)
    assert managers.of_show(organizer, show.id, limit=1, after=(manager.since, manager.user_id)) == []
    assert managers.organizer_of(show.id) == organizer.name
    managers.remove(organizer, show.id, colleague.id)
    managers.revoke(organizer, show.id, managers.invite(organizer, show.id, name="Nobody")[0].id)
