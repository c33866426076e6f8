"""What every form shares: it shows again what was typed, and what is wrong with it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask import g, request
from flask_wtf import FlaskForm
from wtforms import HiddenField


class Form(FlaskForm):  # type: ignore[misc]
    """A form that fills itself from the request, and tells the errors of a refusal at their fields.

    `Form(formdata=None)` is one of a page's other forms, which was not sent.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """What is shown again is what was typed: a file is not, and in the place of a text it could not be."""

        def wrap_formdata(self, _form: Any, formdata: Any) -> Any:
            """The texts that were sent; None for a form that was not."""
            return None if formdata is None or request.method != "POST" else request.form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kwargs.get("formdata", ...) is None:
            return
        for error in g.get("field_errors", ()):
            field = self._fields.get(error["pointer"].removeprefix("#/").partition("/")[0])
            if field is not None:
                field.errors = [*field.errors, error["detail"]]
            else:
                self.form_errors.append(error["detail"])  # of something the form does not show, told above it


class EditionForm(Form):
    """A form of one edition of a show.

    Refused because that is not the present one, it is shown again as of that: what was not touched in it has what
    others have put there meanwhile, what was touched stays as it was typed.
    """

    # The fields, where the record of a change calls them otherwise.
    recorded_as: ClassVar[Mapping[str, str]] = {}

    edition = HiddenField()

    def __init__(self, *args: Any, edition: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        problem, was_sent = g.get("problem"), kwargs.get("formdata", ...) is not None
        is_outdated = was_sent and problem is not None and problem.slug == "changed-meanwhile"
        if is_outdated or not self.edition.data:
            self.edition.data = str(edition)
        for change in g.refused_facts["changes"] if is_outdated else ():
            field = self._fields.get(self.recorded_as.get(change["field"], change["field"]))
            if field is not None and field.data == self.as_shown(field.name, change["was"]):
                field.data, field.raw_data = self.as_shown(field.name, change["now"]), None

    def as_shown(self, name: str, recorded: Any) -> Any:
        """A recorded value of this field, as the form has it."""
        return recorded
