"""The whole list of 50,000 seats, as fast as the database can write it: `python -m bench.views.snapshots`.

The baseline is what PostgreSQL itself is asked to do: the same members, made to JSON by its own functions, as one value
by json_agg, and by COPY to a client that throws them away. In turns with these: what the services read, and the answers
of the application with all that is around a request, as they are and packed. And what it takes a client that has the
list to hear that it is still true, and what has changed since.
"""

import sys
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

import psycopg
from flask import Response
from flask.testing import FlaskClient

from bench.report.figure import Figure
from bench.report.tables import show as print_figures
from bench.stage import sell_half, show_in, staged
from tests.scenes import Scene
from webapp.services import seat_maps, seating
from webapp.services.demo.stadium import stadium_plan
from webapp.services.shows import Show

SEATS = 50_000
ROUNDS = 12

AVAILABILITY = """
SELECT json_strip_nulls(json_build_object(
           'seat_id', seats.id,
           'seat_number', seats.seat_number,
           'status', coalesce(reservations.status, 'AVAILABLE'),
           'hold_expiry', CASE WHEN reservations.status = 'HELD' THEN reservations.hold_expiry END
       ))
FROM seats
LEFT JOIN reservations ON reservations.seat_id = seats.id
                      AND reservations.status IN ('HELD','CONFIRMED')
                      AND (reservations.status = 'CONFIRMED' OR reservations.hold_expiry > statement_timestamp())
WHERE seats.show_id = {show_id}
ORDER BY seats.id
"""
SEAT_LIST = """
SELECT row_to_json(seat)
FROM (
    SELECT seats.id, seats.show_id, seats.seat_number, seats.section, seats.row, seats.number,
           categories.name AS category, categories.price, seats.accessibility, seats.step_free
    FROM seats
    JOIN categories ON categories.id = seats.category_id
    WHERE seats.show_id = {show_id}
    ORDER BY seats.id
) AS seat
"""


# As one value, which a client is given as text.
AGGREGATE = "SELECT CAST(json_agg(member) AS text) AS json FROM ({members}) AS listed (member)"


def measure(*, is_short: bool = False) -> list[Figure]:
    """The figures."""
    figures: list[Figure] = []
    with staged() as scene:
        show = show_in(scene, stadium_plan(SEATS))
        sell_half(scene, show)
        with psycopg.connect(scene.database.superuser_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        for path, baseline, service in (
            ("availability", AVAILABILITY, lambda: seat_maps.availability(show.id).json),
            ("seats", SEAT_LIST, lambda: seating.written_seats(show.id).json),
        ):
            measured = _measured(_ways(scene, show, path, baseline, service), ROUNDS // 2 if is_short else ROUNDS)
            figures += _figures(f"{path} of {SEATS:,} seats", measured)
    return figures


def _ways(
    scene: Scene, show: Show, path: str, baseline: str, service: Callable[[], bytes]
) -> Mapping[str, Callable[[], int]]:
    """The ways to the list; each gives its bytes."""
    client = FlaskClient(scene.app, Response)

    def copied() -> int:
        with scene.connected() as connection, connection.cursor() as cursor:
            copy = f"COPY ({baseline.format(show_id=show.id)}) TO STDOUT"
            with cursor.copy(copy.encode()) as rows:
                return sum(len(row) for row in rows)

    def asked(packed: str | None) -> Callable[[], int]:
        headers = {"Accept-Encoding": packed} if packed else {}
        return lambda: len(client.get(f"/v1/shows/{show.id}/{path}", headers=headers).data)

    def aggregated() -> int:
        whole = AGGREGATE.format(members=baseline.format(show_id=show.id))
        return len(scene.rows(whole)[0]["json"])

    tag = client.get(f"/v1/shows/{show.id}/{path}").headers["ETag"]
    cursor = seat_maps.changes(show.id, None).cursor
    return {
        "COPY": copied,
        "json_agg": aggregated,
        "the service": lambda: len(service()),
        "the answer": asked(None),
        "the answer by zstd": asked("zstd"),
        "the answer by br": asked("br"),
        "the answer by deflate": asked("deflate"),
        "its first 1,000": lambda: len(client.get(f"/v1/shows/{show.id}/{path}?limit=1000").data),
        "it is still true": lambda: _not_modified(client, f"/v1/shows/{show.id}/{path}", tag),
        "what changed since": lambda: len(client.get(f"/v1/shows/{show.id}/changes?since={cursor}").data),
    }


def _not_modified(client: FlaskClient, path: str, tag: str) -> int:
    answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    return len(answer.data)


def _measured(ways: Mapping[str, Callable[[], int]], rounds: int) -> Mapping[str, tuple[float, int]]:
    """The median seconds and the bytes of each way, in turns."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    sizes: dict[str, int] = {}
    for _ in range(rounds):
        for name, go in ways.items():
            begun = perf_counter()
            sizes[name] = go()
            seconds[name].append(perf_counter() - begun)
    return {name: (median(times[rounds // 4 :]), sizes[name]) for name, times in seconds.items()}


def _figures(path: str, measured: Mapping[str, tuple[float, int]]) -> list[Figure]:
    copy, _ = measured["COPY"]
    aggregate, _ = measured["json_agg"]
    answer, size = measured["the answer"]
    against = Figure(f"{path}: the answer", 1000 * answer, "ms", answer / aggregate, "json_agg, fetched", most=1.2)
    return [
        against,
        Figure(f"{path}: its size", size / 1000, "kB"),
        *(
            Figure(f"{path}: {name}", 1000 * middle, "ms", middle / copy, "COPY as JSON")
            for name, (middle, _) in measured.items()
        ),
    ]


if __name__ == "__main__":
    print_figures("Lists of seats", measure(is_short="--short" in sys.argv))
