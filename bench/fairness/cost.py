"""What the rule costs a hold: two applications on one database, with it and without, hold seats in turns."""

from statistics import median
from time import perf_counter

from bench.stage import staged
from tests.conftest import app_on
from tests.scenes import Scene
from tests.services.fairness.waits import come_back
from webapp.config import Settings
from webapp.extensions import db
from webapp.services import reservations, seating
from webapp.services.reservations import SeatChoice

PAIRS, HOLDS = 25, 20


def main() -> None:
    """Measure and print: `python -m bench.fairness.cost`."""
    with staged() as scene:
        for what, came_back in (("that nobody had", False), ("that has just come back", True)):
            print(f"a hold of a seat {what} takes {_ratio(scene, came_back=came_back):.3f} times one without the rule")


def _ratio(scene: Scene, *, came_back: bool) -> float:
    """The median of the times with the rule in those without, of pairs of turns."""
    apps = [app_on(scene.database, OTHERS_FIRST=str(step)) for step in (0, Settings.others_first)]
    show = scene.show(seats=f"A1-A{HOLDS}", seat_limit=HOLDS)
    seats = [seat.id for seat in seating.seats_of(show.id)]
    ratios = []
    for pair in range(PAIRS + 2):  # the first two are for getting warm
        times = {}
        for place in (0, 1) if pair % 2 else (1, 0):
            _empty(scene)
            if came_back:
                come_back(scene, show, *(f"A{number}" for number in range(1, HOLDS + 1)))
            buyer = scene.user()
            with apps[place].app_context():
                begun = perf_counter()
                for seat in seats:
                    reservations.hold(buyer, SeatChoice(seat_ids=(seat,), show_id=show.id), minutes=10)
                times[place] = perf_counter() - begun
        ratios.append(times[1] / times[0])
    for app in apps:
        with app.app_context():
            db.engine.dispose()
    return median(ratios[2:])


def _empty(scene: Scene) -> None:
    """Let nobody ever have had a seat."""
    with scene.history() as connection:
        connection.execute("DELETE FROM reservation_changes; DELETE FROM reservations")


if __name__ == "__main__":
    main()
