"""What the house keeps of a show, block by block."""

from tests.scenes import Scene
from tests.services.house_seats.cast import block
from webapp.services import house_seats


def test_blocks_are_listed_newest_first_a_page_at_a_time(scene: Scene) -> None:
    organizer = scene.user()
    show = scene.show(organizer)
    block(organizer, scene.show(organizer), "A1", reason="Elsewhere")
    for number in range(1, 4):
        block(organizer, show, f"A{number}", reason=f"Reason {number}")
    assert [one.reason for one in house_seats.blocks_of(show.id)] == ["Reason 3", "Reason 2", "Reason 1"]
    newest, middle = house_seats.blocks_of(show.id, limit=2)
    assert [one.reason for one in house_seats.blocks_of(show.id, limit=2, before=middle.id)] == ["Reason 1"]
    assert house_seats.block_of_seat([newest, middle])[middle.seats[0].seat_id] is middle
