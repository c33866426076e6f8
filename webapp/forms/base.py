"""What every form shares: it shows again what was typed, and what is wrong with it."""

from typing import Any

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


class EditionForm(Form):
    """A form of one edition of a show: refused because that is not the present one, it is shown again as of that."""

    edition = HiddenField()

    def __init__(self, *args: Any, edition: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        problem = g.get("problem")
        if not self.edition.data or (problem and problem.slug == "changed-meanwhile"):
            self.edition.data = str(edition)
