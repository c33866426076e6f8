"""Sales of shows, and what became of them."""

from tests.scenes import Scene
from webapp.services import reservations, shows
from webapp.services.asker import Asker
from webapp.services.reservations import SeatChoice


def buy(scene: Scene, buyer: Asker, show: shows.Show, *numbers: str) -> list[int]:
    """Buy seats; the ids of the sales."""
    held = scene.hold(buyer, show, *numbers)
    return [reservations.confirm(buyer, one.id).id for one in held]


def seat(show: shows.Show, number: str) -> SeatChoice:
    """The seat with this number."""
    return SeatChoice(show_id=show.id, seat_numbers=(number,))


def never_twice_sold(scene: Scene) -> bool:
    """Whether no seat has two live reservations: asked of the rows, not of the index that forbids it."""
    return not scene.rows(
        """
        SELECT seat_id
        FROM reservations
        WHERE status IN ('HELD', 'CONFIRMED')
        GROUP BY seat_id
        HAVING count(*) > 1
        """
    )
