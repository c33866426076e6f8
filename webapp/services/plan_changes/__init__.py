"""A show's plan is changed, also after sales began: what would be different is looked at first, then done or not."""

from webapp.services.plan_changes.applying import apply
from webapp.services.plan_changes.choosing import Choice, choices
from webapp.services.plan_changes.difference import CHANGES, Difference, KeptSeat, PlannedSeat
from webapp.services.plan_changes.present import Holder, PresentSeat
from webapp.services.plan_changes.preview import Preview, preview

__all__ = [
    "CHANGES",
    "Choice",
    "Difference",
    "Holder",
    "KeptSeat",
    "PlannedSeat",
    "PresentSeat",
    "Preview",
    "apply",
    "choices",
    "preview",
]
