"""How seats stand, by category and in all, and what they brought."""

from tests.scenes import Scene
from tests.services.dashboards.pasts import Hold, hours, keep, play
from webapp.services import dashboards, reservations, seating, shows
from webapp.services.asker import Asker
from webapp.services.dashboards import CategoryCounts, Counts
from webapp.services.plans.plan import PlanCategory


def two_categories(scene: Scene, organizer: Asker) -> shows.Show:
    """A show with four seats at 45 and three at 20."""
    show = scene.show(organizer, seats="A1-A4")
    labels = [seating.labelled_seat(f"B{number}", category="Balcony") for number in (1, 2, 3)]
    seating.add_seats(organizer, show.id, labels, [PlanCategory(name="Balcony", price=2000)])
    return shows.one(show.id)


def test_categories_count_their_seats_and_what_was_paid_for_them(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = two_categories(scene, organizer)
    play(
        scene,
        show,
        [
            Hold("A1", hours(0), "bought"),
            Hold("A2", hours(0), "bought", price=4000),  # before the price went up
            Hold("B1", hours(0), "bought", price=2000, cancelled=hours(1)),
            Hold("A3", hours(0), "expired"),
        ],
    )
    scene.hold(scene.user(), show, "A3", "B1")
    scene.lapse(*scene.hold(scene.user(), show, "B2"))
    keep(scene, show, organizer, "B3")
    found = dashboards.dashboard(organizer, show.id)
    assert found.categories == [
        CategoryCounts(seats=4, sold=2, held=1, blocked=0, name="Stalls", price=4500, revenue=8500),
        CategoryCounts(seats=3, sold=0, held=1, blocked=1, name="Balcony", price=2000, revenue=0),
    ]
    assert [(one.free, one.average) for one in found.categories] == [(1, 4250), (1, None)]
    assert dashboards.in_all(found.categories) == Counts(7, 2, 2, 1)
    assert dashboards.in_all(found.counts.values()) == Counts(7, 2, 2, 1)


def test_a_category_without_seats_has_a_line_all_the_same(scene: Scene) -> None:
    organizer = scene.user("Olga")
    show = scene.show(organizer, seats="A1")
    with scene.connected() as connection:
        connection.execute("INSERT INTO categories (show_id, name, price) VALUES (%s, 'Box', 9000)", (show.id,))
    [box, _] = dashboards.dashboard(organizer, show.id).categories
    assert (box.name, box.seats, box.free, box.revenue) == ("Box", 0, 0, 0)


def test_what_was_sold_after_the_standing_was_read_is_not_held_as_well(scene: Scene) -> None:
    organizer, buyer = scene.user("Olga"), scene.user()
    show = scene.show(organizer, seats="A1-A2")
    [held] = scene.hold(buyer, show, "A1")
    found = dashboards.dashboard(organizer, show.id)
    assert found.standing.taken
    reservations.confirm(buyer, held.id)
    assert dashboards.in_all(found.categories) == Counts(2, 1, 0, 0)
