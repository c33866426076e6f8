"""Plan files, made up, of a few hundred seats each and not without oddities, as venues send them."""

import json
from typing import Any

CSV_SEATS = 260
EDITOR_SEATS = 250


def csv_plan() -> bytes:
    """Stalls and a balcony, 13 rows of 20 seats, with a column that nobody asked for."""
    lines = ["zone,row,start,end,remark"]
    lines += [f"{'Stalls' if row in 'ABCDEFGHIJ' else 'Balcony'},{row},1,20," for row in "ABCDEFGHIJKLM"]
    return "\n".join(lines).encode()


def editor_plan() -> bytes:
    """A floor of 10 rows of 25 seats, as the pretix editor saves it, with a category that no seat is of."""
    categories = [{"name": name, "color": "#336699"} for name in ("Near", "Far", "Nowhere")]
    floor = {"name": "Floor", "position": {"x": 0, "y": 0}, "rows": [_row(row, name) for row, name in enumerate(ROWS)]}
    return json.dumps({"name": "Made up", "categories": categories, "zones": [floor]}).encode()


ROWS = ("N", "P", "Q", "R", "S", "T", "U", "V", "W", "X")


def _row(row: int, name: str) -> dict[str, Any]:
    seats = [
        {
            "seat_number": str(number),
            "seat_guid": f"{name}-{number}",
            "uuid": f"uuid-{name}-{number}",
            "position": {"x": number * 25, "y": 0},
            "category": "Near" if row < 5 else "Far",
        }
        for number in range(1, 26)
    ]
    return {"row_number": name, "position": {"x": 0, "y": row * 30}, "seats": seats}
