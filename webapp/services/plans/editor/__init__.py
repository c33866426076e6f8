"""Reads plans in the form of the pretix seating-plan editor."""

from webapp.services.plans.editor.zones import read_editor_plan

__all__ = ["read_editor_plan"]
