"""The forms for venues and their plans."""

from collections.abc import Sequence

from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from webapp.forms.base import Form
from webapp.services.venues import KeptPlan


class VenueForm(Form):
    """A venue."""

    name = StringField("Name")
    timezone = StringField("Time zone", default="UTC")


class PlanNameForm(Form):
    """What a plan is called."""

    name = StringField("Name of the plan")


class ImportForm(Form):
    """A plan that is brought in."""

    venue = HiddenField()
    plan_id = HiddenField()
    plan = FileField("Plan file")
    ranges = TextAreaField("Or the seats, typed")


class KeepForm(Form):
    """Where a plan that was read is to be kept."""

    keep_as = SelectField("Keep it as")
    venue = StringField("Venue")
    timezone = StringField("Time zone of a new venue", default="UTC")
    name = StringField("Name of a new plan")

    @classmethod
    def with_plans(cls, plans: Sequence[KeptPlan], **arguments: object) -> "KeepForm":
        """The form that offers these plans to be gone on with."""
        form = cls(**arguments)
        form.keep_as.choices = [SelectChoice("new", "a new plan")] + [
            SelectChoice(str(plan.id), f"version {plan.number + 1} of {plan.name}, {plan.venue_name}") for plan in plans
        ]
        return form
