"""What the seats of an editor's plan are told apart by, beside their place: the category and the plan's own id."""

from typing import Any

from webapp.services.plans.editor.curiosities import Curiosities
from webapp.services.plans.editor.json_values import objects, text_if_any, text_of
from webapp.services.plans.marks import UNMARKED, Marks, take_marks
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.plan import PlanCategory, PlanUnusable
from webapp.services.plans.texts import LONGEST_CATEGORY, LONGEST_ID, quoted

MOST_CATEGORIES = 200
# A category's name may have marks behind it, as in `Stalls [wheelchair]`.
_LONGEST_MARKED = LONGEST_CATEGORY + 40


class PlanCategories:
    """The categories of a plan by name, in the order in which the file first names them."""

    def __init__(self, listed: Any, curiosities: Curiosities, oddities: Oddities) -> None:
        self._oddities = oddities
        self._categories: dict[str, PlanCategory] = {}
        self._listed: set[str] = set()
        self._used: set[str] = set()
        self._meant: dict[str, tuple[str, Marks]] = {}
        for rank, category in enumerate(objects(listed, "The categories"), start=1):
            self._list(category, f"category {rank}")
            curiosities.look_at("category", category)
            curiosities.look_at_colours(category, f"category {rank}")

    def _list(self, category: dict[str, Any], where: str) -> None:
        written = text_of(category.get("name"), _LONGEST_MARKED, "name", where, self._oddities)
        if written is None:
            self._oddities.note("category", "without a name, left out", where)
            return
        name, _ = self._take_marks(written)
        if written in self._listed:
            self._oddities.note("category", "listed again; the first of that name was kept", quoted(written))
        self._listed.add(written)
        if name not in self._categories:
            self._add(PlanCategory(name=name), where)

    def _add(self, category: PlanCategory, where: str) -> None:
        if len(self._categories) >= MOST_CATEGORIES:
            raise PlanUnusable(
                f"The plan has more than {MOST_CATEGORIES} categories, the last with {where}.", seat=where
            )
        self._categories[category.name] = category

    def _take_marks(self, written: str) -> tuple[str, Marks]:
        """The category that a name means, and what is said behind it of whom its seats are for."""
        if written not in self._meant:
            name, marks = take_marks(written)
            if marks:
                self._oddities.note(
                    "category", "read as another one whose seats are so marked", f"{quoted(written)} as {quoted(name)}"
                )
            self._meant[written] = name, marks or UNMARKED
        return self._meant[written]

    def of(self, seat: dict[str, Any], where: str) -> tuple[str | None, Marks]:
        """The name of a seat's category, which is added when the file does not list it, and what is said with it."""
        written = text_of(seat.get("category"), _LONGEST_MARKED, "category", where, self._oddities)
        if written is None:
            self._oddities.note("seat", "without a category", where)
            return None, UNMARKED
        name, marks = self._take_marks(written)
        if name not in self._categories:
            self._add(PlanCategory(name=name), where)
            self._oddities.note("category", "that seats have but the plan does not list; added", quoted(name))
        self._used.add(name)
        return name, marks

    def note_unused(self) -> None:
        """Report the categories that no seat has."""
        for name in self._categories:
            if name not in self._used:
                self._oddities.note("category", "without a seat", quoted(name))

    def all(self) -> list[PlanCategory]:
        """Return all categories, also those without a seat."""
        return list(self._categories.values())


class PlanIds:
    """The plan's own ids of its seats, none given twice: the seat_guid, or the uuid where the guid repeats."""

    def __init__(self, oddities: Oddities) -> None:
        self._oddities = oddities
        self._taken: set[str] = set()

    def of(self, seat: dict[str, Any], where: str) -> str | None:
        """Return the id to keep beside a seat, None when the plan has none that is its own."""
        guid = text_if_any(seat.get("seat_guid"), LONGEST_ID, "seat_guid", where, self._oddities)
        uuid = text_if_any(seat.get("uuid"), LONGEST_ID, "uuid", where, self._oddities)
        chosen = next((own for own in (guid, uuid) if own and own not in self._taken), None)
        if chosen is None:
            self._oddities.note("seat", "without an id of its own in the plan; none was kept", where)
            return None
        if chosen != guid:
            reason = "with the seat_guid of an earlier one" if guid else "without a seat_guid"
            self._oddities.note("seat", f"{reason}; the uuid was kept instead", where)
        self._taken.add(chosen)
        return chosen
