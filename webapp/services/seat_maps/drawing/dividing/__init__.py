"""Halls too large for one page: which parts they have, and what shapes those are."""
