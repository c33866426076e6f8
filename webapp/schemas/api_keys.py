"""What is asked and answered about API keys."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from webapp.schemas.base import Answer, Question, ShortLine
from webapp.schemas.users import Password
from webapp.services.api_keys import SCOPES, Scope

MOST_DAYS = 3650


def _each_once(scopes: list[Scope]) -> list[Scope]:
    if len(set(scopes)) < len(scopes):
        raise ValueError("must name each scope once")
    return scopes


Scopes = Annotated[
    list[Scope],
    Field(min_length=1, max_length=len(SCOPES), json_schema_extra={"uniqueItems": True}),
    AfterValidator(_each_once),
]


class NewApiKey(Question):
    """A key that is to be made; without `expires_in_days` it is good until it is revoked."""

    name: ShortLine
    scopes: Scopes
    expires_in_days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = None


class NewApiKeyForm(NewApiKey):
    """The same from a page, with the password once more."""

    password: Password


class ApiKey(Answer):
    """A key that was not revoked; `beginning` is how it begins, and `last_used_at` right to a minute."""

    id: int
    name: str
    beginning: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    state: Literal["good", "expired"]


class MadeApiKey(ApiKey):
    """A key that was made just now; the `key` itself is told this once."""

    key: str
