"""Reads plans out of spreadsheets, CSV in all its shapes, and writes them."""

from webapp.services.plans.sheets.telling import read_sheet

__all__ = ["read_sheet"]
