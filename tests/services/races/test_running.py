"""A show is changed, published, taken back and copied by several at once, and while seats are being held."""

from datetime import timedelta

from tests.pictures import picture_file
from tests.races import insert_hold, name_of, no_deadlock, outcome, pausing, racing
from tests.scenes import Scene
from webapp.services import pictures, reservations, seating, shows
from webapp.services.refusals import HasBuyers


def test_of_many_changes_of_one_edition_one_is_made(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    [category] = scene.rows("SELECT id FROM categories")
    with no_deadlock(scene), racing(scene) as race:
        outcomes = race.all_at_once(
            *(lambda n=n: shows.change(organizer, show.id, 1, title=f"Act {n}") for n in range(4)),  # type: ignore[misc]
            lambda: seating.set_prices(organizer, show.id, 1, {category["id"]: 1}),
            lambda: pictures.describe_with(organizer, show.id, 1, data=picture_file(40, 40), alt="Grey"),
        )
    assert sorted(map(name_of, outcomes)) == ["ChangedMeanwhile"] * 5 + ["done"]
    after = shows.one(show.id)
    assert after.edition == 2
    changed = [after.title != show.title, after.price_to == 1, after.picture_id is not None]
    assert changed.count(True) == 1


def test_a_change_waits_for_the_hold_under_way_and_then_counts_its_buyer(scene: Scene) -> None:
    """The currency of a price that is just being written stays."""
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    with racing(scene) as race:
        with scene.connected() as under_way:
            assert insert_hold(under_way, buyer, show, "A1") == 1
            changing = race.start(lambda: shows.change(organizer, show.id, 1, currency="USD"))
            assert race.settle(changing) == 1
        assert name_of(outcome(changing)) == "Invalid"
    assert shows.one(show.id).currency == "EUR"


def test_a_hold_waits_for_the_change_under_way_and_meets_all_of_it(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    with racing(scene) as race, pausing("SET title = %(title)s") as pause:
        changing = race.start(lambda: shows.change(organizer, show.id, 1, seat_limit=1, hold_minutes=3))
        pause.reached()
        holding = race.start(lambda: scene.hold(buyer, show, "A1", "A2"))
        assert race.settle(holding) == 1
        pause.let_go()
        assert name_of(outcome(changing)) == "done"
        assert name_of(outcome(holding)) == "SeatLimitReached"
    assert scene.statuses(show) == {}


def test_a_show_with_a_hold_under_way_is_no_draft_again(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    with racing(scene) as race:
        with scene.connected() as under_way:
            assert insert_hold(under_way, buyer, show, "A1") == 1
            taking_back = race.start(lambda: shows.unpublish(organizer, show.id))
            assert race.settle(taking_back) == 1
        assert isinstance(outcome(taking_back), HasBuyers)
    assert shows.one(show.id).sells


def test_a_hold_that_waits_for_the_taking_back_finds_a_draft(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    show = scene.show(organizer)
    with racing(scene) as race, pausing("SET published_at = NULL") as pause:
        taking_back = race.start(lambda: shows.unpublish(organizer, show.id))
        pause.reached()
        holding = race.start(lambda: scene.hold(buyer, show, "A1"))
        assert race.settle(holding) == 1
        pause.let_go()
        assert outcome(taking_back).published_at is None
        assert name_of(outcome(holding)) == "NotFound"
    assert scene.statuses(show) == {}


def test_the_same_dates_asked_for_at_once_are_made_once(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    starts = [show.starts_at + timedelta(weeks=week) for week in (1, 2, 3)]
    with no_deadlock(scene), racing(scene) as race:
        outcomes = race.all_at_once(*[lambda: shows.duplicate(organizer, show.id, starts)] * 4)
    assert sorted(len(copies.made) for copies in outcomes) == [0, 0, 0, 3]
    assert len({tuple(one.id for one in copies.shows) for copies in outcomes}) == 1
    assert len(scene.rows("SELECT FROM shows")) == 4


def test_publishing_several_and_buying_go_on_beside_one_another(scene: Scene) -> None:
    organizer, buyer = scene.user(), scene.user()
    drafts = [scene.show(organizer) for _ in range(3)]
    for draft in drafts[:2]:
        scene.unpublish(draft)
    ids = [draft.id for draft in drafts]
    with no_deadlock(scene), racing(scene) as race:
        outcomes = race.all_at_once(
            lambda: shows.publish_all(organizer, ids),
            lambda: shows.publish_all(organizer, ids[::-1]),
            lambda: reservations.confirm(buyer, scene.hold(buyer, drafts[2], "A1")[0].id),
        )
    assert [name_of(one) for one in outcomes] == ["done"] * 3
    assert [shows.one(id).edition for id in ids] == [2, 2, 1]


def test_a_show_is_copied_and_gets_another_picture_at_once(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    dates = [show.starts_at + timedelta(days=day) for day in (1, 2)]
    [first] = shows.duplicate(organizer, show.id, dates[:1]).shows  # from now on the show is one of a series
    pictures.describe_with(organizer, show.id, 1, data=picture_file(64, 40), alt="Grey")
    with no_deadlock(scene), racing(scene) as race, pausing("INSERT INTO show_managers") as pause:
        copying = race.start(lambda: shows.duplicate(organizer, show.id, dates[1:]))
        pause.reached()
        changing = race.start(
            lambda: pictures.describe_with(organizer, show.id, 2, data=picture_file(40, 64), alt="Grey, upright")
        )
        assert race.settle(changing) == 1
        pause.let_go()
        assert [name_of(outcome(act)) for act in (copying, changing)] == ["done", "done"]
    copy = outcome(copying).shows[0]
    assert (first.picture_alt, copy.picture_alt, outcome(changing).picture_alt) == ("", "Grey", "Grey, upright")
