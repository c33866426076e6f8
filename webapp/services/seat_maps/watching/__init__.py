"""What happens to the seats of a show, told to everybody who watches: one query for all of them, whoever they are."""

from webapp.services.seat_maps.watching.registry import Watching, end_when, follow, open_streams, watch
from webapp.services.seat_maps.watching.telling import Telling

__all__ = ["Telling", "Watching", "end_when", "follow", "open_streams", "watch"]
