"""The record of what was done with a show: who is in it, and that nobody else can be."""

import pytest

from tests.scenes import Scene
from webapp.services import acts, seat_maps, seating, shows
from webapp.services.database.statements import transaction
from webapp.services.plans.plan import PlanCategory
from webapp.services.plans.typed import read_typed
from webapp.services.refusals import Forbidden


def test_seats_plans_and_prices_are_on_record_with_what_they_changed(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer, seats="A1-A3", price=4500)
    seating.add_plan(organizer, show.id, read_typed("Box: P1-P2"), price=100)
    box, stalls = sorted(seat_maps.categories_of(show.id), key=lambda category: category.name)
    seating.set_prices(organizer, show.id, 1, {box.id: 100, stalls.id: 4800})
    seating.set_prices(organizer, show.id, 1, {box.id: 100, stalls.id: 4800})
    told = [(act.act, act.details) for act in acts.of_show(show.id, limit=10)]
    assert told == [
        ("set prices", {"edition": 2, "changed": {"prices/Stalls": [4500, 4800]}}),
        ("import plan", {"seats": 2, "from": "P1", "to": "P2"}),
        ("add seats", {"seats": 3, "from": "A1", "to": "A3"}),
        ("create show", {"title": "The Tempest"}),
    ]


def test_an_admin_is_recorded_as_one_where_they_have_nothing_else_to_do_with_the_show(scene: Scene) -> None:
    admin = scene.admin()
    theirs, ones_own = scene.show(), scene.show(admin)
    for show in (theirs, ones_own):
        shows.change(admin, show.id, 1, lonely_seats="warn")
    assert [act.as_admin for act in acts.of_show(theirs.id, limit=1)] == [True]
    assert [act.as_admin for act in acts.of_show(ones_own.id, limit=1)] == [False]
    with scene.connected() as connection:
        connection.execute("UPDATE users SET is_admin = false")
    assert [act.as_admin for act in acts.of_show(theirs.id, limit=2)] == [True, False]


def test_what_somebody_does_who_does_not_run_the_show_cannot_be_recorded(scene: Scene) -> None:
    show, stranger = scene.show(), scene.user()
    with transaction() as connection, pytest.raises(Forbidden):
        acts.record(connection, stranger, show.id, "cancel show")
    assert "cancel show" not in {act.act for act in acts.of_show(show.id, limit=10)}


def test_whom_an_act_was_about_is_named_as_they_are_called_now(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user("Bruno")
    show = scene.show(organizer)
    with transaction() as connection:
        acts.record(connection, organizer, show.id, "move buyer", person_id=buyer.id)
        connection.commit()
    assert acts.of_show(show.id, limit=1)[0].about == "Bruno"
    with scene.connected() as connection:
        connection.execute("UPDATE users SET name = 'Deleted account' WHERE id = %s", (buyer.id,))
    assert acts.of_show(show.id, limit=1)[0].about == "Deleted account"


def test_nothing_is_recorded_of_what_was_refused(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer, seats="A1")
    with pytest.raises(Exception, match="in the show already"):
        seating.add_seats(
            organizer, show.id, [seating.labelled_seat("A1", category="Stalls")], [PlanCategory(name="Stalls")]
        )
    assert [act.act for act in acts.of_show(show.id, limit=10)] == ["add seats", "create show"]
