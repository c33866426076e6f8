"""One round through all that the people of a show do with its reservations."""

import pytest

from tests.scenes import Scene
from tests.services.box_office.sales import buy, seat
from webapp.services import box_office
from webapp.services.asker import Asker
from webapp.services.box_office import Wanted
from webapp.services.refusals import NotFound
from webapp.services.reservations import SeatChoice


def at_the_box_office(scene: Scene, organizer: Asker, buyer: Asker) -> None:
    """Do each once, in a show of its own."""
    show = scene.show(organizer)
    first, *others = buy(scene, buyer, show, "A1", "A2", "A3")
    [by_id] = scene.rows("SELECT id FROM seats WHERE show_id = %s AND seat_number = 'A9'", show.id)
    wanted = Wanted(search="A1", status="CONFIRMED", category="Stalls", section="Box", through="page")
    box_office.find(organizer, show.id, limit=2)
    box_office.find(organizer, show.id, wanted, limit=2, before=first)
    box_office.find(organizer, show.id, Wanted(price_at_most=100), limit=2)
    box_office.counts(organizer, show.id, Wanted(price_at_most=100))
    assert len(list(box_office.find_all(organizer, show.id, Wanted()))) == 3
    assert box_office.counts(organizer, show.id)["CONFIRMED"] == 3
    assert box_office.page_with_counts(organizer, show.id, Wanted(search="A1"), limit=2).counts["CONFIRMED"] == 1
    assert box_office.chosen(organizer, show.id, [first])
    box_office.consider(organizer, show.id, first, SeatChoice(show_id=show.id, seat_ids=(by_id["id"],)))
    moved = box_office.move(organizer, show.id, first, SeatChoice(show_id=show.id, seat_ids=(by_id["id"],)))
    assert box_office.move(organizer, show.id, first, seat(show, "A9")) == moved
    assert box_office.one(organizer, show.id, moved.id) == moved
    assert box_office.history(organizer, show.id, moved.id)
    box_office.cancel(organizer, show.id, moved.id, reason="ill")
    box_office.cancel(organizer, show.id, moved.id, reason="ill again")
    with pytest.raises(NotFound):
        box_office.chosen(organizer, show.id, [2**40])
    assert len(box_office.cancel_several(organizer, show.id, others, reason="ill")) == 2
