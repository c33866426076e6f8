"""Desks behind HTTP: one speaks v1 to a program, the other the tongue of a browser with htmx."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.proof.buying.desks import Held, Told
from bench.proof.buying.lines import Answer, Line
from webapp.problems import PROBLEMS

NAMES = {problem.slug: refusal.__name__ for refusal, problem in PROBLEMS.items()}


@dataclass(frozen=True, slots=True)
class ApiDesk:
    """v1, asked with an access token, and for each wish with a key of its own, by which it is repeated.

    With `keyed` false it is repeated without a key, as a careless client would.
    """

    line: Line
    token: str
    shows: Mapping[int, int]  # of which show each seat is
    minutes: int = 1
    keyed: bool = True

    def hold(self, seats: Sequence[int]) -> Told:
        """Hold these seats, all or none."""
        return self._ask(f"shows/{self.shows[seats[0]]}/holds", {"seat_ids": list(seats), "hold_minutes": self.minutes})

    def confirm(self, held: Sequence[Held]) -> Told:
        """Confirm these holds of one show, all or none."""
        if len(held) == 1:
            return self._ask(f"reservations/{held[0].reservation}/confirm")
        ids = [one.reservation for one in held]
        return self._ask(f"shows/{self.shows[held[0].seat]}/basket/confirm", {"reservation_ids": ids})

    def release(self, held: Held) -> Told:
        """Release one hold."""
        return self._ask(f"reservations/{held.reservation}/release")

    def _ask(self, path: str, body: object = None) -> Told:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if self.keyed:
            headers["Idempotency-Key"] = str(uuid4())
        answer = self.line.ask("POST", f"/v1/{path}", headers, None if body is None else json.dumps(body).encode())
        if answer is None or not answer.is_final:
            return Told("unknown", why=f"{answer.status}" if answer else "no answer")
        told, is_repeated = json.loads(answer.body), answer.is_repeated and not self.keyed
        if answer.status < 300:
            return Told("ok", tuple(map(_held, told)) if path.endswith("/holds") else (), is_repeated=is_repeated)
        return replace(_refused(told), is_repeated=is_repeated)


def _held(reservation: Mapping[str, Any]) -> Held:
    expiry = datetime.fromisoformat(reservation["hold_expiry"]).timestamp()
    return Held(reservation["id"], reservation["seat_id"], expiry)


def _refused(problem: Mapping[str, Any]) -> Told:
    why = NAMES.get(problem["type"].rpartition("/")[2], problem["title"])
    taken = problem.get("seats", ()) if why == "SeatTaken" else ()
    return Told("refused", why=why, taken=tuple(seat["seat_id"] for seat in taken))


SEAT = re.compile(r'id="seat-(\d+)"[^>]*data-availability="(\w+)"(?: formaction="/reservations/(\d+)/release")?')
CSRF_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# What a page tells of the end of a hold that cannot be had.
SENTENCES = {
    "ended before it was confirmed": "HoldExpired",
    "was released": "HoldReleased",
    "You have bought": "AlreadyConfirmed",
    "You have no reservation": "NotFound",
    "One buyer can have at most": "SeatLimitReached",
    "just come back": "OthersFirst",
}


@dataclass(slots=True)
class PageDesk:
    """Shows' pages with htmx, signed in: presses seats, and reads what became of them from the fragments.

    A page shows when the first of one's holds ends; when a certain one does is asked of v1, with the `token`.
    """

    line: Line
    token: str
    shows: Mapping[int, int]
    cookie: str = ""
    csrf_token: str = ""

    def sign_in(self, email: str, password: str) -> None:
        """Sign in, through the form."""
        self._open("/sign-in")
        answer = self._send("/sign-in", {"email": email, "password": password}, {"Accept": "text/html"})
        assert answer is not None, "the site did not let the buyer in"
        assert answer.status == 303, answer.body.decode()
        self._open("/shows/")

    def hold(self, seats: Sequence[int]) -> Told:
        """Hold these seats, all or none."""
        answer = self._press(f"/shows/{self.shows[seats[0]]}/holds", {"seat_ids": list(seats)})
        return Told("unknown") if answer is None else self._told(seats, answer)

    def confirm(self, held: Sequence[Held]) -> Told:
        """Confirm these holds of one show, all or none."""
        if len(held) == 1:
            return self._end(f"/reservations/{held[0].reservation}/confirm")
        ids = [one.reservation for one in held]
        return self._end(f"/shows/{self.shows[held[0].seat]}/basket/confirm", {"reservation_ids": ids})

    def release(self, held: Held) -> Told:
        """Release one hold."""
        return self._end(f"/reservations/{held.reservation}/release")

    def _told(self, seats: Sequence[int], answer: Answer) -> Told:
        page = answer.body.decode()
        shown = {int(seat): (state, reservation) for seat, state, reservation in SEAT.findall(page)}
        if answer.status == 200:
            ids = [int(shown[seat][1]) for seat in seats if seat in shown and shown[seat][1]]
            held = [one for one in map(self._read, ids) if one]
            if len(held) < len(seats):
                return Told("unknown", why="over before it was told")
            return Told("ok", tuple(held), is_repeated=answer.is_repeated)
        why = _why(page)
        taken = (
            () if why else tuple(seat for seat, (state, _) in shown.items() if seat in seats and state != "available")
        )
        return Told("refused", why=why or "SeatTaken", taken=taken, is_repeated=answer.is_repeated)

    def _read(self, reservation: int) -> Held | None:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.line.ask("GET", f"/v1/reservations/{reservation}", headers)
        return _held(json.loads(answer.body)) if answer and answer.status == 200 else None

    def _end(self, path: str, form: Mapping[str, Any] | None = None) -> Told:
        answer = self._press(path, form or {})
        if answer is None:
            return Told("unknown")
        return Told("ok") if answer.status == 200 else Told("refused", why=_why(answer.body.decode()))

    def _press(self, path: str, form: Mapping[str, Any]) -> Answer | None:
        """What the button is answered; None where that says nothing."""
        answer = self._send(path, form, {"HX-Request": "true", "HX-Request-Type": "partial"})
        return answer if answer and answer.is_final else None

    def _open(self, path: str) -> None:
        answer = self.line.ask("GET", path, self._with_cookie({"Accept": "text/html"}))
        assert answer is not None, f"{path} did not open"
        self._remember(answer)

    def _send(self, path: str, form: Mapping[str, Any], headers: Mapping[str, str]) -> Answer | None:
        body = urlencode({"csrf_token": self.csrf_token, **form}, doseq=True).encode()
        sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        answer = self.line.ask("POST", path, self._with_cookie(sent), body)
        if answer:
            self._remember(answer)
        return answer

    def _with_cookie(self, headers: Mapping[str, str]) -> dict[str, str]:
        return {**headers, "Cookie": self.cookie} if self.cookie else dict(headers)

    def _remember(self, answer: Answer) -> None:
        if "Set-Cookie" in answer.headers:
            self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        if found := CSRF_TOKEN.search(answer.body.decode()):
            self.csrf_token = found[1]


def _why(page: str) -> str | None:
    return next((name for words, name in SENTENCES.items() if words in page), None)
