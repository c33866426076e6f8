"""What a planted bug is, and the ways to plant one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest.mock import patch

from tests.races import change_guard, rewriting, run
from tests.scenes import Scene
from webapp.extensions import db

Plant = Callable[[Scene], AbstractContextManager[None] | None]


@dataclass(frozen=True)
class Mutant:
    """A bug, how it is planted, the rules that it breaks, any of which names it, and a mood of the crowd to find it."""

    name: str
    rules: frozenset[str]
    mood: str
    plants: Sequence[Plant]

    @contextmanager
    def planted(self, scene: Scene) -> Iterator[None]:
        """The product with the bug."""
        with ExitStack() as planted:
            for plant in self.plants:
                if (growing := plant(scene)) is not None:
                    planted.enter_context(growing)
            # What is planted in the database must be met by statements that were not planned before.
            db.engine.dispose()
            yield


def ddl(statement: str) -> Plant:
    """Change the schema."""
    return lambda scene: run(scene, statement)


def guard(moment: str, *changes: tuple[str, str]) -> Plant:
    """Have a guard of reservations, "insert" or "update", read otherwise."""
    return lambda scene: change_guard(scene, f"guard_reservation_{moment}", *changes)


def rewritten(words: str, instead: str) -> Plant:
    """Have the product's statements read otherwise."""
    return lambda _: rewriting(words, instead)


def patched(where: ModuleType, name: str, instead: Callable[..., Any]) -> Plant:
    """Have a module know something else by this name."""

    @contextmanager
    def planted(_: Scene) -> Iterator[None]:
        with patch.object(where, name, instead):
            yield

    return planted
