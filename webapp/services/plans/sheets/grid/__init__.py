"""Reads grids: spreadsheets in which every seat is a cell, where it lies in the hall."""

from webapp.services.plans.sheets.grid.grid import read_grid

__all__ = ["read_grid"]
