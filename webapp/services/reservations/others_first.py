"""Seats that have just come back: for some seconds they are for those first who have had fewer of them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from webapp.services.asker import Asker, Bearer
from webapp.services.database.refusing import others_first
from webapp.services.database.statements import autocommitted, written_once


def not_yet_open(asker: Asker | Bearer, seat_ids: Collection[int]) -> Sequence[Mapping[str, Any]]:
    """Those of the seats that the asker has to wait for just now: what `others_first` tells of them."""
    with autocommitted() as connection:
        found: Sequence[Mapping[str, Any]] | None = connection.execute(
            written_once("SELECT not_yet_open(:seats, :user_id)"), {"seats": list(seat_ids), "user_id": asker.id}
        ).scalar_one()
    return found or ()


def refuse_waiting(asker: Asker | Bearer, seat_ids: Collection[int]) -> None:
    """Raise `OthersFirst` where the asker has to wait for some of these seats."""
    if waiting := not_yet_open(asker, seat_ids):
        raise others_first(waiting)
