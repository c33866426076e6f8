"""A show is copied to more dates."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.pictures import picture_file
from tests.scenes import Scene
from webapp.services import acts, pictures, seating, shows
from webapp.services.asker import Asker
from webapp.services.database import portions
from webapp.services.plans.plan import PlanCategory
from webapp.services.refusals import Forbidden, Invalid, NotFound
from webapp.services.shows import Show, duplicating

HELSINKI = ZoneInfo("Europe/Helsinki")
# Clocks in Helsinki are put back on 31 October 2027.
EVENING = datetime(2027, 10, 16, 19, 30, tzinfo=HELSINKI)
SEATS = """
    SELECT seat_number, section, "row", number, neighbour_order, x, y, plan_seat_id, accessibility, step_free,
           categories.name, categories.price
    FROM seats
    JOIN categories ON categories.id = seats.category_id
    WHERE seats.show_id = %s
    ORDER BY seats.id
"""


@pytest.fixture
def organizer(scene: Scene) -> Asker:
    """Who puts the show on."""
    return scene.user("Olga")


@pytest.fixture
def show(scene: Scene, organizer: Asker) -> Show:
    """A show with seats at two prices, a stage, a picture and a sale."""
    show = scene.show(organizer, seats="A1-A3,B1", price=4500)
    boxes = [seating.labelled_seat("X1", section="Box", category="Box", accessibility="wheelchair")]
    seating.add_seats(organizer, show.id, boxes, [PlanCategory(name="Box", price=9900)])
    scene.rows("UPDATE shows SET plan_areas = '[{\"kind\": \"stage\"}]', plan_oddities = '{odd}' RETURNING id")
    shows.change(
        organizer,
        show.id,
        1,
        starts_at=EVENING,
        on_sale_at=datetime(2027, 9, 1, 10, 0, tzinfo=HELSINKI),
        off_sale_at=EVENING - timedelta(minutes=90),
        description="A storm.",
        seat_limit=4,
        hold_minutes=7,
        lonely_seats="warn",
        accessible_seats_released=True,
    )
    return pictures.describe_with(organizer, show.id, 2, data=picture_file(64, 64), alt="A storm")


def test_a_copy_has_everything_but_reservations(scene: Scene, organizer: Asker, show: Show) -> None:
    manager, buyer = scene.manager(show, "Mona"), scene.user()
    scene.rows("UPDATE shows SET on_sale_at = NULL RETURNING id")
    scene.hold(buyer, show, "A1")
    copies = shows.duplicate(manager, show.id, [EVENING + timedelta(days=2), EVENING + timedelta(days=1)])
    assert [copy.id in copies.made for copy in copies.shows] == [True, True]
    assert [copy.starts_at for copy in copies.shows] == [EVENING + timedelta(days=days) for days in (1, 2)]
    for copy in copies.shows:
        same = ("title", "description", "picture_id", "picture_alt", "venue", "timezone", "currency", "seat_limit")
        for name in (*same, "hold_minutes", "lonely_seats", "organizer_id", "price_from", "price_to", "seats"):
            assert getattr(copy, name) == getattr(show, name), name
        assert (copy.closed, copy.held, copy.confirmed, copy.edition) == ("draft", 0, 0, 1)
        assert copy.accessible_seats_released_at is not None
        assert copy.series_id == show.id
        assert scene.rows(SEATS, copy.id) == scene.rows(SEATS, show.id)
        [kept] = scene.rows("SELECT plan_areas, plan_oddities FROM shows WHERE id = %s", copy.id)
        assert kept == {"plan_areas": [{"kind": "stage"}], "plan_oddities": []}
        assert shows.organized(manager, copy.id) == copy
        assert [(act.act, act.user_name, act.details) for act in acts.of_show(copy.id, limit=9)] == [
            ("copy show", "Mona", {"copied_from": show.id})
        ]
    assert shows.one(show.id).series_id == show.id
    [act] = acts.of_show(show.id, limit=1)
    assert (act.act, act.details) == ("copy to dates", {"dates": 2})


def test_a_copy_of_a_copy_is_of_the_same_series(organizer: Asker, show: Show) -> None:
    [first] = shows.duplicate(organizer, show.id, [EVENING + timedelta(days=1)]).shows
    [second] = shows.duplicate(organizer, first.id, [EVENING + timedelta(days=2)]).shows
    assert second.series_id == show.id


def test_a_copy_goes_on_sale_as_many_days_before_at_the_same_time_of_day(organizer: Asker, show: Show) -> None:
    """Also across the night in which clocks are put back, and for a matinee."""
    starts = [datetime(2027, 11, 6, 19, 30, tzinfo=HELSINKI), datetime(2027, 11, 7, 15, 0, tzinfo=HELSINKI)]
    dates = shows.plan_dates(organizer, show.id, starts)
    sales = [date.on_sale_at.astimezone(HELSINKI) for date in dates if date.on_sale_at]
    assert [f"{sale:%m-%d %H:%M}" for sale in sales] == ["09-22 10:00", "09-23 10:00"]
    assert [date.off_sale_at for date in dates] == [start - timedelta(minutes=90) for start in starts]
    copies = shows.duplicate(organizer, show.id, starts).shows
    assert [(copy.on_sale_at, copy.off_sale_at) for copy in copies] == [
        (date.on_sale_at, date.off_sale_at) for date in dates
    ]


def test_a_sale_on_the_day_itself_stays_as_long_before_the_start(scene: Scene, organizer: Asker, show: Show) -> None:
    shows.change(organizer, show.id, 3, on_sale_at=EVENING - timedelta(hours=3), off_sale_at=None)
    [date] = shows.plan_dates(organizer, show.id, [datetime(2027, 10, 17, 11, 0, tzinfo=HELSINKI)])
    assert date.on_sale_at == datetime(2027, 10, 17, 8, 0, tzinfo=HELSINKI)


def test_copying_again_makes_nothing_twice(scene: Scene, organizer: Asker, show: Show) -> None:
    starts = [EVENING + timedelta(days=1), EVENING]
    first = shows.duplicate(organizer, show.id, starts)
    assert [one.id for one in first.shows] == [show.id, *first.made]
    again = shows.duplicate(organizer, show.id, [*starts, EVENING + timedelta(days=2)])
    assert [one.starts_at for one in again.shows] == [EVENING + timedelta(days=days) for days in (0, 1, 2)]
    assert len(again.made) == 1
    assert shows.duplicate(organizer, show.id, starts).made == frozenset()
    assert len(scene.rows("SELECT FROM shows")) == 3
    shows.cancel(organizer, *first.made)
    assert len(shows.duplicate(organizer, show.id, starts).made) == 1, "a cancelled date can be had anew"


def test_the_plan_of_dates_tells_what_there_is_already(scene: Scene, organizer: Asker, show: Show) -> None:
    other = scene.show(organizer, title="Hamlet")
    elsewhere, rivals = scene.show(organizer), scene.show()
    scene.rows("UPDATE shows SET starts_at = %s WHERE id = %s RETURNING id", EVENING + timedelta(days=1), other.id)
    scene.rows(
        "UPDATE shows SET starts_at = %s, venue = 'Elsewhere' WHERE id = ANY(%s) RETURNING id",
        EVENING + timedelta(days=2),
        [elsewhere.id, rivals.id],
    )
    dates = shows.plan_dates(organizer, show.id, [EVENING + timedelta(days=days) for days in range(3)])
    assert [date.there.id if date.there else None for date in dates] == [show.id, None, None]
    assert [date.beside.title if date.beside else None for date in dates] == [None, "Hamlet", None]
    assert len(shows.duplicate(organizer, show.id, [EVENING + timedelta(days=1)]).made) == 1, "both, if they want"


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        ([], "Name at least one date."),
        ([datetime(2001, 1, 1, 12, tzinfo=UTC)], "2001-01-01 14:00 is over already."),
        ([EVENING + timedelta(days=days) for days in range(1, 62)], "61 dates are too many at once"),
    ],
)
def test_dates_that_cannot_be_make_nothing(
    scene: Scene, organizer: Asker, show: Show, starts: list[datetime], sentence: str
) -> None:
    for act in (shows.duplicate, shows.plan_dates):
        with pytest.raises(Invalid) as no:
            act(organizer, show.id, starts)
        assert no.value.sentence.startswith(sentence)
        assert no.value.facts["errors"][0]["pointer"] == "#/starts"
    assert len(scene.rows("SELECT FROM shows")) == 1


def test_more_seats_than_can_be_copied_at_once_make_nothing(
    scene: Scene, organizer: Asker, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicating, "MOST_SEATS_COPIED", 12)
    starts = [EVENING + timedelta(days=days) for days in (1, 2, 3)]
    with pytest.raises(Invalid) as no:
        shows.duplicate(organizer, show.id, starts)
    assert no.value.sentence == "A show of 5 seats is copied to at most 2 dates at once; these are 3."
    assert len(scene.rows("SELECT FROM shows")) == 1
    monkeypatch.setattr(portions, "SEATS_AT_ONCE", 6)
    made = shows.duplicate(organizer, show.id, starts[:2]).shows
    assert [one.seats for one in made] == [5, 5]


def test_only_those_who_run_a_show_copy_it(scene: Scene, show: Show) -> None:
    stranger = scene.user()
    for act in (shows.duplicate, shows.plan_dates):
        with pytest.raises(Forbidden):
            act(stranger, show.id, [EVENING])
        with pytest.raises(NotFound):
            act(stranger, 999_999, [EVENING])
    assert len(scene.rows("SELECT FROM shows")) == 1
