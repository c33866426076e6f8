"""A show's list of 100,000 reservations beside ever more of other shows: `python -m bench.views.box_office`.

Each question is asked through the service on a warm connection, in turns, first with one other show of that size and
then with five. The baseline is the first page of everything. What counts is the last column: that others' data cost
nothing.
"""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

import psycopg

from bench.stage import show_in, staged
from bench.stage.halls import hall_plan
from bench.stage.histories import Past, play
from tests.scenes import Scene
from webapp.services import box_office
from webapp.services.asker import Asker
from webapp.services.box_office import Wanted
from webapp.services.shows import Show

SEATS, HOLDS = 25_000, 4
ROUNDS = 12
BUYERS = 40_000
# Shows as large as this one, whose past lies among its own.
OTHERS = (1, 5)

# Everybody has bought a little, so that names are many.
PEOPLE = """
INSERT INTO users (name, email, phone_number)
SELECT (ARRAY['Anna','Bert','Cleo','Dora','Emil','Frida','Gus','Hanna'])[1 + n %% 8] || ' '
       || (ARRAY['Smith','Virtanen','Korhonen','Nguyen','Garcia','Novak','Larsen'])[1 + (n / 8) %% 7] || n,
       'user' || n || '@example.net', '+1555' || n
FROM generate_series(1, %s) AS n
"""
GIVE = """
UPDATE reservations
SET user_id = people.id
FROM (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
    FROM users
    WHERE email LIKE 'user%@example.net'
) AS people
WHERE people.place = hashint8(reservations.id) & 32767
"""


def main() -> None:
    """Measure and print."""
    for others in OTHERS:
        with staged() as scene:
            show, organizer = _filled(scene, others)
            _print(others, _measured(_questions(show, organizer)))


def _filled(scene: Scene, others: int) -> tuple[Show, Asker]:
    organizer = scene.user("Olga Organizer")
    all_shows = [show_in(scene, hall_plan(SEATS)) for _ in range(others + 1)]
    play(scene, [show.id for show in all_shows], Past(holds=HOLDS))
    with scene.history() as connection:
        connection.execute(PEOPLE, (BUYERS,))
        connection.execute(GIVE)
        connection.execute("UPDATE shows SET organizer_id = %s WHERE id = %s", (organizer.id, all_shows[0].id))
    with psycopg.connect(scene.database.superuser_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return all_shows[0], organizer


def _questions(show: Show, organizer: Asker) -> Mapping[str, Callable[[], object]]:
    def find(**wanted: str) -> Callable[[], object]:
        return lambda: box_office.find(organizer, show.id, Wanted(**wanted), limit=50)

    smith = Wanted(search="smith")
    [*_, last] = box_office.find(organizer, show.id, limit=50)
    return {
        "the first page": find(),
        "a later page": lambda: box_office.find(organizer, show.id, limit=50, before=last.id),
        "one status": find(status="CONFIRMED"),
        "a status that none has": find(status="HELD"),
        "a category": find(category="Balcony"),
        "a name that many have": find(search="smith"),
        "a name that nobody has": find(search="nobody of this name"),
        "a seat": find(search="A12"),
        "the counts": lambda: box_office.counts(organizer, show.id),
        "the counts of a search": lambda: box_office.counts(organizer, show.id, smith),
        "a search with its counts": lambda: box_office.page_with_counts(
            organizer, show.id, Wanted(search="smith"), limit=50
        ),
    }


def _measured(questions: Mapping[str, Callable[[], object]]) -> Mapping[str, float]:
    seconds: dict[str, list[float]] = {name: [] for name in questions}
    for _ in range(ROUNDS):
        for name, ask in questions.items():
            begun = perf_counter()
            ask()
            seconds[name].append(perf_counter() - begun)
    return {name: median(times[ROUNDS // 4 :]) for name, times in seconds.items()}


_first: dict[str, float] = {}


def _print(others: int, measured: Mapping[str, float]) -> None:
    base = measured["the first page"]
    print(f"\n{SEATS * HOLDS:,} reservations, {others} other show{'s' if others > 1 else ''} of as many")
    print(f"{'question':26} {'median ms':>9} {'x a page':>9} {'x ' + str(OTHERS[0]) + ' other':>9}")
    for name, middle in measured.items():
        _first.setdefault(name, middle)
        print(f"{name:26} {middle * 1000:9.1f} {middle / base:9.1f} {middle / _first[name]:9.2f}")


if __name__ == "__main__":
    main()
