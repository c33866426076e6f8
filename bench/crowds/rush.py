"""A rush for the best seats of one house: `python -m bench.crowds.rush`.

160 buyers at once, in two processes, ask for parties of one to six until a house of 8,000 seats is full. Served is who
gets as many seats as were asked for, side by side or in a compromise that was offered; the fulfilment is the share of
those served among all who asked while so many seats were free. The baseline is what others do: read the free list,
choose the best block, try to hold it, and refuse when somebody was faster. Both sell the same house in the same run.
"""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from threading import Lock
from time import perf_counter

from bench.stage import show_in, staged
from bench.stage.halls import hall_plan
from tests.conftest import KEY
from tests.scenes import Scene
from webapp import create_app
from webapp.config import Settings
from webapp.services import reservations
from webapp.services.asker import Asker
from webapp.services.offers import Wanted, best_available, chosen
from webapp.services.offers.hall import hall_of
from webapp.services.refusals import Busy, NoneTogether, Refusal
from webapp.services.reservations import SeatChoice

BUYERS, PROCESSES, SEATS = 160, 2, 8_000
PARTIES = (2, 2, 2, 2, 4, 4, 3, 1, 5, 6)
# A buyer to whom a naive house says no asks again; after so many times in a row even the last one leaves.
PATIENCE = 40

Ask = Callable[[Asker, int, int], str]


def main() -> None:
    """Measure and print."""
    with staged() as scene:
        for name, ask in {"naive": "naively", "best available": "well"}.items():
            show = show_in(scene, hall_plan(SEATS), seat_limit=1000)
            buyers = [scene.user() for _ in range(BUYERS)]
            shares = [buyers[process::PROCESSES] for process in range(PROCESSES)]
            begun = perf_counter()
            with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
                jobs = [pool.submit(rush, scene.database.url, show.id, share, ask) for share in shares]
                counted = sum((job.result() for job in jobs), Counter[str]())
            tell(scene, name, show.id, counted, perf_counter() - begun)


def rush(url: str, show_id: int, buyers: list[Asker], way: str) -> Counter[str]:
    """What became of the requests of these buyers, each in a thread of their own."""
    settings = {"DATABASE_URL": url, "SECRET_KEY": KEY, "DATABASE_POOL_SIZE": "40", "DATABASE_POOL_TIMEOUT": "60"}
    app = create_app(Settings.from_environment(settings))
    counted: Counter[str] = Counter()
    lock = Lock()
    _count_tries(counted, lock)
    ask = {"naively": naively, "well": well}[way]

    def buy(buyer: Asker) -> None:
        sizes = random.Random(buyer.id)
        refused = 0
        with app.app_context():
            begun = perf_counter()
            while refused < PATIENCE:
                size = sizes.choice(PARTIES)
                outcome = ask(buyer, show_id, size)
                with lock:
                    counted[outcome] += 1
                    counted["seats"] += size if outcome.startswith("served") else 0
                    counted["waited"] += round((perf_counter() - begun) * 1e6)
                begun = perf_counter()
                refused = 0 if outcome.startswith("served") else refused + 1
                if outcome == "full" and size == 1:
                    return

    with app.app_context():
        hall_of(show_id)  # drawn once, as for the first page anybody looked at
    with ThreadPoolExecutor(len(buyers)) as pool:
        list(pool.map(buy, buyers))
    return counted


def well(buyer: Asker, show_id: int, size: int) -> str:
    """Leave the choice to the house; accept the first offer that is still there."""
    while True:
        try:
            best_available.hold(buyer, show_id, Wanted(size), minutes=20)
            return "served"
        except NoneTogether as refusal:
            if _accept(buyer, refusal, size):
                return "served by a compromise"
            if hall_of(show_id).vacancies.count < size:
                return "full"
        except Busy:
            return "refused"


def naively(buyer: Asker, show_id: int, size: int) -> str:
    """Choose the best free block and try to hold it, once."""
    hall = hall_of(show_id)
    block = hall.best(Wanted(size))
    if block is None:
        return "full" if hall.vacancies.count < size else "refused"
    try:
        seat_ids = tuple(seat.id for seat in hall.seats(block))
        reservations.hold(buyer, SeatChoice(seat_ids=seat_ids, show_id=show_id), minutes=20)
    except Refusal:
        return "refused"
    return "served"


def tell(scene: Scene, name: str, show_id: int, counted: Counter[str], seconds: float) -> None:
    """Print a line, and fail if a seat was sold twice."""
    [sold] = scene.rows(
        "SELECT count(*) AS live, count(DISTINCT seat_id) AS seats FROM reservations "
        "WHERE show_id = %s AND status IN ('HELD','CONFIRMED')",
        show_id,
    )
    assert sold["live"] == sold["seats"] == counted["seats"], "a seat was sold twice, or for nothing"
    served = counted["served"] + counted["served by a compromise"]
    asked = served + counted["refused"]
    print(
        f"{name:15} fulfilment {served / asked:7.2%} ({served:,} parties of {asked:,}, "
        f"{counted['served by a compromise']:,} by a compromise); {sold['seats']:,} of {SEATS:,} seats sold "
        f"in {seconds:.1f} s: {sold['seats'] / seconds:,.0f} seats/s, {served / seconds:,.0f} parties/s; "
        f"{counted['tries'] / max(1, counted['served']) if name != 'naive' else 1:.2f} tries for each block; "
        f"{counted['waited'] / 1e3 / max(1, asked + counted['full']):.0f} ms an answer"
    )


def _accept(buyer: Asker, refusal: NoneTogether, size: int) -> bool:
    for offer in refusal.offers:
        if len(offer.seats) != size:
            continue
        try:
            chosen.hold(buyer, SeatChoice(seat_ids=offer.seat_ids, show_id=offer.show_id), minutes=20)
        except Refusal:
            continue
        return True
    return False


def _count_tries(counted: Counter[str], lock: Lock) -> None:
    take = reservations.take

    def counting(*arguments: object, **more: object) -> object:
        with lock:
            counted["tries"] += 1
        return take(*arguments, **more)  # type: ignore[arg-type]

    reservations.take = counting  # type: ignore[assignment]


if __name__ == "__main__":
    main()
