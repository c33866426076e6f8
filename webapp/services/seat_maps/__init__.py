"""How the seats of a show stand: as a list for clients, and as a map for buyers."""

from webapp.services.seat_maps.reading import (
    Category,
    MapSeat,
    SeatMap,
    availability,
    categories_of,
    map_seats,
    seat_map,
)

__all__ = ["Category", "MapSeat", "SeatMap", "availability", "categories_of", "map_seats", "seat_map"]
