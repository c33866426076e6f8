"""A sale with more buyers than a run needs, and their requests made beforehand: each holds ten seats of theirs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bench.speed.clients import request
from bench.stage import show_in
from bench.stage.halls import hall_plan
from bench.stage.histories import more_like
from tests.conftest import KEY, NO_LIMITS
from tests.scenes import Scene
from webapp.config import Settings
from webapp.services.accounts import tokens

SEATS, SEATS_EACH, CLIENTS = 40_000, 10, 16
SHARE = SEATS // CLIENTS
SEATS_OF_A_HALL = 1_000
# As every site has them; no buyer comes near.
LIMITS = {name: str(getattr(Settings, name.lower())) for name in NO_LIMITS}
BUYERS = """
INSERT INTO users (name, email, phone_number)
SELECT 'Buyer ' || n, 'buyer' || n || '@sale.example', '+1555' || 1000000 + n
FROM generate_series(1, %s) AS n
RETURNING id
"""


@dataclass(frozen=True)
class Sale:
    """Shows on sale; their seats, and the buyers, have ids one after another."""

    scene: Scene
    first_seat: int
    first_buyer: int

    def buyer_of(self, place: int) -> int:
        """The id of the buyer who is to have the seat at this place."""
        return self.first_buyer + place // SEATS_EACH

    def holds(self, first: int = 0, count: int = SHARE) -> Sequence[Sequence[bytes]]:
        """For each client so many holds of its share of the seats, from its `first` on."""
        shares = ([client * SHARE + first + turn for turn in range(count)] for client in range(CLIENTS))
        return [
            [
                self.post(f"/v1/reservations/{self.buyer_of(place)}/hold", place, self._wanted(place))
                for place in places
                if place < SEATS
            ]
            for places in shares
        ]

    def post(self, path: str, place: int, body: bytes = b"") -> bytes:
        """A request of the buyer of this place."""
        buyer = self.buyer_of(place)
        if buyer not in _tokens:
            _tokens[buyer] = tokens.issue(buyer, 1, key=KEY, life=timedelta(hours=2))
        kind = {"Content-Type": "application/json"} if body else {}
        return request("POST", path, {"Authorization": f"Bearer {_tokens[buyer]}", **kind}, body)

    def clear(self) -> None:
        """Let nothing have been held as yet."""
        with self.scene.history() as connection:
            connection.execute("TRUNCATE reservations, reservation_changes CASCADE")

    def _wanted(self, place: int) -> bytes:
        return json.dumps({"seat_id": self.first_seat + place, "hold_minutes": 5}).encode()


_tokens: dict[int, str] = {}


def sale_in(scene: Scene, seats: int = SEATS) -> Sale:
    """The sale of so many seats, in halls of a thousand."""
    show = show_in(scene, hall_plan(SEATS_OF_A_HALL))
    more_like(scene, show, seats // SEATS_OF_A_HALL - 1)
    with scene.history() as connection:
        found = connection.execute(BUYERS, (seats // SEATS_EACH,)).fetchall()
    ids = [row["id"] for row in scene.rows("SELECT id FROM seats ORDER BY id")]
    assert ids == list(range(ids[0], ids[0] + seats))
    assert [row["id"] for row in found] == list(range(found[0]["id"], found[0]["id"] + len(found)))
    return Sale(scene, ids[0], found[0]["id"])
