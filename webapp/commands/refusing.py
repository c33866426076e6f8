"""A no, as the command line tells it: a sentence, and exit status 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from pydantic import TypeAdapter, ValidationError

from webapp.questions import invalid
from webapp.schemas.users import EmailAddress
from webapp.services.refusals import Refusal

# Reads an argument into the one spelling of an address; raises `ValidationError`.
EMAIL: TypeAdapter[str] = TypeAdapter(EmailAddress)


@contextmanager
def told_in_words() -> Iterator[None]:
    """Tell what is refused in here, and end the command."""
    try:
        yield
    except ValidationError as error:
        raise click.ClickException(" ".join(map(_sentence, invalid(error).facts["errors"]))) from None
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None


def _sentence(problem: dict[str, str]) -> str:
    option = problem["pointer"].removeprefix("#/").replace("_", "-")
    return f"--{option}: {problem['detail']}" if option != "#" else problem["detail"]
