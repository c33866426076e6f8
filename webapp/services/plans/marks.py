"""What organizers may write behind a name or a number to say for whom a seat is: `Stalls [wheelchair]`, `12 [c]`.

In square brackets, parted by commas: wheelchair (or w), companion (or c), step-free (or s), not step-free, ordinary.
Places for wheelchairs and companions are step-free unless it says otherwise.
"""

import re
from dataclasses import dataclass
from typing import Literal, Self

from webapp.services.plans.oddities import Oddities
from webapp.services.plans.places import Place
from webapp.services.plans.plan import Accessibility
from webapp.services.plans.texts import quoted
from webapp.services.plans.wording import accessibility_of

_Kind = Accessibility | Literal["ordinary"]

_KINDS: dict[str, _Kind] = {
    "wheelchair": "wheelchair",
    "w": "wheelchair",
    "companion": "companion",
    "c": "companion",
    "ordinary": "ordinary",
}
_STEPS = {"step-free": True, "s": True, "not step-free": False}
_AT_THE_END = re.compile(r"(?P<name>.*\S)\s*\[(?P<words>[^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Marks:
    """What was said of a seat; None is what was not said."""

    kind: _Kind | None = None
    step_free: bool | None = None

    def over(self, others: Self) -> "Marks":
        """These, and of the others what these do not say."""
        return Marks(self.kind or others.kind, others.step_free if self.step_free is None else self.step_free)

    @property
    def accessibility(self) -> Accessibility | None:
        """For whom the seat is."""
        return None if self.kind == "ordinary" else self.kind

    @property
    def is_step_free(self) -> bool:
        """Whether the seat is reached without a step."""
        return self.accessibility is not None if self.step_free is None else self.step_free


UNMARKED = Marks()


def read_marks(words: str) -> Marks | None:
    """What stands between the brackets, None when it is anything else, or says two things at once."""
    kind: _Kind | None = None
    step_free = None
    for word in words.casefold().split(","):
        word = " ".join(word.split())
        if word in _KINDS and kind in (None, _KINDS[word]):
            kind = _KINDS[word]
        elif word in _STEPS and step_free in (None, _STEPS[word]):
            step_free = _STEPS[word]
        else:
            return None
    return Marks(kind, step_free)


def take_marks(name: str) -> tuple[str, Marks | None]:
    """A name without the marks at its end, and these; a name that has none is left as it is."""
    found = _AT_THE_END.fullmatch(name)
    marks = read_marks(found["words"]) if found else None
    return (found["name"], marks) if found and marks else (name, None)


def with_marks(name: str, marks: Marks) -> str:
    """The name with these marks at its end, as `take_marks` takes them."""
    steps = "" if marks.step_free is None else "step-free" if marks.step_free else "not step-free"
    words = ", ".join(filter(None, (marks.kind, steps)))
    return f"{name} [{words}]"


def settle_accessibility(place: Place, marks: Marks, oddities: Oddities) -> None:
    """Settle for whom a place is: as the marks say, else as the name of its category does, which is reported."""
    if marks.kind is None and (kind := accessibility_of(place.category)):
        what = "place for a wheelchair" if kind == "wheelchair" else "seat for a companion"
        oddities.note(
            "seat", f"read as a {what}, by the name of its category", f"{quoted(place.category)}: {place.source}"
        )
        marks = Marks(kind, marks.step_free)
    place.accessibility, place.step_free = marks.accessibility, marks.is_step_free


def category_with(category: str, accessibility: Accessibility | None, *, step_free: bool) -> str:
    """The category's name, with the marks without which it would not say this of its seats."""
    _, in_name = take_marks(category)
    by_name = accessibility_of(category)
    usual = accessibility is not None
    if in_name is None and by_name == accessibility and step_free == usual:
        return category
    kind: _Kind | None = accessibility or ("ordinary" if by_name or step_free == usual else None)
    return with_marks(category, Marks(kind, None if step_free == usual else step_free))
