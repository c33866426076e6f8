"""Seats that the house keeps: blocked and released by those who run a show, on one date or on several at once."""

from webapp.services.house_seats.blocking import block, preview_block
from webapp.services.house_seats.choosing import MOST_SEATS, Choice
from webapp.services.house_seats.dates import Date, Until, dates_of
from webapp.services.house_seats.outlook import Obstacle, Outlook, SeatsNotBlocked, SeatsNotFree
from webapp.services.house_seats.reading import Block, HouseSeat, block_of_seat, blocks_of
from webapp.services.house_seats.releasing import preview_release, release

__all__ = [
    "MOST_SEATS",
    "Block",
    "Choice",
    "Date",
    "HouseSeat",
    "Obstacle",
    "Outlook",
    "SeatsNotBlocked",
    "SeatsNotFree",
    "Until",
    "block",
    "block_of_seat",
    "blocks_of",
    "dates_of",
    "preview_block",
    "preview_release",
    "release",
]
