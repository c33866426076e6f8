"""What the people of a show do with its reservations: find them, read how they came about, move and cancel them."""

from webapp.services.box_office.cancelling import cancel, cancel_several, is_cancelled_sale
from webapp.services.box_office.considering import Move, consider
from webapp.services.box_office.history import history
from webapp.services.box_office.listing import Listing, chosen, counts, find, find_all, page_with_counts
from webapp.services.box_office.moving import move
from webapp.services.box_office.reading import BuyersReservation, one
from webapp.services.box_office.wanting import Wanted

__all__ = [
    "BuyersReservation",
    "Listing",
    "Move",
    "Wanted",
    "cancel",
    "cancel_several",
    "chosen",
    "consider",
    "counts",
    "find",
    "find_all",
    "history",
    "is_cancelled_sale",
    "move",
    "one",
    "page_with_counts",
]
