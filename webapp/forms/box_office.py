"""The forms with which the people of a show move buyers and cancel what was sold."""

from wtforms import StringField

from webapp.forms.base import Form


class MoveForm(Form):
    """The seat that a buyer is moved to."""

    seat_number = StringField("Seat number")


class MoveReasonForm(Form):
    """Why a buyer is moved."""

    reason = StringField("Why, for the buyer to read")


class CancelForm(Form):
    """Why a sale is cancelled."""

    reason = StringField("Why, for the buyer to read")
