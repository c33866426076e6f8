"""Lists of shows cost what is on their page, however many shows there are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from tests.asked import statements_asked
from tests.scenes import Scene
from webapp.services import shows
from webapp.services.asker import Asker
from webapp.services.shows import Show

LISTS: Mapping[str, Callable[[Asker], Sequence[Show]]] = {
    "upcoming": lambda _: shows.upcoming(limit=2),
    "an organizer's": lambda organizer: shows.of_organizer(organizer, limit=2),
}


@pytest.mark.parametrize("name", LISTS)
def test_only_the_seats_of_shows_on_the_page_are_counted(scene: Scene, name: str) -> None:
    organizer = scene.user()
    for _ in range(5):
        scene.show(organizer)
    with statements_asked() as asked:
        page = LISTS[name](organizer)
    [(statement, parameters)] = asked
    with scene.connected() as connection:
        [row] = connection.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}", parameters)
    [explained] = row["QUERY PLAN"]
    assert len(page) == 2
    assert seats_counted(explained["Plan"]) == sum(show.seats for show in page)


def seats_counted(node: Mapping[str, Any]) -> int:
    """How many rows the plan counts; by other names it looks at seats to see which categories are offered."""
    counted = round(node["Actual Rows"] * node["Actual Loops"]) if node.get("Alias") == "all_seats" else 0
    return counted + sum(map(seats_counted, node.get("Plans", ())))
