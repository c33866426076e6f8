"""Lists that the database wrote, as tests read them."""

from collections.abc import Sequence
from typing import TypeVar

from pydantic import TypeAdapter
from pydantic_core import to_json

from webapp.schemas.shows import Seat, SeatAvailability
from webapp.services.database.written import WrittenList

Member = TypeVar("Member", Seat, SeatAvailability)
_AVAILABILITY, _SEATS = TypeAdapter(list[SeatAvailability]), TypeAdapter(list[Seat])


def how_they_stand(found: WrittenList) -> Sequence[SeatAvailability]:
    """How the seats stand; asserts that the schema would have written it just so."""
    return _read(found, _AVAILABILITY)


def seats_read(found: WrittenList) -> Sequence[Seat]:
    """The seats; asserts likewise."""
    return _read(found, _SEATS)


def _read(found: WrittenList, kind: TypeAdapter[list[Member]]) -> Sequence[Member]:
    members = kind.validate_json(found.json)
    assert to_json(members) == found.json
    assert found.members == len(members)
    return members
