"""Admins are made and unmade, see everything, and nobody else does."""

from collections.abc import Callable

import pytest

from tests.scenes import PASSWORD, Scene
from webapp.services import accounts, acts, admins, managers, shows
from webapp.services.asker import Asker
from webapp.services.refusals import Forbidden, NotFound, NotSignedIn


def test_a_promotion_is_on_record_and_repeating_it_changes_nothing(scene: Scene) -> None:
    ada = scene.user("Ada", through="command")
    assert [admins.promote(ada) for _ in range(3)] == [True, False, False]
    [admin] = admins.listed()
    assert (admin.id, admin.name, admin.email, admin.since is not None) == (ada.id, "Ada", ada.email, True)
    assert [admins.demote(ada) for _ in range(2)] == [True, False]
    assert admins.listed() == []
    recorded = scene.rows("SELECT act, show_id, through FROM acts WHERE user_id = %s ORDER BY id", ada.id)
    assert [tuple(row.values()) for row in recorded] == [
        ("become admin", None, "command"),
        ("end as admin", None, "command"),
    ]


def test_neither_a_guest_nor_a_deleted_account_becomes_an_admin(scene: Scene) -> None:
    with pytest.raises(Forbidden, match="A guest cannot be an admin"):
        admins.promote(scene.guest())
    left = scene.user()
    accounts.delete_account(left, password=PASSWORD)
    with pytest.raises(NotSignedIn):
        admins.promote(left)
    assert admins.listed() == []


def test_an_admin_who_deletes_the_account_is_none_any_more(scene: Scene) -> None:
    admin = scene.admin()
    accounts.delete_account(admin, password=PASSWORD)
    assert admins.listed() == []
    with pytest.raises(NotFound):
        admins.refuse_others(admin)


QUESTIONS: list[Callable[[Asker | None], object]] = [
    admins.overview,
    lambda asker: admins.shows(asker, limit=5),
    lambda asker: admins.accounts(asker, limit=5),
    lambda asker: admins.deeds(asker, limit=5),
    admins.refuse_others,
]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_what_admins_see_is_not_there_for_anybody_else(scene: Scene, ask: Callable[[Asker | None], object]) -> None:
    admin, organizer = scene.admin(), scene.user()
    show = scene.show(organizer)
    ask(admin)
    for somebody in (organizer, scene.manager(show), scene.guest(), None):
        with pytest.raises(NotFound, match="There is nothing at this address"):
            ask(somebody)
    admins.demote(admin)
    with pytest.raises(NotFound):
        ask(admin)


def test_an_admin_runs_every_show_until_they_are_none_and_is_no_manager_of_it(scene: Scene) -> None:
    admin = scene.admin()
    show = scene.show()
    scene.unpublish(show)
    assert shows.organized(admin, show.id).id == show.id
    shows.cancel(admin, show.id)
    assert managers.of_show(admin, show.id) == []
    admins.demote(admin)
    with pytest.raises(NotFound):
        shows.organized(admin, show.id)
    assert [(act.act, act.as_admin) for act in acts.of_show(show.id, limit=1)] == [("cancel show", True)]
