"""Where in the text of a JSON document its parts stand, so that one can be changed and all others stay as written.

The text must be JSON that has been read before.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from json import JSONDecoder
from typing import Any, TypeAlias

# What is looked for: the entries of an object, the items of a list, or a value as a whole.
Shape: TypeAlias = "Mapping[str, Shape] | Sequence[Shape] | None"

_BLANK = re.compile(r"[ \t\r\n]*")
_decode = JSONDecoder().raw_decode


@dataclass(slots=True)
class Part:
    """A value from `start` to `end` in the text, and what was looked for in it."""

    start: int
    end: int
    entries: "dict[str, Part]" = field(default_factory=dict)
    items: "list[Part]" = field(default_factory=list)
    is_list: bool = False

    def of(self, text: str) -> str:
        """The value as it is written."""
        return text[self.start : self.end]

    def value(self, text: str) -> Any:
        """The value."""
        return _decode(text, self.start)[0]


def find_parts(text: str, shape: Shape, at: int = 0) -> Part:
    """The value at a place of the text, with the parts of it that the shape names, where it has them."""
    at = _after_blank(text, at)
    if isinstance(shape, Mapping) and text[at] == "{":
        return _object(text, shape, at)
    if isinstance(shape, Sequence) and text[at] == "[":
        return _list(text, shape[0], at)
    return Part(at, _decode(text, at)[1])


def _object(text: str, shape: Mapping[str, Shape], start: int) -> Part:
    entries: dict[str, Part] = {}
    at = _after_blank(text, start + 1)
    while text[at] != "}":
        name, end = _decode(text, at)
        colon = _after_blank(text, end)
        entries[name] = find_parts(text, shape.get(name), colon + 1)
        at = _after_comma(text, entries[name].end)
    return Part(start, at + 1, entries=entries)


def _list(text: str, shape: Shape, start: int) -> Part:
    items: list[Part] = []
    at = _after_blank(text, start + 1)
    while text[at] != "]":
        items.append(find_parts(text, shape, at))
        at = _after_comma(text, items[-1].end)
    return Part(start, at + 1, items=items, is_list=True)


def _after_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _after_comma(text: str, at: int) -> int:
    at = _after_blank(text, at)
    return _after_blank(text, at + 1) if text[at] == "," else at


def with_entries(text: str, part: Part, changes: Mapping[str, str]) -> str:
    """The object with these entries, as JSON; those it has are changed where they stand, others put at its end."""
    pieces, at = [], part.start
    for name, entry in part.entries.items():
        if name in changes:
            pieces += [text[at : entry.start], changes[name]]
            at = entry.end
    last = next(reversed(part.entries.values()), None)
    end = last.end if last else part.start + 1
    pieces.append(text[at:end])
    # What stands before the first name stands before the new ones, too: a line's end, blanks or nothing.
    gap = text[part.start + 1 : _after_blank(text, part.start + 1)] if last else ""
    has_any = last is not None
    for name, value in changes.items():
        if name not in part.entries:
            pieces.append(f"{',' if has_any else ''}{gap or (' ' if has_any else '')}{_quoted(name)}: {value}")
            has_any = True
    pieces.append(text[end : part.end])
    return "".join(pieces)


def with_items(text: str, part: Part, items: Sequence[str]) -> str:
    """The list with these items, as JSON, parted as those it has."""
    if not part.items:
        return f"[{', '.join(items)}]"
    first, last = part.items[0], part.items[-1]
    lead, tail = text[part.start : first.start], text[last.end : part.end]
    if len(items) == len(part.items):
        gaps = [text[one.end : other.start] for one, other in zip(part.items, part.items[1:], strict=False)]
    else:
        gap = text[first.end : part.items[1].start] if len(part.items) > 1 else f",{lead[1:] or ' '}"
        gaps = [gap] * (len(items) - 1)
    inner = "".join(f"{item}{gap}" for item, gap in zip(items, [*gaps, ""], strict=True)) if items else ""
    return f"{lead}{inner}{tail}" if items else "[]"


def _quoted(name: str) -> str:
    return f'"{name}"'
