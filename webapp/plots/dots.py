"""Many places of one kind, drawn as one path: a dot is a line of no length with round ends."""

from collections.abc import Iterable


def dots_path(places: Iterable[tuple[float, float]], unit: float = 10) -> str:
    """The path of a dot at each place, in so many whole units for each of 1."""
    return "".join(f"M{round(x * unit)} {round(y * unit)}h0" for x, y in places)
