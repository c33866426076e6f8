"""Charts that are kept, the least used forgotten first, each made once whoever else asks for it meanwhile."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock

from webapp.services.seat_maps.chart import Chart

Key = tuple[int, int]


class ChartShelf:
    """Charts of at most `most_seats` seats in all, but always the one asked for last."""

    def __init__(self, most_seats: int) -> None:
        self._most_seats = most_seats
        self._charts: OrderedDict[Key, Chart] = OrderedDict()
        self._in_the_making: dict[Key, Future[Chart]] = {}
        self._lock = Lock()

    def get(self, show_id: int, version: int) -> Chart | None:
        """The chart, if it is kept."""
        with self._lock:
            return self._find((show_id, version))

    def get_or_make(self, show_id: int, version: int, make: Callable[[], Chart]) -> Chart:
        """The chart, made by the first who asks while all others wait for it; `make` may find a later version."""
        key = (show_id, version)
        with self._lock:
            if found := self._find(key):
                return found
            awaited = self._in_the_making.get(key)
            if awaited is None:
                mine: Future[Chart] = Future()
                self._in_the_making[key] = mine
        if awaited is not None:
            return awaited.result()
        try:
            chart = make()
        except BaseException as error:
            self._done(key)
            mine.set_exception(error)
            raise
        self._done(key, chart)
        mine.set_result(chart)
        return chart

    def _find(self, key: Key) -> Chart | None:
        found = self._charts.get(key)
        if found is not None:
            self._charts.move_to_end(key)
        return found

    def _done(self, key: Key, chart: Chart | None = None) -> None:
        with self._lock:
            del self._in_the_making[key]
            if chart is None:
                return
            self._charts[chart.show_id, chart.version] = chart
            self._charts.move_to_end((chart.show_id, chart.version))
            while len(self._charts) > 1 and sum(len(kept.seats) for kept in self._charts.values()) > self._most_seats:
                self._charts.popitem(last=False)
