"""Where the crowd asks: a desk takes what a buyer wants and says what came of it, whatever the way to the product."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import time
from typing import Protocol

from flask import Flask

from bench.proof.judging.history import Operation, Outcome, Recorder, Verb
from webapp.services import reservations
from webapp.services.asker import Asker
from webapp.services.refusals import Busy, Refusal
from webapp.services.reservations import SeatChoice


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that a desk gave: its reservation, seat and expiry (seconds since 1970)."""

    reservation: int
    seat: int
    expiry: float


@dataclass(frozen=True, slots=True)
class Told:
    """What a desk said: an outcome, with the holds it gave, or why not, and which seats are taken.

    `is_repeated` where it was asked more than once without a key: it need not tell of what was done at first, and is
    perhaps over.
    """

    outcome: Outcome
    held: tuple[Held, ...] = ()
    why: str | None = None
    taken: tuple[int, ...] = ()
    is_repeated: bool = False


class Desk(Protocol):
    """Serves one buyer. A try that is repeated with the same key counts as one, with the answer that came at last."""

    def hold(self, seats: Sequence[int]) -> Told:
        """Hold these seats, all or none."""

    def confirm(self, held: Sequence[Held]) -> Told:
        """Confirm these holds of one show, all or none."""

    def release(self, held: Held) -> Told:
        """Release one hold."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody at a desk, all of whose wishes and answers are recorded."""

    who: int
    desk: Desk
    recorder: Recorder

    def hold(self, *seats: int) -> Told:
        """Hold these seats, all or none."""
        invoked = time()
        told = self.desk.hold(seats)
        got = {one.seat: one for one in told.held}
        self.recorder.write(
            Operation(
                self.who,
                "hold",
                tuple(got) or tuple(seats),
                invoked,
                time(),
                told.outcome,
                tuple(one.reservation for one in got.values()),
                tuple(one.expiry for one in got.values()),
                told.why,
                told.taken,
                told.is_repeated,
            )
        )
        return told

    def confirm(self, *held: Held) -> Told:
        """Confirm these holds of one show, all or none."""
        return self._end("confirm", held, lambda: self.desk.confirm(held))

    def release(self, held: Held) -> Told:
        """Release one hold."""
        return self._end("release", (held,), lambda: self.desk.release(held))

    def _end(self, verb: Verb, held: Sequence[Held], ask: Callable[[], Told]) -> Told:
        invoked = time()
        told = ask()
        ended = Operation(
            self.who,
            verb,
            tuple(one.seat for one in held),
            invoked,
            time(),
            told.outcome,
            tuple(one.reservation for one in held),
            tuple(one.expiry for one in held),
            told.why,
        )
        self.recorder.write(ended)
        return told


@dataclass(frozen=True, slots=True)
class ServiceDesk:
    """The reservation service itself, without any HTTP around it."""

    app: Flask
    asker: Asker
    shows: Mapping[int, int]  # of which show each seat is
    minutes: int = 1

    def hold(self, seats: Sequence[int]) -> Told:
        """Hold these seats, all or none."""
        return self._ask(lambda: reservations.hold(self.asker, SeatChoice(seat_ids=tuple(seats)), minutes=self.minutes))

    def confirm(self, held: Sequence[Held]) -> Told:
        """Confirm these holds of one show, all or none."""
        ids = [one.reservation for one in held]
        if len(ids) == 1:
            return self._ask(lambda: reservations.confirm(self.asker, ids[0]))
        return self._ask(lambda: reservations.confirm_basket(self.asker, self.shows[held[0].seat], ids))

    def release(self, held: Held) -> Told:
        """Release one hold."""
        return self._ask(lambda: reservations.release(self.asker, held.reservation))

    def _ask(self, verb: Callable[[], object]) -> Told:
        with self.app.app_context():
            try:
                result = verb()
            except Busy as busy:
                return Told("unknown", why=type(busy).__name__)
            except Refusal as refusal:
                taken = refusal.facts.get("seats", ()) if type(refusal).__name__ == "SeatTaken" else ()
                return Told("refused", why=type(refusal).__name__, taken=tuple(seat["seat_id"] for seat in taken))
            except Exception as error:  # a planted bug may break anything; what is broken is no answer
                return Told("unknown", why=repr(error))
        given = result.reservations if isinstance(result, reservations.Holding) else ()
        return Told("ok", tuple(Held(one.id, one.seat_id, one.hold_expiry.timestamp()) for one in given))
