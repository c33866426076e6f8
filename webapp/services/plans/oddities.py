"""Collects what is odd in a plan: one sentence for each kind, however many seats share it."""

from dataclasses import dataclass, field

_EXAMPLES = 3


@dataclass
class _Kind:
    count: int = 0
    examples: list[str] = field(default_factory=list)


class Oddities:
    """Remembers every oddity by its kind, in the order in which the kinds were first met."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str], _Kind] = {}

    def note(self, thing: str, oddly: str, example: str) -> None:
        """Count one more `thing` ("seat", "row" …) that is `oddly` so, `example` being its name.

        `oddly` follows the noun in the singular and plural alike: "without a position; put last".
        """
        kind = self._kinds.setdefault((thing, oddly), _Kind())
        kind.count += 1
        if len(kind.examples) < _EXAMPLES:
            kind.examples.append(example)

    def sentences(self) -> list[str]:
        """Say each kind once, as "3 seats without a position; put last (these)." """
        return [_say(thing, oddly, kind) for (thing, oddly), kind in self._kinds.items()]


def _say(thing: str, oddly: str, kind: _Kind) -> str:
    such_as = "" if kind.count == len(kind.examples) else "such as "
    return f"{counted(kind.count, thing)} {oddly} ({such_as}{'; '.join(kind.examples)})."


def counted(count: int, thing: str) -> str:
    """Put a number before its noun: `1 seat`, `1,563 seats`, `2 categories`."""
    if count == 1:
        return f"1 {thing}"
    return f"{count:,} {thing[:-1]}ies" if thing.endswith("y") else f"{count:,} {thing}s"
