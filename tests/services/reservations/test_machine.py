"""Whatever buyers do in whatever order, the database stands as a model says that fits on a page.

`pytest --hypothesis-profile=long` goes on for much longer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.races import change_guard, name_of
from tests.scenes import Scene
from webapp.services import reservations, shows
from webapp.services.refusals import Refusal
from webapp.services.reservations import Reservation, SeatChoice

SEATS, LIMIT = ("A1", "A2", "A3", "A4"), 2
buyers = st.integers(0, 2)
several = st.lists(st.sampled_from(SEATS), min_size=1, max_size=3, unique=True).map(sorted)
VERBS = {"CONFIRMED": reservations.confirm, "CANCELLED": reservations.release}
# Which of all reservations so far: whoever's they are.
picks = st.integers(0, 10**6)


@dataclass
class Hold:
    """A reservation in the model; whether a `HELD` one is over is not in its status."""

    id: int
    seat: str
    buyer: int
    status: str = "HELD"
    lapsed: bool = False

    @property
    def lives(self) -> bool:
        """Whether it keeps others from the seat."""
        return self.status == "CONFIRMED" or (self.status == "HELD" and not self.lapsed)

    def end(self, status: str) -> str:
        """Move it as the guard would; what the buyer is told, "done" or the refusal's name."""
        if self.status == "HELD":
            self.status = "EXPIRED" if self.lapsed else status
        reasons = {"EXPIRED": "HoldExpired", "CANCELLED": "HoldReleased", "CONFIRMED": "AlreadyConfirmed"}
        return "done" if self.status == status else reasons[self.status]


class Sales(RuleBasedStateMachine):
    """Three buyers at one show of four seats, of which each may have two."""

    scene: Scene

    def __init__(self) -> None:
        super().__init__()
        scene = self.scene
        self.organizer = scene.user("Olga")
        self.show = scene.show(self.organizer, seats="A1-A4", seat_limit=LIMIT)
        self.people = [scene.user(name) for name in ("Ann", "Bob", "Cy")]
        self.holds: list[Hold] = []
        self.is_cancelled = False
        reservations.expire_lapsed()  # of the show before

    def one(self, pick: int) -> Hold:
        """A reservation by a number that hypothesis made up."""
        return self.holds[pick % len(self.holds)]

    def owner(self, seat: str) -> Hold | None:
        """The live reservation of the seat."""
        return next((one for one in self.holds if one.seat == seat and one.lives), None)

    @rule(buyer=buyers, seats=several)
    def hold(self, buyer: int, seats: list[str]) -> None:
        """Ask for seats, all or none."""
        expected = self._expected(buyer, seats)
        choice = SeatChoice(show_id=self.show.id, seat_numbers=tuple(seats))
        answer = outcome(lambda: reservations.hold(self.people[buyer], choice, minutes=10))
        assert name_of(answer) in expected
        if "done" not in expected:
            return
        assert [one.seat_number for one in answer.reservations] == seats
        for given in answer.reservations:
            self._take(buyer, given)

    def _expected(self, buyer: int, seats: Sequence[str]) -> set[str]:
        if self.is_cancelled:
            return {"NotOnSale"}
        owners = {seat: self.owner(seat) for seat in seats}
        is_taken = any(one and (one.buyer, one.status) != (buyer, "HELD") for one in owners.values())
        more = sum(one is None or one.buyer != buyer for one in owners.values())
        has = sum(one.buyer == buyer and one.lives for one in self.holds)
        no = {"SeatTaken": is_taken, "SeatLimitReached": more and has + more > LIMIT}
        return {name for name, is_so in no.items() if is_so} or {"done"}

    def _take(self, buyer: int, given: Reservation) -> None:
        before = self.owner(given.seat_number)
        assert given.status == "HELD"
        assert given.id == before.id if before else given.id not in {one.id for one in self.holds}
        if before is None:
            for one in self.holds:
                if one.seat == given.seat_number and one.status == "HELD":
                    one.status = "EXPIRED"
            self.holds.append(Hold(given.id, given.seat_number, buyer))

    @precondition(lambda self: self.holds)
    @rule(stranger=st.sampled_from([None, None, None, 0, 1, 2]), pick=picks, status=st.sampled_from(list(VERBS)))
    def end(self, stranger: int | None, pick: int, status: str) -> None:
        """Confirm or release a reservation, now and then somebody else's."""
        one, verb = self.one(pick), VERBS[status]
        buyer = one.buyer if stranger is None else stranger
        expected = one.end(status) if one.buyer == buyer else "NotFound"
        assert name_of(outcome(lambda: verb(self.people[buyer], one.id))) == expected

    @precondition(lambda self: self.holds)
    @rule(pick=picks, more=st.lists(picks, max_size=2))
    def confirm_basket(self, pick: int, more: list[int]) -> None:
        """Confirm several at once, all or none."""
        first = self.one(pick)
        chosen = {one.id: one for one in (first, *map(self.one, more))}
        expected = self._basket_expected(first.buyer, chosen.values())
        answer = outcome(lambda: reservations.confirm_basket(self.people[first.buyer], self.show.id, list(chosen)))
        assert name_of(answer) == expected
        if expected == "done":
            for one in chosen.values():
                one.end("CONFIRMED")

    def _basket_expected(self, buyer: int, chosen: Iterable[Hold]) -> str:
        if any(one.buyer != buyer for one in chosen):
            return "NotFound"
        for status, reason in (("EXPIRED", "HoldExpired"), ("CANCELLED", "HoldReleased")):
            if any(("EXPIRED" if one.status == "HELD" and one.lapsed else one.status) == status for one in chosen):
                return reason
        return "done"

    @precondition(lambda self: any(one.status == "HELD" and one.lives for one in self.holds))
    @rule(pick=picks)
    def lapse(self, pick: int) -> None:
        """Let the time of a hold be over."""
        live = [one for one in self.holds if one.status == "HELD" and one.lives]
        one = live[pick % len(live)]
        one.lapsed = True
        self.scene.lapse(reservations.one(self.people[one.buyer], one.id))

    @rule()
    def sweep(self) -> None:
        """Mark what has lapsed."""
        lapsed = [one for one in self.holds if one.status == "HELD" and one.lapsed]
        assert reservations.expire_lapsed() == len(lapsed)
        for one in lapsed:
            one.status = "EXPIRED"

    @precondition(lambda self: len(self.holds) > 6)
    @rule()
    def cancel_show(self) -> None:
        """Cancel the show, late in its life; twice is as good as once."""
        shows.cancel(self.organizer, self.show.id)
        self.is_cancelled = True
        for one in self.holds:
            if one.status == "HELD":
                one.end("CANCELLED")

    @invariant()
    def stands_as_the_model_says(self) -> None:
        """All reservations, what their histories end with, and what buyers see of the seats."""
        rows = self.scene.rows(STANDING, self.show.id)
        people = [person.id for person in self.people]
        assert [tuple(row.values()) for row in rows] == [
            (one.id, one.seat, people[one.buyer], one.status, one.status) for one in self.holds
        ]
        live = [one for one in self.holds if one.lives]
        assert len({one.seat for one in live}) == len(live)
        assert all(sum(one.buyer == buyer for one in live) <= LIMIT for buyer in range(len(people)))


STANDING = """
    SELECT reservations.id, seat_number, user_id, reservations.status,
           (
               SELECT status FROM reservation_changes WHERE reservation_id = reservations.id ORDER BY id DESC LIMIT 1
           ) AS last
    FROM reservations
    JOIN seats ON seats.id = reservations.seat_id
    WHERE reservations.show_id = %s
    ORDER BY reservations.id
"""


def outcome(act: Callable[[], Any]) -> Any:
    """What the act returned, or the refusal it raised."""
    try:
        return act()
    except Refusal as refusal:
        return refusal


def play(scene: Scene, lives: int, phases: Sequence[Phase] = tuple(Phase)) -> None:
    """Play so many lives of a show on the scene, of 25 steps each."""
    machine = type("Sales", (Sales,), {"scene": scene})
    unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(
        machine, settings=settings(unhurried, max_examples=lives, stateful_step_count=25, phases=phases)
    )


def test_whatever_buyers_do_the_seats_stand_as_a_small_model_says(scene: Scene) -> None:
    is_long = settings.get_current_profile_name() == "long"
    play(scene, settings().max_examples if is_long else 15)


def test_a_limit_of_one_more_is_found(own_scene: Scene) -> None:
    change_guard(own_scene, "guard_reservation_insert", (">= show_seat_limit", "> show_seat_limit"))
    with pytest.raises(AssertionError):
        play(own_scene, 500, [Phase.generate])
