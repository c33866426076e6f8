"""What admins ask for."""

from webapp.schemas.base import Id, Line, Question, SmallId


class Searched(Question):
    """What a list of all shows or accounts is searched for, and where it goes on: below this id."""

    q: Line | None = None
    before: SmallId | None = None


class OlderDeeds(Question):
    """Where the list of what admins did goes on: below this id."""

    before: Id | None = None
