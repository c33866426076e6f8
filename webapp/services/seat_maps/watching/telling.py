"""What viewers are told: events with their data, written once for all who hear the same."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

# Milliseconds after which a browser asks again when its stream has ended.
RETRY = 1000


@dataclass(frozen=True)
class Event:
    """One thing to tell.

    `seats`: which seats became available, held and sold, and how many are free by category; with `all`, every seat that
    is not named is available; `again` names those that changed hands meanwhile, though they are held or sold as before.
    `parts`: how many seats are free by part and by category. `plan`: what the map draws has
    changed. `closed`: no seat can be had any more, and why. `pulse`: nothing, but we are still here.
    """

    name: Literal["seats", "parts", "plan", "closed", "opened", "pulse"]
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Telling:
    """Events in their order, and the cursor of whoever has heard them."""

    cursor: str
    events: Sequence[Event]

    @cached_property
    def stream(self) -> bytes:
        """As a stream of server-sent events."""
        return "".join(
            f"event: {event.name}\nid: {self.cursor}\nretry: {RETRY}\ndata: {_json(event.data)}\n\n"
            for event in self.events
        ).encode()

    @cached_property
    def document(self) -> bytes:
        """As one JSON document."""
        events = [{"event": event.name, "data": event.data} for event in self.events]
        return _json({"cursor": self.cursor, "events": events}).encode()

    @property
    def is_news(self) -> bool:
        """Whether anything has changed."""
        return any(event.name != "pulse" for event in self.events)


def pulse(cursor: str) -> Telling:
    """That nothing has changed."""
    return Telling(cursor, [Event("pulse", {})])


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":"))
