"""The lines that a process keeps, each made once whoever else asks for it."""

from collections import OrderedDict
from concurrent.futures import Future
from threading import Lock

from webapp.services.aside import aside
from webapp.services.offers.line import Line
from webapp.services.seat_maps import Chart

MOST_SEATS_KEPT = 200_000

# By the identity of the chart, which its line keeps from being used again.
_lines: OrderedDict[int, tuple[Chart, Future[Line]]] = OrderedDict()
_lock = Lock()


def line_of(chart: Chart) -> Line:
    """The seats of the chart in one line."""
    with _lock:
        kept = _lines.get(id(chart))
        if kept is None:
            mine: Future[Line] = Future()
            _lines[id(chart)] = (chart, mine)
            _forget_the_least_used()
        else:
            _lines.move_to_end(id(chart))
    if kept is not None:
        return kept[1].result()
    try:
        line = aside(lambda: Line(chart))
    except BaseException as error:
        with _lock:
            _lines.pop(id(chart), None)
        mine.set_exception(error)
        raise
    mine.set_result(line)
    return line


def _forget_the_least_used() -> None:
    while len(_lines) > 1 and sum(len(chart.seats) for chart, _ in _lines.values()) > MOST_SEATS_KEPT:
        _lines.popitem(last=False)
