"""Reads plans in the form of the pretix seating-plan editor."""

from webapp.services.plans.editor.zones import EditorPlan, read_editor_plan

__all__ = ["EditorPlan", "read_editor_plan"]
