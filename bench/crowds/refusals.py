"""What the rule of lonely seats and the offers cost: `python -m bench.crowds.refusals`.

Holds of single seats with the guard of lonely seats taken away, there but off, and enforcing; and refusals of one hot
seat over v1, with the offers looked for and without. All take turns in one run, each on one connection.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from bench.stage import show_in, staged
from bench.stage.halls import hall_plan
from tests.scenes import Scene
from webapp.services import seating
from webapp.services.asker import Asker
from webapp.services.offers import chosen
from webapp.services.refusals import Refusal
from webapp.services.reservations import SeatChoice

ROUNDS, HOLDS, PRESSES = 8, 100, 60


def main() -> None:
    """Measure and print."""
    with staged() as scene:
        _holds(scene)
        _hot_seat(scene)


def _holds(scene: Scene) -> None:
    show, buyer = show_in(scene, hall_plan(8_000), seat_limit=1000), scene.user()
    # Every third seat, so that none is lonely.
    ids = iter([seat.id for seat in seating.seats_of(show.id)][::3] * 2)
    ways: dict[str, tuple[str, str]] = {
        "no guard": ("DISABLE", "off"),
        "off": ("ENABLE", "off"),
        "enforce": ("ENABLE", "enforce"),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, (switch, rule) in ways.items():
            with scene.history() as connection:
                connection.execute(f"ALTER TABLE reservations {switch} TRIGGER guard_lonely_seats")
                connection.execute("UPDATE shows SET lonely_seats = %s", (rule,))
                connection.execute("DELETE FROM reservations")
            for _ in range(HOLDS):
                choice = SeatChoice(seat_ids=(next(ids),), show_id=show.id)
                begun = perf_counter()
                chosen.hold(buyer, choice, minutes=5)
                times[name].append(perf_counter() - begun)
    base = median(times["no guard"])
    for name, taken in times.items():
        print(f"hold, lonely seats {name:9} {median(taken) * 1e3:6.2f} ms  x {median(taken) / base:.2f}")


def _hot_seat(scene: Scene) -> None:
    for size in (2_000, 50_000):
        show = show_in(scene, hall_plan(size))
        [seat, *_] = seating.seats_of(show.id)
        choice = SeatChoice(seat_ids=(seat.id,), show_id=show.id)
        chosen.hold(scene.user(), choice, minutes=20)
        buyer = scene.user()

        def press(choice: SeatChoice = choice, buyer: Asker = buyer) -> Refusal:
            try:
                chosen.hold(buyer, choice, minutes=5)
            except Refusal as refusal:
                return refusal
            raise AssertionError("the seat was free")

        plain = _each(press)
        told = _each(lambda: press().offers)
        print(f"refusal of a hot seat of {size:6,}: {1 / plain:5,.0f}/s; with its offers {1 / told:5,.0f}/s")


def _each(act: Callable[[], object]) -> float:
    act()
    begun = perf_counter()
    for _ in range(PRESSES):
        act()
    return (perf_counter() - begun) / PRESSES


if __name__ == "__main__":
    main()
