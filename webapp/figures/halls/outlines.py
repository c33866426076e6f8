"""The sections of a large hall as they are drawn: worked out once for each version of a plan, and kept."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import ref

from webapp.part_labels import Label, label_of
from webapp.services.aside import aside
from webapp.services.seat_maps import Chart, Part

MOST_KEPT = 50
# Units of a drawing to a pitch.
UNIT = 10


@dataclass(frozen=True, slots=True)
class Outline:
    """A section: its name, the points around it as SVG writes them, and where its name fits."""

    slug: str
    name: str
    points: str
    label: Label | None


# Of each show the last; with the chart they were made of, since a show may have a new one.
_kept: OrderedDict[int, tuple[ref[Chart], Sequence[Outline]]] = OrderedDict()
_lock = Lock()


def outlines_of(chart: Chart) -> Sequence[Outline]:
    """The outlines of all parts of the chart."""
    with _lock:
        made_of, kept = _kept.get(chart.show_id, (None, ()))
        if made_of and made_of() is chart:
            _kept.move_to_end(chart.show_id)
            return kept
    # Where its name fits in hundreds of ragged parts is looked for long enough to stall everybody else.
    outlines = aside(lambda: [_outline(part, chart.width) for part in chart.parts.values()])
    with _lock:
        _kept[chart.show_id] = (ref(chart), outlines)
        _kept.move_to_end(chart.show_id)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return outlines


def _outline(part: Part, hall_width: float) -> Outline:
    points = " ".join(f"{round(x * UNIT)},{round(y * UNIT)}" for x, y in part.outline)
    return Outline(part.slug, part.name, points, label_of(part, hall_width))
