"""The round of tests/services/every_verb.py through the seats that the house keeps."""

from webapp.services import house_seats
from webapp.services.asker import Asker
from webapp.services.house_seats import Choice, Until
from webapp.services.shows import Show


def keep_and_give_back(organizer: Asker, show: Show) -> None:
    """Block two seats that are free, look at them, and release them."""
    by_number = Choice(show.id, seat_numbers=["A11", "A12"])
    assert house_seats.dates_of(organizer, show.id)
    assert house_seats.preview_block(organizer, by_number, until=Until(hours_before=1))
    [block] = house_seats.block(organizer, by_number, reason="press", until=Until())
    assert house_seats.block_of_seat(house_seats.blocks_of(show.id)).keys() == {seat.seat_id for seat in block.seats}
    house_seats.blocks_of(show.id, limit=1, before=block.id)
    assert house_seats.preview_release(organizer, Choice(show.id, seat_ranges="A11-A12"))
    whole = Choice(show.id, block_ids=[block.id])
    assert house_seats.preview_release(organizer, whole)
    assert house_seats.release(organizer, whole, reason="ill")
