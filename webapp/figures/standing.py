"""How the seats of a show stand just now."""

from webapp.figures.figure import Figure, percent, seats
from webapp.figures.table import Column, Table
from webapp.services.dashboards import Dashboard, in_all


def standing_figure(found: Dashboard) -> Figure:
    """The house by how its seats stand."""
    show, now = found.show, in_all(found.categories)
    states = [("Sold", now.sold), ("Held", now.held), ("Kept by the house", now.blocked), ("Free", now.free)]
    table = Table(
        "Seats by how they stand",
        [Column("Seats", "text"), Column("Number"), Column("Share of the house", "share")],
        [(name, number, number / now.seats if now.seats else None) for name, number in states],
        show.currency,
        show.timezone,
        total=("All", now.seats, 1.0 if now.seats else None),
    )
    share = percent(now.sold / now.seats) if now.seats else "nothing"
    return Figure("standing", "The house now", f"{share} of {seats(now.seats)} is sold.", table)
