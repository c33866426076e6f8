"""The demonstration: complete after every start, however the ones before ended, and made once."""

from tests.scenes import Scene
from webapp.services import accounts, demo, seating, shows
from webapp.services.demo.theatre import demo_plan


def test_the_demonstration_is_made_once_and_both_can_sign_in(scene: Scene) -> None:
    demo.create_once()
    demo.create_once()
    people = [
        accounts.sign_in(email=one.email, password=one.password, through="page")[0]
        for one in (demo.ORGANIZER, demo.BUYER)
    ]
    [show] = shows.upcoming()
    assert show.organizer_id == people[0].id
    assert show.seats == len(demo_plan().seats)
    assert show.sells


def test_a_demonstration_that_a_killed_start_left_without_a_show_is_finished(scene: Scene) -> None:
    demo.create_once()
    with scene.history() as connection:
        connection.execute("DELETE FROM seats")
        connection.execute("DELETE FROM categories")
        connection.execute("DELETE FROM shows")
    demo.create_once()
    [show] = shows.upcoming()
    assert len(seating.seats_of(show.id)) == len(demo_plan().seats)


def test_where_people_have_accounts_of_their_own_no_demonstration_is_made(scene: Scene) -> None:
    scene.user()
    demo.create_once()
    assert shows.upcoming() == []
    assert scene.rows("SELECT count(*) FROM users") == [{"count": 1}]
