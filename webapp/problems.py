"""The one table from a refusal to its HTTP status and its page, `/problems/<slug>`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.remedies import REMEDIES
from webapp.services import refusals as no
from webapp.services.house_seats import SeatsNotBlocked, SeatsNotFree
from webapp.services.pictures import PictureUnusable
from webapp.services.plans.plan import PlanUnusable
from webapp.services.plans.written import PlanUnwritable
from webapp.services.seat_labels import LabelUnusable


@dataclass(frozen=True)
class Problem:
    """What kind of no it is: its HTTP status and the name of its page, `/problems/<slug>`."""

    status: int
    slug: str
    title: str
    description: str

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return REMEDIES[self.slug]


def _problem(status: int, slug: str, refusal: type[no.Refusal]) -> Problem:
    return Problem(status, slug, refusal.title, (refusal.__doc__ or "").strip())


PROBLEMS: Mapping[type[no.Refusal], Problem] = {
    refusal: _problem(status, slug, refusal)
    for refusal, status, slug in [
        (no.NotFound, 404, "not-found"),
        (no.FormOutdated, 400, "form-outdated"),
        (no.NotSignedIn, 401, "not-signed-in"),
        (no.SignInFailed, 401, "sign-in-failed"),
        (no.Forbidden, 403, "forbidden"),
        (no.ScopeMissing, 403, "scope-missing"),
        (no.Invalid, 422, "invalid"),
        (no.AlreadyInUse, 409, "already-in-use"),
        (no.StillOrganizing, 409, "still-organizing"),
        (no.SeatTaken, 409, "seat-taken"),
        (no.NoneTogether, 409, "none-together"),
        (no.LonelySeat, 409, "lonely-seat"),
        (no.OthersFirst, 409, "others-first"),
        (no.SeatLimitReached, 409, "seat-limit-reached"),
        (no.GuestLimitReached, 409, "guest-limit-reached"),
        (no.NotOnSale, 409, "not-on-sale"),
        (no.HoldExpired, 409, "hold-expired"),
        (no.HoldReleased, 409, "hold-released"),
        (no.AlreadyConfirmed, 409, "already-confirmed"),
        (no.ChangedMeanwhile, 409, "changed-meanwhile"),
        (no.PreconditionFailed, 412, "precondition-failed"),
        (no.StartOver, 410, "start-over"),
        (no.HasBuyers, 409, "has-buyers"),
        (no.NotSold, 409, "not-sold"),
        (no.BuyerGone, 409, "buyer-gone"),
        (no.SeatsStillTaken, 409, "seats-still-taken"),
        (no.SeatNumberInUse, 409, "seat-number-in-use"),
        (no.InvitationUnusable, 409, "invitation-unusable"),
        (no.StillUnderWay, 409, "still-under-way"),
        (no.ToldOnce, 409, "told-once"),
        (no.KeyReused, 422, "key-reused"),
        (no.KeyUnusable, 422, "key-unusable"),
        (no.TooManyKeys, 429, "too-many-keys"),
        (no.TooManyRequests, 429, "too-many-requests"),
        (no.SignInSlowed, 429, "sign-in-slowed"),
        (no.Busy, 503, "busy"),
        (SeatsNotFree, 409, "seats-not-free"),
        (SeatsNotBlocked, 409, "seats-not-blocked"),
        (LabelUnusable, 422, "seat-number-unusable"),
        (PlanUnusable, 422, "plan-unusable"),
        (PlanUnwritable, 422, "plan-unwritable"),
        (PictureUnusable, 422, "picture-unusable"),
    ]
}

# What the framework itself refuses, and what went wrong.
HTTP_PROBLEMS: Mapping[int, Problem] = {
    problem.status: problem
    for problem in [
        Problem(400, "unreadable", "Unreadable", "The request cannot be read, for one because its body is not JSON."),
        Problem(404, "not-found", "Not found", "There is nothing at this address."),
        Problem(405, "method-not-allowed", "Method not allowed", "Allow tells the methods that this address answers."),
        Problem(413, "too-large", "Too large", "The request is larger than what is taken here."),
        Problem(415, "unsupported-media-type", "Unsupported media type", "Bodies are JSON: application/json."),
        Problem(500, "error", "Something went wrong", "A mistake of ours; it was logged with the request's id."),
    ]
}


def problem_named(slug: str) -> Problem:
    """The kind of no that has its page at `/problems/<slug>`; raises `NotFound`."""
    for problem in all_problems():
        if problem.slug == slug:
            return problem
    raise no.NotFound("There is no such kind of problem.")


def all_problems() -> Sequence[Problem]:
    """Every kind of no once, by status and slug."""
    kinds = {problem.slug: problem for problem in [*HTTP_PROBLEMS.values(), *PROBLEMS.values()]}
    return sorted(kinds.values(), key=lambda problem: (problem.status, problem.slug))
