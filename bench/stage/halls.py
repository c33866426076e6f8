"""Halls of any size: curved rows in stalls, circle and balcony, as a theatre of so many seats would have them."""

from math import cos, sin, sqrt

from webapp.services.plans.neighbours import order_rows
from webapp.services.plans.numbering import number_seats
from webapp.services.plans.oddities import Oddities
from webapp.services.plans.places import Place
from webapp.services.plans.plan import Plan, PlanCategory

PITCH, DEPTH = 50.0, 85.0
# Section, its share of the rows, and the empty rows in front of it.
TIERS = (("Stalls", 0.5, 0), ("Circle", 0.3, 3), ("Balcony", 0.2, 3))


def hall_plan(seats: int) -> Plan:
    """The plan of a hall with exactly so many seats, the same at every call."""
    rows = max(1, round(sqrt(seats / 1.6)))
    tiers = [name for name, share, _ in TIERS for _ in range(max(1, round(rows * share)))][:rows]
    tiers += ["Balcony"] * (rows - len(tiers))
    places: list[list[Place]] = []
    left, depth = seats, 12.0
    for index, tier in enumerate(tiers):
        size = -(-left // (rows - index))
        left -= size
        if index and tier != tiers[index - 1]:
            depth += 3
        places.append(_row(tier, index, size, depth + index))
    order_rows([[row] for row in places])
    found, _ = number_seats([place for row in places for place in row], Oddities())
    prices = (("Stalls", 6000), ("Circle", 4500), ("Balcony", 3000))
    return Plan(name="A hall", seats=found, categories=[PlanCategory(name=name, price=price) for name, price in prices])


def _row(tier: str, index: int, size: int, depth: float) -> list[Place]:
    radius = depth * DEPTH
    name = (chr(65 + index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)
    angles = [(number - (size - 1) / 2) * PITCH / radius for number in range(size)]
    # An aisle in the middle of every row.
    angles = [angle + (PITCH / radius) * (0.5 if angle >= 0 else -0.5) for angle in angles] if size > 12 else angles
    return [
        Place(tier, name, str(number), f"seat {number}", radius * sin(angle), radius * cos(angle), tier)
        for number, angle in enumerate(angles, start=1)
    ]
