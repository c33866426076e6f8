"""What stands beside each handler of v1: what it takes and gives, to whom, and how it says no."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

Handler = TypeVar("Handler", bound=Callable[..., Any])

# For whom a call is, in the words of the table in docs/API.md.
Who = Literal[
    "anyone",
    "whoever has the token",
    "a user",
    "a user who has the token",
    "that user",
    "its user",
    "its owner",
    "the venue's owner",
    "those who run it",
    "those who run them",
    "its organizer",
    "its organizer, or that manager",
]
WITHOUT_TOKEN: frozenset[Who] = frozenset({"anyone", "whoever has the token"})
# Others may know that it is there, and are told that it is not theirs.
NOT_EVERYBODYS: frozenset[Who] = frozenset(
    {"that user", "those who run it", "those who run them", "its organizer", "its organizer, or that manager"}
)


@dataclass(frozen=True)
class Call:
    """One call of v1; put beside its handler, it is what that is known as.

    `name` is its name in programs, for ever. `takes` is the schema of its body, `asks` that of its query; `gives` has
    the type of each good answer by its status, None for no body. `refuses` are the slugs of the problems that are its
    own. A new thing has its address in `Location` where the call is `located`; what `revalidates` has an `ETag`,
    what `follows_editions` heeds `If-Match`, and what `names_changes` says in `Changes` where they are told. What
    `streams` goes on as events for those who accept such a stream.
    `choices` are the values that a name in the path may have.
    """

    name: str
    _: KW_ONLY
    who: Who
    gives: Mapping[int, Any]
    takes: type[BaseModel] | None = None
    asks: type[BaseModel] | None = None
    refuses: Sequence[str] = ()
    located: bool = False
    revalidates: bool = False
    follows_editions: bool = False
    names_changes: bool = False
    streams: bool = False
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __call__(self, handler: Handler) -> Handler:
        """Remember that this is what the handler is."""
        _calls[handler] = self
        return handler


_calls: dict[Callable[..., Any], Call] = {}


def call_of(handler: Callable[..., Any]) -> Call:
    """What was said of the handler; raises `LookupError` where nothing was."""
    try:
        return _calls[handler]
    except KeyError:
        raise LookupError(f"{handler.__module__}.{handler.__qualname__} needs a @Call beside it") from None
