"""The words in the parts of a large hall seen from above: where they fit, and how large."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from webapp.services.seat_maps import Part

Outline = Sequence[tuple[float, float]]

UNIT = 10  # of the drawing, to a pitch
DRAWN = 800  # px: about how wide a hall is drawn on a screen
ON_A_PHONE = 370
LEAST = 9  # px: what is smaller cannot be read
MOST = 24
MOST_OF_A_NUMBER = 11  # alone in a narrow part it would be louder than its neighbours' names
LETTER, DIGIT, LINE = 0.68, 0.64, 1.08  # of the size of the letters: how wide they are, and how high a line
FILLED = 0.92  # as much of a part's breadth as words may take
STEP = 0.92
MANY = 12  # parts, from which on they are told in groups


@dataclass(frozen=True, slots=True)
class Label:
    """Words centred on `x`, in units of the drawing: lines with their heights, and where the seats left are told.

    `is_fine` says that they are too small for a phone.
    """

    x: int
    size: int
    lines: Sequence[tuple[str, int]]
    left_at: int | None
    is_fine: bool


def label_of(part: Part, hall_width: float) -> Label | None:
    """The name of the part with the seats left in it, or as much of the name as can be read; None if nothing can."""
    outline = [(x * UNIT, y * UNIT) for x, y in part.outline]
    px = hall_width * UNIT / DRAWN
    count = str(part.seat_count)
    last = part.name.rsplit(" ", 1)[-1]
    names = [[part.name], part.name.rsplit(" ", 1), [last]]
    for lines in [[*name, count] for name in names[:2]] + names[:2] + [[last, count], [last]]:
        most = MOST_OF_A_NUMBER if lines[0] is last else MOST
        size = _largest(outline, lines, LEAST * px, most * px)
        if size:
            return _placed(outline, lines, size, counts=lines[-1] is count, px=px, hall_width=hall_width)
    return None


def grouped(parts: Sequence[Part]) -> Iterator[tuple[str | None, Sequence[Part]]]:
    """The parts in their order by how their names begin, "Lower" of "Lower 12"; all in one if that says little."""
    groups = [(name, list(group)) for name, group in groupby(parts, _beginning)]
    if len(parts) < MANY or any(not name or len(group) < 3 for name, group in groups):
        yield None, parts
    else:
        yield from groups


def _beginning(part: Part) -> str:
    return part.name.rpartition(" ")[0]


def _placed(
    outline: Outline, lines: Sequence[str], size: float, *, counts: bool, px: float, hall_width: float
) -> Label:
    left, right, middle = _room(outline, size * LINE * len(lines))
    heights = [round(middle + (at - (len(lines) - 1) / 2) * size * LINE) for at in range(len(lines))]
    named = list(zip(lines, heights, strict=True))
    return Label(
        x=round((left + right) / 2),
        size=round(size),
        lines=named[:-1] if counts else named,
        left_at=heights[-1] if counts else None,
        is_fine=size * ON_A_PHONE / (hall_width * UNIT) < LEAST,
    )


def _largest(outline: Outline, lines: Sequence[str], least: float, most: float) -> float | None:
    """The largest size between the two at which the lines fit in the outline."""
    breadth = max(len(line) * (DIGIT if line.isdigit() else LETTER) for line in lines)
    size = most
    while size >= least:
        left, right, _ = _room(outline, size * LINE * len(lines))
        if breadth * size <= (right - left) * FILLED:
            return size
        size *= STEP
    return None


def _room(outline: Outline, height: float) -> tuple[float, float, float]:
    """From where to where, over so much height around the outline's centre, all is within; and how high that is."""
    x, y = _centre(outline)
    chords = [_chord(outline, x, y + by * height / 2) for by in (-1, 0, 1)]
    return max(left for left, _ in chords), min(right for _, right in chords), y


def _chord(outline: Outline, x: float, y: float) -> tuple[float, float]:
    """From where to where the outline is crossed at the height y: there where x is, else the nearest."""
    crossings = sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for (x1, y1), (x2, y2) in _edges(outline)
        if min(y1, y2) <= y < max(y1, y2)
    )
    chords = list(zip(crossings[::2], crossings[1::2], strict=False))
    return min(chords, key=lambda chord: max(chord[0] - x, x - chord[1], 0), default=(x, x))


def _centre(outline: Outline) -> tuple[float, float]:
    """The centre of the outline's area."""
    crosses = [((x1, y1), (x2, y2), x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in _edges(outline)]
    area = sum(cross for _, _, cross in crosses) * 3
    if not area:
        return outline[0]
    return (
        sum((one[0] + other[0]) * cross for one, other, cross in crosses) / area,
        sum((one[1] + other[1]) * cross for one, other, cross in crosses) / area,
    )


def _edges(outline: Outline) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    return zip(outline, [*outline[1:], outline[0]], strict=True)
