"""Routes that only clients use, or only people: neither finds anything at those of the other."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from webapp.services.refusals import NotFound
from webapp.tongues import Tongue, current_tongue

Arguments = ParamSpec("Arguments")
Answered = TypeVar("Answered")


def clients_only(handler: Callable[Arguments, Answered]) -> Callable[Arguments, Answered]:
    """Answer in JSON alone; to a browser there is nothing here."""

    @wraps(handler)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answered:
        if current_tongue() is not Tongue.JSON:
            raise NotFound("There is no page here.")
        return handler(*args, **kwargs)

    return answer


def people_only() -> None:
    """Keep clients from the routes of a blueprint that knows people by their session, and checks what forms send."""
    if current_tongue() is Tongue.JSON:
        raise NotFound("This is a page for people. Clients find everything under /v1.")
