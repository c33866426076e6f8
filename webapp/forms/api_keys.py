"""The form with which an API key is made."""

from collections.abc import Mapping

from wtforms import PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from webapp.forms.base import Form

# What each scope is for, in a word or two, and what it comes to.
SCOPES: Mapping[str, tuple[str, str]] = {
    "reading": ("Look", "shows, seats, your reservations, and who bought what in the shows you run"),
    "holding": ("Buy", "hold, confirm and give back seats in your name"),
    "administering": ("Run shows", "set up and change them, their plans and venues, and what their buyers have"),
}
LIVES = {"30": "30 days", "90": "90 days", "365": "A year", "": "Until it is revoked"}


class ApiKeyForm(Form):
    """What a key is called, what it may do, and how long."""

    name = StringField("What is it for?")
    scopes = SelectMultipleField(
        "What may it do?", choices=[SelectChoice(scope, ": ".join(words)) for scope, words in SCOPES.items()]
    )
    expires_in_days = SelectField(
        "How long is it good?", choices=[SelectChoice(days, words) for days, words in LIVES.items()], default="90"
    )
    password = PasswordField("Your password")
