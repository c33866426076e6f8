"""The part of the round through every verb (tests/services/every_verb.py) in which somebody is an admin for a while."""

from webapp.services import admins, shows
from webapp.services.asker import Asker
from webapp.services.shows import Show


def look_at_everything(user: Asker, show: Show) -> None:
    """Become an admin, do something with a show, look at all there is, and be none again."""
    assert admins.promote(user)
    shows.change(user, show.id, shows.one(show.id).edition, hold_minutes=9)
    assert user.id in {admin.id for admin in admins.listed()}
    assert admins.refuse_others(user) == user
    assert admins.overview(user).admins
    assert admins.shows(user, search=show.title, limit=3, before=show.id + 1)
    assert admins.accounts(user, search=user.email, limit=3, before=user.id + 1)
    assert admins.deeds(user, limit=3)
    assert admins.deeds(user, limit=3, before=2**40)
    assert admins.demote(user)
