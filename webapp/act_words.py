"""What was done with a show, in words: the one mapping from an act and its details to what a person reads.

A room that records a new act (`services.acts.record`) adds its words to `WORDS`: they follow the name of who did it, as
in "Olga *cancelled the show*". An act without words here, or with details that its words do not fit, is told as it was
recorded: nothing in the record is hidden because somebody forgot a line.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from webapp.detail_words import field_words, value_words
from webapp.formats import money
from webapp.services.acts import Act

# Characters of what one act is told with.
MOST_SAID = 500

# The details that name whom an act was about.
WHOM = {"person_id", "invitation_id"}
THROUGH = {"page": "on the site", "api": "through the API", "command": "from the command line"}


@dataclass(frozen=True)
class Told:
    """An act as its words need it: its details, whom it was about, and the currency of amounts."""

    details: Mapping[str, Any]
    about: str
    currency: str

    def __getitem__(self, name: str) -> Any:
        return self.details[name]

    def counted(self, name: str = "seats", thing: str = "seat") -> str:
        """A number among the details with what it counts: "1,200 seats"."""
        number: int = self.details[name]
        return f"{number:,} {thing}{'' if number == 1 else 's'}"

    def money(self, minor_units: int) -> str:
        """An amount of the show's currency."""
        return money(minor_units, self.currency)


Words = Callable[[Told], str]


def _between(told: Told) -> str:
    """How many seats, and between which they lie."""
    if not told["seats"]:
        return "no seats"
    return f"{told.counted()}, {told['from']} to {told['to']}" if told["seats"] > 1 else f"seat {told['from']}"


def _changes(told: Told) -> str:
    """Each field with what it was and is; times in UTC."""
    changed: Mapping[str, tuple[Any, Any]] = told["changed"]
    if not changed:
        raise LookupError
    return ", ".join(
        f"{field_words(field)} from {value_words(before, field, 'UTC', told.currency)} to "
        f"{value_words(now, field, 'UTC', told.currency)}"
        for field, (before, now) in changed.items()
    )


def _which(told: Told) -> str:
    """How many seats, and the first of them by their numbers."""
    more = ", …" if told["seats"] > len(told["first"]) else ""
    return f"{told.counted()} ({', '.join(told['first'])}{more})"


def _blocked(told: Told) -> str:
    until = f", until {told['release_at'][:16].replace('T', ' ')} UTC" if told["release_at"] else ""
    return f"blocked {_which(told)}: {told['reason']}{until}"


def _released(told: Told) -> str:
    return f"released {_which(told)}{': ' if told['reason'] else ''}{told['reason'] or ''}"


def _plan_change(told: Told) -> str:
    counts: Mapping[str, int] = told["counts"]
    ways = [f"{count:,} {way}" for way, count in counts.items() if count]
    changes = ", ".join(ways) or "no seat different"
    return f"gave the show version {told['version']} of the plan “{told['plan']}”: {changes}"


WORDS: Mapping[str, Words] = {
    "create show": lambda told: f"created the show “{told['title']}”",
    "cancel show": lambda told: "cancelled the show",
    "add seats": lambda told: f"added {_between(told)}",
    "change plan": _plan_change,
    "import plan": lambda told: f"brought in a plan with {_between(told)}",
    "set prices": lambda told: f"set prices: {_changes(told)}",
    "change details": lambda told: f"changed {_changes(told)}",
    "change picture": lambda told: "changed the picture" if told["changed"]["picture"][1] else "took the picture away",
    "publish show": lambda told: "published the show",
    "take back show": lambda told: "made a draft of the show again",
    "copy show": lambda told: f"made the show as a copy of show {told['copied_from']:d}",
    "copy to dates": lambda told: f"copied the show to {told.counted('dates', 'date')}",
    "move reservation": lambda told: (
        f"moved {told.about} from seat {told['seat_number']} to seat {told['to_seat_number']}"
        + (f": {told['reason']}" if told["reason"] else "")
    ),
    "cancel reservation": lambda told: f"cancelled seat {told['seat_number']} of {told.about}: {told['reason']}",
    "cancel reservations": lambda told: f"cancelled {told.counted('count', 'sold seat')}: {told['reason']}",
    "block seats": _blocked,
    "release seats": _released,
    "invite colleague": lambda told: f"invited {told.about} to manage the show",
    "revoke invitation": lambda told: f"took back the invitation for {told.about}",
    "accept invitation": lambda told: "accepted an invitation, and manages the show from then on",
    "remove manager": lambda told: f"removed {told.about} as a manager",
    "become admin": lambda told: "became an admin",
    "end as admin": lambda told: "is an admin no more",
    "change password": lambda told: "changed the password",
    "delete account": lambda told: "deleted the account",
    "end all sessions": lambda told: "ended all sessions and access tokens",
    "make API key": lambda told: f"made the API key {told['key']}… for {' and '.join(told['scopes'])}",
    "revoke API key": lambda told: f"revoked the API key {told['key']}…",
    "revoke API keys": lambda told: f"revoked {told.counted('count', 'API key')}",
    "change venue": lambda told: f"changed the venue “{told['venue']}” of {told.about}",
    "rename plan": lambda told: f"named a plan of {told.about} “{told['plan']}” ({told['venue']})",
    "save plan version": lambda told: (
        f"saved version {told['version']:d} of the plan “{told['plan']}” of {told.about} ({told['venue']})"
    ),
    "leave show": lambda told: "manages the show no more",
}


def words_of(act: Act, currency: str) -> str:
    """What was done, as it follows the name of who did it; in full for every act there can be."""
    told = Told(act.details, act.about or "somebody", currency)
    try:
        said = WORDS[act.act](told)
    except (LookupError, TypeError, ValueError, AttributeError):
        said = _as_recorded(act)
    return shorten(said, MOST_SAID, placeholder=" …")


def _as_recorded(act: Act) -> str:
    """The act and its details by their own names."""
    about = [act.about] if act.about else []
    details = [f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in act.details.items() if name not in WHOM]
    return f"{act.act} ({', '.join([*about, *details])})" if about or details else act.act


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
