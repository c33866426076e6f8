"""Halls with every seat, or of a large one every section, marked by what is told of it."""

from webapp.figures.halls.hall import Hall, first_sold_seats, first_sold_sections, standing_hall

__all__ = ["Hall", "first_sold_seats", "first_sold_sections", "standing_hall"]
