"""The ways a service says no: each a type with a sentence for a person and the facts a client needs.

A refusal is an expected answer, not a bug, and knows nothing of HTTP: `webapp.problems` holds the one table that
gives each type its status and its problem page.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

if TYPE_CHECKING:
    from webapp.services.offers import Offer

# Why a show sells nothing, and how a person is told.
Closed = Literal["cancelled", "begun", "draft", "not yet", "ended"]
CLOSED: Mapping[Closed, str] = {
    "cancelled": "This show was cancelled.",
    "begun": "This show has begun: its seats are no longer sold.",
    "draft": "This show is a draft: it sells nothing before it is published.",
    "not yet": "The seats of this show are not on sale yet.",
    "ended": "The sale of seats for this show has ended.",
}


class Refusal(Exception):
    """An expected no.

    `sentence` is fit to be read by a buyer or an organizer. `facts` are what a client needs to act on it; they are
    JSON-ready: strings, integers, booleans, lists and dictionaries (times as RFC 3339 strings).
    """

    title: ClassVar[str]
    may_offer: ClassVar[bool] = False  # whether something else can usually be had

    def __init__(self, sentence: str, /, **facts: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.facts: Mapping[str, Any] = facts
        self._find_offers: Callable[[], Sequence[Offer]] = tuple

    def coming_with(self, find: "Callable[[], Sequence[Offer]]") -> Self:
        """The same refusal, with what can be had instead; it is looked for when, and only if, it is told."""
        self._find_offers = find
        return self

    @property
    def offers(self) -> "Sequence[Offer]":
        """What can be had instead, best first; looked for anew each time, since it may be gone."""
        return self._find_offers()


class NotFound(Refusal):
    """What was asked for is not there, or not the asker's to see."""

    title = "Not found"


class FormOutdated(Refusal):
    """The form was not sent from a page of ours, or from one that is too old."""

    title = "Form outdated"


class NotSignedIn(Refusal):
    """Somebody must say who they are first."""

    title = "Sign in first"
    back_to: str | None = None  # the page a person comes back to

    def coming_back_to(self, path: str | None) -> Self:
        """The same refusal, remembering the page the person wanted."""
        self.back_to = path
        return self


class SignInFailed(Refusal):
    """E-mail and password do not belong together."""

    title = "Sign-in failed"


class Forbidden(Refusal):
    """What was asked for can be seen by the asker, but not touched."""

    title = "Not yours to do"


class ScopeMissing(Refusal):
    """The API key was not made for this; `scope` tells the one that is needed."""

    title = "Scope missing"


class Invalid(Refusal):
    """Something in the request breaks a rule; `errors` tells where (JSON pointers) and why."""

    title = "Not valid"


class AlreadyInUse(Refusal):
    """An e-mail address or phone number belongs to another account; `errors` tells which."""

    title = "Already in use"


class SeatTaken(Refusal):
    """Somebody has the seat; `seats` tells which, why and until when, `offers` the nearest that are free."""

    title = "Seat taken"
    may_offer = True
    show_id: int
    seat_ids: Sequence[int]  # all that were wanted, the free ones too

    def of(self, show_id: int, seat_ids: Sequence[int]) -> Self:
        """The same refusal, remembering what was wanted."""
        self.show_id, self.seat_ids = show_id, seat_ids
        return self


class NoneTogether(Refusal):
    """No such seats are free together any more; `offers` tells what comes close, `free` how many are free in all."""

    title = "None together"
    may_offer = True


class LonelySeat(Refusal):
    """The hold would leave a seat empty between taken ones, as the show allows none; `offers` tells how to mend it."""

    title = "Lonely seat"
    may_offer = True


class OthersFirst(Refusal):
    """The seat has just come back, and the buyer has had such seats already: for some seconds it is for those first who
    had fewer; `seats` tells which and until when, `open_at` when all of them can be had."""

    title = "Others first"
    may_offer = True


class SeatLimitReached(Refusal):
    """The buyer would have more live seats in the show than its `limit` allows."""

    title = "Seat limit reached"


class GuestLimitReached(Refusal):
    """Guests of one network address hold as many seats of the show as they may; `limit` tells how many."""

    title = "Sign in to hold more"


class NotOnSale(Refusal):
    """The show sells nothing: not yet or no more, or it was cancelled or has begun; `reason` tells which."""

    title = "Not on sale"

    @classmethod
    def because(cls, reason: Closed, **facts: Any) -> Self:
        """The refusal with the sentence for this reason, and more facts where a client needs them."""
        return cls(CLOSED[reason], reason=reason, **facts)


class HoldExpired(Refusal):
    """The hold ended before it was confirmed."""

    title = "Hold expired"


class HoldReleased(Refusal):
    """The hold was given back, by its buyer or because the show was cancelled."""

    title = "Hold released"


class AlreadyConfirmed(Refusal):
    """A confirmed seat cannot be released by its buyer."""

    title = "Already confirmed"


class ChangedMeanwhile(Refusal):
    """Somebody changed the show since the form was opened; `changes` tells what, `edition` the number it has now."""

    title = "Changed meanwhile"


class PreconditionFailed(Refusal):
    """The show is no longer what the ETag in If-Match names; `changes` tells how, where it was one of this show."""

    title = "Precondition failed"


class StartOver(Refusal):
    """The cursor is of another show, or of a database that was put back or started anew: read the show without one."""

    title = "Start over"


class HasBuyers(Refusal):
    """Somebody holds or has bought seats of the show, so it stays published; `held` and `sold` tell how many seats."""

    title = "Has buyers"


class NotSold(Refusal):
    """Only what is sold is moved or cancelled; `reservations` tells which is not, or not any more."""

    title = "Not sold"


class BuyerGone(Refusal):
    """The buyer deleted their account, and is not moved to another seat."""

    title = "Buyer gone"


class SeatsStillTaken(Refusal):
    """A plan has no place for seats that somebody has; `seats` tells which, and `count` how many there are."""

    title = "Seats still taken"


class SeatNumberInUse(Refusal):
    """A seat number repeats in the request or exists in the show; nothing was added."""

    title = "Seat number in use"


class Busy(Refusal):
    """The database could not answer in time; the same request may be sent again."""

    title = "Busy"


class KeyUnusable(Refusal):
    """The Idempotency-Key is none: too long, or not of printable ASCII characters."""

    title = "Key unusable"


class KeyReused(Refusal):
    """The Idempotency-Key came with another request before; nothing was done."""

    title = "Key reused"


class StillUnderWay(Refusal):
    """The request with this Idempotency-Key is still being done; ask again after `Retry-After` seconds."""

    title = "Still under way"


class ToldOnce(Refusal):
    """The request with this Idempotency-Key was done, and its answer held a secret that is told only once."""

    title = "Told once"


class TooManyKeys(Refusal):
    """The caller used more Idempotency-Keys within a day than are kept; nothing was done."""

    title = "Too many keys"


class TooManyRequests(Refusal):
    """More was asked within a minute than one account or network may; this time nothing was looked at."""

    title = "Too many requests"


class SignInSlowed(Refusal):
    """Wrong passwords were tried, so the next try must wait `Retry-After` seconds; this one was not looked at."""

    title = "Sign-in slowed down"


class StillOrganizing(Refusal):
    """The account has upcoming shows, and somebody must answer for them."""

    title = "Still organizing"


class InvitationUnusable(Refusal):
    """The invitation was accepted, taken back, or is too old; or who follows it runs the show already (`reason`)."""

    title = "Invitation not usable"
