"""The seats of a map for those who run the show: to be chosen by ticking them, with what the house keeps told apart."""

from collections.abc import Mapping, Set
from datetime import datetime

from flask import get_template_attribute
from markupsafe import Markup

from webapp.formats import money, show_time
from webapp.seat_markup import PartMarkup, place
from webapp.services.house_seats import Block
from webapp.services.seat_maps import ChartSeat, Taken


def choosable_seats(
    markup: PartMarkup,
    taken: Mapping[int, Taken],
    blocks: Mapping[int, Block],
    chosen: Set[int],
    *,
    currency: str,
    timezone: str,
) -> Markup:
    """The seats of a part: free and blocked ones to be ticked, those that buyers have as everybody sees them."""
    checkbox = get_template_attribute("shows/_seat.html", "checkbox")

    def draw(seat: ChartSeat) -> str:
        block = blocks.get(seat.id)
        if seat.id in taken and block is None:
            return str(markup.seat(seat.id, taken, None))
        how = {"availability": "blocked", "mark": mark_of(block), "why": why(block, timezone)} if block else {}
        return str(checkbox(seat, place(seat), money(seat.category.price, currency), checked=seat.id in chosen, **how))

    return markup.with_seats(draw)


def mark_of(block: Block) -> str:
    """The letter that stands on the seats of a block: its reason's first."""
    return next((character.upper()[0] for character in block.reason if character.isalnum()), "•")


def why(block: Block, timezone: str) -> str:
    """Why the seats of a block are kept, and until when."""
    return f"{block.reason}, {until(block.release_at, timezone)}"


def until(release_at: datetime | None, timezone: str) -> str:
    """Until when seats are kept, in words."""
    return f"until {show_time(release_at, timezone)}" if release_at else "until they are released"
