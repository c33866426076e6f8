"""What a cell of a grid says: a name or number, behind it in brackets for whom the seat is, in braces its category."""

import re
from dataclasses import dataclass

from webapp.services.plans.marks import UNMARKED, Marks, read_marks
from webapp.services.plans.plan import PlanUnusable
from webapp.services.plans.texts import LONGEST_CATEGORY, LONGEST_SECTION, clean_text, quoted

# The sign for wheelchairs, which telephones write with an invisible one behind it.
_SIGN = re.compile("\N{WHEELCHAIR SYMBOL}\N{VARIATION SELECTOR-16}?")
_BEHIND = re.compile(r"(?P<text>.*?)\s*(?P<notes>(?:(?:\[[^\[\]{}]*\]|\{[^\[\]{}]*\})\s*)*)", re.DOTALL)
_NOTE = re.compile(r"\[[^\]]*\]|\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said of a seat, or of all seats of a row or section."""

    marks: Marks = UNMARKED
    category: str | None = None

    def over(self, others: "Notes") -> "Notes":
        """These, and of the others what these do not say."""
        return Notes(self.marks.over(others.marks), self.category or others.category)


NOTHING = Notes()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that has something in it: where it lies, counted from 0, its words, and what is said behind them."""

    column: int
    text: str
    notes: Notes


def read_cell(written: str, line: int, column: int) -> Cell | None:
    """The cell, None when nothing is in it. Raises PlanUnusable for brackets and braces that say nothing known."""
    if not written.strip():
        return None
    where = f"Line {line}, cell {column + 1}:"
    plain, signs = _SIGN.subn("", written)
    text = clean_text(plain, LONGEST_SECTION + LONGEST_CATEGORY, f"{where} the text", line=line) or ""
    notes = NOTHING
    if signs or not text.isalnum():
        text, noted = _apart(text, where, line)
        notes = _notes(["[w]"] * bool(signs) + noted, where, line)
    return Cell(column, text, notes) if text or notes != NOTHING else None


def _apart(text: str, where: str, line: int) -> tuple[str, list[str]]:
    """The words of a cell, and what stands in brackets behind them."""
    found = _BEHIND.fullmatch(text)
    if found is None or any(bracket in found["text"] for bracket in "[]{}"):
        raise PlanUnusable(
            f"{where} {quoted(text)} has a bracket out of place. Write what is said of a seat behind its number, "
            "as in 12 [wheelchair] or 12 {Balcony}.",
            line=line,
        )
    return found["text"], _NOTE.findall(found["notes"])


def _notes(noted: list[str], where: str, line: int) -> Notes:
    marks: Marks | None = None
    category: str | None = None
    for note in noted:
        if note.startswith("{") and category is None:
            category = clean_text(note[1:-1], LONGEST_CATEGORY, f"{where} the category", line=line)
        elif note.startswith("[") and marks is None:
            marks = read_marks(note[1:-1])
        else:
            raise PlanUnusable(f"{where} {quoted(note)} is said beside another of its kind. Write one.", line=line)
        if marks is None and category is None:
            raise PlanUnusable(
                f"{where} {quoted(note)} says nothing known of a seat. In square brackets stand wheelchair (or w), "
                "companion (or c), step-free (or s), not step-free, or ordinary; a category stands in braces, as in "
                "{Balcony}.",
                line=line,
            )
    return Notes(marks or UNMARKED, category)
