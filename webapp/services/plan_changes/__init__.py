"""A show's plan is changed, also after sales began: what would be different is looked at first, then done or not."""

from webapp.services.plan_changes.applying import apply
from webapp.services.plan_changes.choosing import Choice, ShowPlan, choices, plan_of_show
from webapp.services.plan_changes.difference import CHANGES, Difference, KeptSeat, PlannedSeat
from webapp.services.plan_changes.present import Holder, Present, PresentSeat
from webapp.services.plan_changes.preview import Preview, preview

__all__ = [
    "CHANGES",
    "Choice",
    "Difference",
    "Holder",
    "KeptSeat",
    "PlannedSeat",
    "Present",
    "PresentSeat",
    "Preview",
    "ShowPlan",
    "apply",
    "choices",
    "plan_of_show",
    "preview",
]
