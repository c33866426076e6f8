"""Buy seats that are next to each other: python examples/buy.py http://127.0.0.1:8001 1 --seats 2

A client to copy. It sends whatever changes something with a key of its own, and sends it again with the same key until
it has an answer, so that a reply that is lost on its way neither loses seats nor takes others besides.
"""

import argparse
import os
import random
import sys
import time
import uuid
from typing import Any

import httpx

PATIENCE = 60  # seconds to go on trying for one answer
BUSY = {429, 502, 503, 504}


class Refused(Exception):
    """A no that trying again does not change; its text is a sentence, and `problem` says the rest."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail", "The answer cannot be read."))
        self.problem = problem


class BoxOffice:
    """The v1 API at `url`, asked as one user."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self.http = httpx.Client(base_url=f"{url}/v1", timeout=10)
        signed_in = self.send("/login", email=email, password=password)
        self.http.headers["Authorization"] = f"Bearer {signed_in['access_token']}"

    def send(self, path: str, **body: Any) -> Any:
        """POST the body until there is an answer; raises `Refused`, or httpx's error when none came in time."""
        key, give_up_at, pause = str(uuid.uuid4()), time.monotonic() + PATIENCE, 0.1
        while True:
            try:
                answer = self.http.post(path, json=body or None, headers={"Idempotency-Key": key})
            except httpx.TransportError:  # nobody knows whether it was done, but the key does
                if time.monotonic() > give_up_at:
                    raise
            else:
                if answer.is_success:
                    return answer.json()
                is_under_way = answer.status_code == 409 and "Retry-After" in answer.headers
                if not (answer.status_code in BUSY or is_under_way) or time.monotonic() > give_up_at:
                    raise Refused(answer.json())
                pause = max(pause, float(answer.headers.get("Retry-After", 0)))
            time.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(2 * pause, 5)

    def buy(self, show_id: int, seats: int) -> list[dict[str, Any]]:
        """Hold the best seats together for five minutes, and confirm them."""
        held = self.send(f"/shows/{show_id}/best-available", seats=seats, hold_minutes=5)
        ids = [one["id"] for one in held]
        return self.send(f"/shows/{show_id}/basket/confirm", reservation_ids=ids)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Buy seats that are next to each other.")
    parser.add_argument("url")
    parser.add_argument("show_id", type=int)
    parser.add_argument("--seats", type=int, default=1)
    asked = parser.parse_args()
    email = os.environ.get("HOLDFAST_EMAIL", "buyer@holdfast.example")
    password = os.environ.get("HOLDFAST_PASSWORD", "demo-buyer")
    try:
        bought = BoxOffice(asked.url, email, password).buy(asked.show_id, asked.seats)
    except Refused as refusal:
        sys.exit(str(refusal))
    print("\n".join(f"{one['seat_number']}: reservation {one['id']}" for one in bought))
