"""Plans of the editor as they come: made up, with all that is wrong with real ones, and broken further by chance."""

import json
from copy import deepcopy
from random import Random
from typing import Any

SOME = {"position": {"x": 10, "y": 20.5}}
HOSTILE = [
    "<script>alert(1)</script>",
    "red;} body{display:none} /*",
    "url(javascript:alert(1))",
    "\u202egnp.exe",
    "\u2066A\u2069",
    "A\x00B",
    "\ud800",
    "\u200b",
    "=cmd|' /C calc'!A0",
    "Z\u0300\u0301\u0302" * 20,
    "x" * 5_000,
    "%s",
    "Seat %S of %d",
    "\ufb01",
    "ß",
    "",
    " ",
    "\n",
    "\u216b",
    "\u0663",
]
NUMBERS = [0, -0.0, 1.0, 1.5, 1e999, -1e999, 1e300, 10**30, -1, 2**53 + 1, 999_999.999, 1_000_001]
ANYTHING: list[Any] = [None, True, False, [], {}, [[]], {"x": 1}, {"x": None, "y": 2}, [None], [{}], *NUMBERS, *HOSTILE]


def seat(number: Any, guid: Any, x: float, y: float = 0, **more: Any) -> dict[str, Any]:
    """A seat as the editor writes it."""
    return {"seat_number": number, "seat_guid": guid, "position": {"x": x, "y": y}, "category": "Near", **more}


def hall() -> dict[str, Any]:
    """A plan of the editor in which one thing of each kind is odd, and which can be used all the same."""
    left = [seat(n, f"left-{n}", 25 * rank + 0.1, uuid=f"u-{n}") for rank, n in enumerate("123")]
    right = [seat(n, "same", 25 * (4 + i), uuid=f"v-{n}") for i, n in enumerate((4, 5.0, "5"))]
    return {
        "name": "Hall\u202e",
        "version": 3,
        "categories": [
            {"name": "Near", "color": "red;} body{display:none}"},
            {"name": "Near", "color": "#fff"},
            {"name": "Wheelchair", "color": "#00FF00", "price": 1.10},
        ],
        "zones": [
            {
                "name": "Stalls",
                "uuid": "z-1",
                "position": {"x": 3.0, "y": -7},
                "rows": [
                    {"row_number": "A", "seat_label": "Seat %S", "seats": left, **SOME},
                    {"row_number": "A", "seat_label": "Seat %s", "seats": right, **SOME},
                    {"row_number": "B", "seats": []},
                    {"row_number": "%s", "seats": [seat("1", "w", 0, category="Wheelchair", _tmp={"deep": [[1e2]]})]},
                    {"seats": [{"seat_number": "9", "category": "Unlisted"}, seat("9", ["no text"], 5)]},
                ],
                "areas": [
                    {"shape": "rectangle", "rectangle": {"width": 9.5, "height": 4}, "text": {"text": "Stage"}, **SOME},
                    {"shape": "circle"},
                    7,
                ],
            },
            {"name": "Empty", "rows": None, "areas": None},
        ],
        "size": {"width": 800, "height": 600.0},
    }


def as_bytes(plan: Any) -> bytes:
    """The plan as a file, as Python writes it: also with what JSON does not know."""
    return json.dumps(plan, indent=1).encode()


def broken(plan: dict[str, Any], chance: Random) -> dict[str, Any]:
    """The plan with some things in it changed, taken away, said again or put elsewhere."""
    mutant = deepcopy(plan)
    for _ in range(chance.randint(1, 6)):
        _break(mutant, chance)
    return mutant


def _break(plan: dict[str, Any], chance: Random) -> None:
    places = [(holder, key) for holder in _holders(plan) for key in _keys(holder)]
    if not places:
        return
    holder, key = chance.choice(places)
    match chance.randrange(6):
        case 0:
            holder[key] = chance.choice(ANYTHING)
        case 1:
            del holder[key]
        case 2:
            other, place = chance.choice(places)
            holder[key] = deepcopy(other[place])
        case 3 if isinstance(holder, list):
            holder.insert(key, deepcopy(holder[key]))
        case 4 if isinstance(holder, list):
            chance.shuffle(holder)
        case _ if isinstance(holder[key], str):
            holder[key] += chance.choice(HOSTILE)
        case _:
            holder[key] = [holder[key]]


def _holders(value: Any) -> list[Any]:
    """All objects and lists in a value, those within others too, in the order in which they stand."""
    if not isinstance(value, dict | list):
        return []
    return [
        value,
        *(found for inner in (value.values() if isinstance(value, dict) else value) for found in _holders(inner)),
    ]


def _keys(holder: Any) -> list[Any]:
    return list(holder) if isinstance(holder, dict) else list(range(len(holder)))


def broken_text(data: bytes, chance: Random) -> bytes:
    """The file with some bytes changed, taken away or put twice, wherever they are."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice([0, 1, 1, 2, 10, 200]))
        again = data[start:end] * chance.choice([0, 1, 2])
        data[start:end] = again + chance.choice(
            [b"", b"", b'"', b",", b"\n", b"{", b"]", b"\x00", b"\xff", b"NaN", b"1e9", b";"]
        )
    return bytes(data)
