"""Managers run a show as its organizer does, until they leave or are removed."""

import pytest

from tests.scenes import Scene
from webapp.services import acts, managers, shows
from webapp.services.refusals import Forbidden, NotFound


def test_a_manager_does_what_the_organizer_may_and_is_recorded_by_name(scene: Scene) -> None:
    show = scene.show()
    manager = scene.manager(show, "Mona")
    shows.change(manager, show.id, 1, lonely_seats="warn")
    shows.cancel(manager, show.id)
    told = [(act.user_name, act.act, act.as_admin) for act in acts.of_show(show.id, limit=2)]
    assert told == [("Mona", "cancel show", False), ("Mona", "change details", False)]


@pytest.mark.parametrize("who", ["organizer", "admin", "themselves"])
def test_a_manager_is_removed_by_the_organizer_an_admin_or_themselves(scene: Scene, who: str) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    manager = scene.manager(show, "Mona")
    people = {"organizer": organizer, "admin": scene.admin(), "themselves": manager}
    managers.remove(people[who], show.id, manager.id)
    assert managers.of_show(organizer, show.id) == []
    with pytest.raises(Forbidden):
        shows.organized(manager, show.id)
    [act] = acts.of_show(show.id, limit=1)
    assert act.act == ("leave show" if who == "themselves" else "remove manager")
    assert (act.user_id, act.as_admin) == (people[who].id, who == "admin")
    assert act.about == (None if who == "themselves" else "Mona")


def test_a_manager_removes_neither_the_organizer_nor_another_manager(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    manager, other = scene.manager(show), scene.manager(show)
    for somebody in (organizer, other):
        with pytest.raises(Forbidden, match="Only the organizer of a show removes its managers"):
            managers.remove(manager, show.id, somebody.id)
    assert {one.user_id for one in managers.of_show(manager, show.id)} == {manager.id, other.id}


def test_the_organizer_stays(scene: Scene) -> None:
    organizer, admin = scene.user(), scene.admin()
    show = scene.show(organizer)
    for somebody in (organizer, admin):
        with pytest.raises(Forbidden, match="The organizer of a show stays"):
            managers.remove(somebody, show.id, organizer.id)
    assert managers.role_of(organizer, show.id) == "organizer"


def test_who_is_no_manager_is_not_removed(scene: Scene) -> None:
    organizer, admin, stranger = scene.user(), scene.admin(), scene.user()
    show, other = scene.show(organizer), scene.show()
    elsewhere = scene.manager(other)
    for somebody in (stranger, elsewhere):
        with pytest.raises(NotFound, match="no such manager"):
            managers.remove(organizer, show.id, somebody.id)
    with pytest.raises(NotFound, match="no such manager"):
        managers.leave(admin, show.id)
    with pytest.raises(Forbidden):
        managers.leave(stranger, show.id)
    assert managers.role_of(elsewhere, other.id) == "manager"
    assert [act.act for act in acts.of_show(show.id, limit=1)] == ["add seats"]


def test_one_is_to_a_show_the_most_one_can_be(scene: Scene) -> None:
    admin = scene.admin()
    shows_of = {"organizer": scene.show(admin), "manager": scene.show(), "admin": scene.show()}
    with scene.connected() as connection:
        connection.execute(
            "INSERT INTO show_managers VALUES (%s, %s, %s, now())", (shows_of["manager"].id, admin.id, admin.id)
        )
    assert {role: managers.role_of(admin, show.id) for role, show in shows_of.items()} == {
        role: role for role in shows_of
    }
    assert managers.role_of(scene.user(), shows_of["admin"].id) is None
