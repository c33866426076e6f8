"""One's shows as their page lists them: by what is to be done about them, those of one series together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from webapp.services.shows import Show


@dataclass(frozen=True)
class Group:
    """The shows in one state; those of a series stand together, in the place of its first."""

    name: str
    title: str
    series: Sequence[Sequence[Show]]

    @property
    def count(self) -> int:
        """How many shows these are."""
        return sum(map(len, self.series))


TITLES = {"drafts": "Drafts", "announced": "On sale, or about to be", "past": "Past", "cancelled": "Cancelled"}


def grouped(shows: Iterable[Show]) -> Sequence[Group]:
    """The groups that have shows: what is ahead soonest first, what is over latest first."""
    by_state: dict[str, list[Show]] = {name: [] for name in TITLES}
    for show in shows:
        by_state[_state(show)].append(show)
    return [Group(name, TITLES[name], _series(name, found)) for name, found in by_state.items() if found]


def _state(show: Show) -> str:
    if show.cancelled_at:
        return "cancelled"
    if not show.published_at:
        return "drafts"
    return "past" if show.closed == "begun" else "announced"


def _series(name: str, shows: Sequence[Show]) -> Sequence[Sequence[Show]]:
    is_over = name in {"past", "cancelled"}
    ordered = sorted(shows, key=lambda show: (show.starts_at, show.id), reverse=is_over)
    first: dict[int, int] = {}
    for place, show in enumerate(ordered):
        first.setdefault(_series_of(show), place)
    together = sorted(ordered, key=lambda show: first[_series_of(show)])
    return [list(those) for _, those in groupby(together, key=_series_of)]


def _series_of(show: Show) -> int:
    return show.series_id or show.id
