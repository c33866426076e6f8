"""The pace of a show, beside the shows it can be compared with."""

from datetime import UTC, datetime, timedelta

from tests.scenes import Scene
from tests.services.dashboards.pasts import THEN, Hold, days, hours, play
from webapp.services import dashboards, shows
from webapp.services.asker import Asker
from webapp.services.dashboards import DayOfSale


def at(scene: Scene, show: shows.Show, starts_at: datetime, **more: str) -> shows.Show:
    """The show at another time, or otherwise different."""
    with scene.history() as connection:
        connection.execute("UPDATE shows SET starts_at = %s WHERE id = %s", (starts_at, show.id))
        for column, value in more.items():
            connection.execute(f"UPDATE shows SET {column} = %s WHERE id = %s", (value, show.id))
    return show


def past(scene: Scene, organizer: Asker, **more: str) -> shows.Show:
    """A show that began ten days after THEN."""
    return at(scene, scene.show(organizer), THEN + days(10), **more)


def test_sales_are_counted_by_the_days_left_until_the_show(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = past(scene, organizer)
    play(
        scene,
        show,
        [
            Hold("A1", hours(0), "bought"),  # 10 days less a minute before
            Hold("A2", hours(1), "bought"),
            Hold("A3", days(9.5), "bought"),  # on the last day
            Hold("A4", days(10), "bought"),  # confirmed after the beginning
            Hold("A5", days(1), "expired"),
            Hold("A6", days(1), "bought", cancelled=days(2)),
        ],
    )
    [found] = dashboards.paces(organizer, show.id)
    assert found.days == [DayOfSale(9, 2), DayOfSale(0, 4)]
    assert (found.seats, found.days_left) == (10, 0)
    assert [found.share_at(left) for left in (10, 9, 8.5, 1, 0)] == [0, 0.2, 0.2, 0.2, 0.4]


def test_a_show_to_come_knows_how_far_away_it_is(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = at(scene, scene.show(organizer), datetime.now(UTC) + timedelta(days=3, hours=12))
    [found] = dashboards.paces(organizer, show.id)
    assert 3.4 < found.days_left < 3.6
    assert (found.days, found.share_at(0)) == ([], 0)


def test_a_show_without_seats_has_sold_no_share_of_them(scene: Scene) -> None:
    organizer = scene.user("Olga")
    [found] = dashboards.paces(organizer, scene.show(organizer, seats="").id)
    assert (found.seats, found.share_at(0)) == (0, 0)


def test_it_is_compared_with_earlier_shows_at_the_venue_or_of_the_title_and_no_others(scene: Scene) -> None:
    olga, rita = scene.user("Olga"), scene.user("Rita")
    same_venue = past(scene, olga, title="Hamlet")
    same_title = at(scene, scene.show(olga), THEN + days(20), venue="Elsewhere")
    past(scene, rita)  # somebody else's
    past(scene, olga, title="Hamlet", venue="Elsewhere")  # another piece at another place
    shows.cancel(olga, at(scene, scene.show(olga), THEN + days(3)).id)
    at(scene, scene.show(olga, seats=""), THEN + days(4))  # nothing to sell
    later = scene.show(olga, starts_in=timedelta(days=60))
    with scene.history() as connection:
        draft = past(scene, olga)
        connection.execute("UPDATE shows SET published_at = NULL WHERE id = %s", (draft.id,))
    show = scene.show(olga)
    found = dashboards.paces(olga, show.id)
    assert [one.show_id for one in found] == [show.id, same_title.id, same_venue.id]
    assert later.id not in {one.show_id for one in found}


def test_at_most_five_are_compared_the_latest_of_them(scene: Scene) -> None:
    organizer = scene.user("Olga")
    earlier = [at(scene, scene.show(organizer), THEN + days(number)) for number in range(7)]
    show = scene.show(organizer)
    found = dashboards.paces(organizer, show.id)
    assert [one.show_id for one in found] == [show.id, *(one.id for one in reversed(earlier[2:]))]


def test_who_runs_one_show_sees_nothing_of_the_others(scene: Scene) -> None:
    olga, colleague = scene.user("Olga"), scene.user("Colleague")
    past(scene, olga)
    show = scene.show(olga)
    with scene.connected() as connection:
        connection.execute(
            "INSERT INTO show_managers (show_id, user_id, invited_by) VALUES (%s, %s, %s)",
            (show.id, colleague.id, olga.id),
        )
    assert [one.show_id for one in dashboards.paces(colleague, show.id)] == [show.id]
    assert len(dashboards.paces(olga, show.id)) == 2
