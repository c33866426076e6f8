"""A crowd that buys through v1, as a show sees it: `python -m bench.crowds.crowd http://127.0.0.1:8000 7 --buyers 500`.

Every buyer signs up, looks which seats are free, and wants one to four of them: some let the house choose, some pick
seats themselves; most confirm, some release, some walk away and let their hold lapse. Who was too late tries again, a
few times. At the end the crowd compares what each of them was told with what the site says of its seats.
"""

import json
import random
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from threading import Lock
from time import perf_counter, sleep, time_ns
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

PARTIES = (2, 2, 2, 1, 4, 3)
TRIES = 6
# Of ten buyers.
CONFIRM, RELEASE = 8, 1


@dataclass
class Crowd:
    """The buyers of one show at one site, and what became of them."""

    url: str
    show_id: int
    counted: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    bought: dict[int, int] = field(default_factory=dict)  # seat id by reservation id
    lock: Lock = field(default_factory=Lock)
    run: int = field(default_factory=lambda: time_ns() // 1_000_000 % 10**8)

    def buy(self, number: int) -> None:
        """Let one buyer come, and go."""
        chance = random.Random(number)
        token = self._sign_up(number)
        size = chance.choice(PARTIES)
        for _ in range(TRIES):
            held = self._hold(token, size, chance)
            if held is not None:
                break
        else:
            self._count("left without seats")
            return
        mood = chance.randrange(10)
        if mood < CONFIRM:
            ids = [one["id"] for one in held]
            status, answer = self._ask("POST", f"/shows/{self.show_id}/basket/confirm", token, {"reservation_ids": ids})
            with self.lock:
                self.counted["parties that bought" if status == 200 else f"confirm refused ({status})"] += 1
                self.bought.update({one["id"]: one["seat_id"] for one in answer} if status == 200 else {})
        elif mood < CONFIRM + RELEASE:
            for one in held:
                self._ask("POST", f"/reservations/{one['id']}/release", token)
            self._count("parties that released")
        else:
            self._count("parties that walked away")

    def compare(self) -> Iterator[str]:
        """What is wrong between what the buyers were told and what the site says; nothing, where all is well."""
        status, seats = self._ask("GET", f"/shows/{self.show_id}/availability")
        assert status == 200
        sold = {seat["seat_id"] for seat in seats if seat["status"] == "CONFIRMED"}
        times = Counter(self.bought.values())
        yield from (f"seat {seat} was sold {count} times" for seat, count in times.items() if count > 1)
        yield from (f"the sale of seat {seat} is lost" for seat in times.keys() - sold)

    def _sign_up(self, number: int) -> str:
        person = {
            "name": f"Buyer {number}",
            "email": f"buyer{number}.{self.run}@crowd.example",
            "phone_number": f"+{self.run:08}{number:05}",
            "password": "a crowd of buyers",
        }
        self._insist("POST", "/users/", body=person)
        token: str = self._insist("POST", "/login", body={key: person[key] for key in ("email", "password")})[
            "access_token"
        ]
        return token

    def _hold(self, token: str, size: int, chance: random.Random) -> list[dict[str, Any]] | None:
        """The reservations of as many seats, or None for who was too late."""
        path = f"/shows/{self.show_id}"
        if chance.random() < 0.5:
            status, answer = self._ask("POST", f"{path}/best-available", token, {"seats": size})
            found = answer
        else:
            _, free = self._ask("GET", f"{path}/availability?status=AVAILABLE")
            if not free:
                return None
            start = chance.randrange(len(free))
            numbers = [seat["seat_number"] for seat in free[start : start + size]]
            status, found = self._ask("POST", f"{path}/holds", token, {"seat_numbers": numbers})
        if status == 201:
            return list(found)
        self._count(f"too late ({found.get('type', status)})")
        return None

    def _insist(self, method: str, path: str, *, body: Any) -> Any:
        """Ask until the site is no longer too busy to answer."""
        while True:
            status, answer = self._ask(method, path, body=body)
            if status < 400:
                return answer
            if status not in {429, 503}:
                sys.exit(f"{method} {path} was refused: {answer}")
            sleep(1)

    def _ask(self, method: str, path: str, token: str | None = None, body: Any = None) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None else json.dumps(body).encode()
        begun = perf_counter()
        try:
            with urlopen(Request(f"{self.url}/v1{path}", data, headers, method=method), timeout=60) as answer:
                return answer.status, json.load(answer)
        except HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)
        finally:
            with self.lock:
                self.seconds.append(perf_counter() - begun)

    def _count(self, what: str) -> None:
        with self.lock:
            self.counted[what] += 1


def main() -> None:
    """Let the crowd come, and tell what became of it."""
    parser = ArgumentParser(
        prog="python -m bench.crowds.crowd", description="A crowd that buys a show's seats through v1."
    )
    parser.add_argument("url", help="where the site is, such as http://127.0.0.1:8000")
    parser.add_argument("show", type=int, help="the id of the show")
    parser.add_argument("--buyers", type=int, default=500)
    parser.add_argument("--at-once", type=int, default=20, help="how many of them ask at a time")
    asked = parser.parse_args()
    crowd = Crowd(asked.url.rstrip("/"), asked.show)
    begun = perf_counter()
    with ThreadPoolExecutor(asked.at_once) as pool:
        coming = [pool.submit(crowd.buy, number) for number in range(asked.buyers)]
        for done, one in enumerate(as_completed(coming), start=1):
            one.result()
            if done % 50 == 0 or done == asked.buyers:
                print(f"{done:,} of {asked.buyers:,} buyers came", file=sys.stderr)
    seconds, waited = sorted(crowd.seconds), perf_counter() - begun
    print(f"{len(seconds):,} requests in {waited:.1f} s; median {1000 * seconds[len(seconds) // 2]:.0f} ms")
    for what, count in crowd.counted.most_common():
        print(f"{count:6,} {what}")
    print(f"{len(crowd.bought):6,} seats bought")
    wrong = list(crowd.compare())
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
