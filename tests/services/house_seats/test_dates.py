"""On which other dates seats can be blocked along: those of the series and of the plan that are still to come."""

from tests.scenes import Scene
from tests.services.house_seats.cast import series
from webapp.services import house_seats, shows
from webapp.services.asker import Asker
from webapp.services.shows import Show


def dates(asker: Asker, show: Show) -> list[int]:
    return [date.show_id for date in house_seats.dates_of(asker, show.id)]


def test_the_show_comes_first_then_its_series_whichever_of_it_is_asked_for(scene: Scene) -> None:
    organizer = scene.user()
    first, second, third = series(scene, organizer, 3)
    scene.show(organizer)
    assert dates(organizer, first) == [first.id, second.id, third.id]
    assert dates(organizer, third) == [third.id, first.id, second.id]


def test_what_is_over_cancelled_or_anothers_is_left_out_but_for_the_show_itself(scene: Scene) -> None:
    organizer = scene.user()
    first, second, third, fourth = series(scene, organizer, 4)
    scene.begin(second)
    shows.cancel(organizer, third.id)
    with scene.connected() as connection:
        connection.execute("UPDATE shows SET organizer_id = %s WHERE id = %s", (scene.user().id, fourth.id))
    scene.unpublish(first)
    assert dates(organizer, first) == [first.id]
    assert dates(organizer, second) == [second.id, first.id]
    assert dates(organizer, third) == [third.id, first.id]
    own, other = house_seats.dates_of(organizer, third.id)
    assert (own.is_cancelled, own.is_draft, other.is_draft) == (True, False, True)


def test_shows_of_one_plan_in_whichever_version_are_dates_of_one_another(scene: Scene) -> None:
    organizer = scene.user()
    one, other, unrelated = (scene.show(organizer) for _ in range(3))
    with scene.connected() as connection:
        venue, plan, foreign = (
            connection.execute(statement, values).fetchone()["id"]  # type: ignore[index]
            for statement, values in (
                ("INSERT INTO venues (owner_id, name, timezone) VALUES (%s, 'V', 'UTC') RETURNING id", (organizer.id,)),
                ("INSERT INTO plans (venue_id, name) SELECT max(id), 'P' FROM venues RETURNING id", ()),
                ("INSERT INTO plans (venue_id, name) SELECT max(id), 'Q' FROM venues RETURNING id", ()),
            )
        )
        assert venue
        for show, of, number in ((one, plan, 1), (other, plan, 2), (unrelated, foreign, 1)):
            connection.execute(
                """
                WITH version AS (
                    INSERT INTO plan_versions (plan_id, number, seats, document, created_by)
                    VALUES (%s, %s, 10, '{}', %s)
                    RETURNING id
                )
                UPDATE shows SET plan_version_id = version.id FROM version WHERE shows.id = %s
                """,
                (of, number, organizer.id, show.id),
            )
    assert dates(organizer, one) == [one.id, other.id]
    assert dates(organizer, unrelated) == [unrelated.id]
