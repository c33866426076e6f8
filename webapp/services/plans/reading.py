"""The door of the reading room: a file comes in, a plan or one clear sentence goes out."""

from pathlib import PurePath

from webapp.services.plans.editor import read_editor_plan
from webapp.services.plans.numbering import number_seats
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.places import FoundPlan
from webapp.services.plans.plan import Plan, PlanUnusable
from webapp.services.plans.sheets import read_sheet

# The editor writes some 360 bytes for a seat, so that the largest plan has 36 MB; most are well below 5 MB.
LARGEST_FILE = 40_000_000

_OTHER_FORMATS = {
    b"PK\x03\x04": "a spreadsheet or zip archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a gzip archive",
}


def read_plan(filename: str, data: bytes) -> Plan:
    """Read a seating plan, CSV or the pretix editor's JSON, deciding by what is in the file.

    Everything that was changed, left out or looks wrong is said in the plan's `oddities` and `renumbered`. Raises
    PlanUnusable when nothing of the file can be used; its sentence says which line or seat and why.
    """
    oddities = Oddities()
    text = decode(data, oddities)
    if speaks_editor(text) or PurePath(filename).suffix.lower() == ".json":
        return _numbered(read_editor_plan(text, oddities), oddities)
    return _numbered(read_sheet(text, oddities), oddities)


def read_editor_text(text: str) -> Plan:
    """Read a plan of the pretix editor whose text is known. Raises PlanUnusable."""
    oddities = Oddities()
    return _numbered(read_editor_plan(text, oddities), oddities)


def speaks_editor(text: str) -> bool:
    """Whether a text begins as the JSON of the pretix editor does."""
    return text.lstrip()[:1] in ("{", "[")


def _numbered(found: FoundPlan, oddities: Oddities) -> Plan:
    seats, renumbered = number_seats(found.places, oddities)
    return Plan(
        name=found.name,
        seats=seats,
        categories=found.categories,
        areas=found.areas,
        oddities=oddities.sentences(),
        renumbered=renumbered,
    )


def decode(data: bytes, oddities: Oddities) -> str:
    """The text of a file. Raises PlanUnusable for what is none, is empty or too large."""
    if len(data) > LARGEST_FILE:
        raise PlanUnusable(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.")
    if not data.strip():
        raise PlanUnusable("The file is empty.")
    for start, format_name in _OTHER_FORMATS.items():
        if data.startswith(start):
            raise PlanUnusable(f"The file is {format_name}. Save the plan as CSV with zone, row, start and end.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_as("utf-16", data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decode_as("cp1252", data)
    oddities.note(
        "file", "not in UTF-8, read as Western European; look at letters with accents", "Windows-1252 or Latin-1"
    )
    return text


def _decode_as(encoding: str, data: bytes) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise PlanUnusable("The file is no text that can be read. Save it in UTF-8.") from None
