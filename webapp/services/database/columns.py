"""What the columns of an answer are, told to whoever looks.

psycopg finds out several things about each column as soon as it is asked for any. SQLAlchemy asks after every
statement, and wants to know no more than whether there are columns at all: what they are it has kept from the first
time.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, overload

from psycopg import Column, Cursor


class Columns(Sequence[Column]):
    """Columns of the current answer of a cursor, looked at when somebody asks for one, or how many there are."""

    def __init__(self, look: Callable[[], Sequence[Column]]) -> None:
        self._look = look

    @cached_property
    def _seen(self) -> Sequence[Column]:
        return self._look()

    def __len__(self) -> int:
        return len(self._seen)

    @overload
    def __getitem__(self, index: int) -> Column: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Column]: ...
    def __getitem__(self, index: int | slice) -> Column | Sequence[Column]:
        return self._seen[index]


class UnhurriedCursor(Cursor[Any]):
    """A cursor whose `description` is looked at only where it is needed; None, as ever, where there are no columns."""

    @property
    def description(self) -> Any:
        """The columns of the current answer."""
        if not (self.pgresult and self.pgresult.nfields):
            return super().description
        return Columns(lambda: super(UnhurriedCursor, self).description or ())
