"""The form with which a colleague is invited."""

from wtforms import StringField

from webapp.forms.base import Form


class InvitationForm(Form):
    """Whom an invitation is for."""

    name = StringField("Whom is it for?")
