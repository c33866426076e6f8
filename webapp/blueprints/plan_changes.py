"""A show gets its seats from a plan, or from another one: what would be different is shown first, then confirmed."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for
from wtforms import StringField

from webapp import change_marks
from webapp.blueprints.clients import people_only
from webapp.formats import amount
from webapp.forms.base import Form
from webapp.identity import signed_in
from webapp.plan_halls import drawn, plan_view
from webapp.questions import read, read_query
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, page
from webapp.schemas.plan_changes import ConfirmedChange, LookedAt, NewPrices
from webapp.services import kept_plans, plan_changes, seat_maps, shows
from webapp.services.plan_changes import Preview
from webapp.services.refusals import Invalid
from webapp.services.shows import Show

bp = Blueprint("plan_changes", __name__, url_prefix="/organizer/shows")
bp.before_request(people_only)

CONFIRMED = frozenset(ConfirmedChange.model_fields)


@bp.get("/<id:show_id>/plan")
def show(show_id: int) -> Response:
    """The plans a show can have its seats from, or what one of them would change."""
    signed_in()
    version_id = read_query(LookedAt).version
    return page(_difference_page(show_id, version_id) if version_id else _choice_page(show_id))


def _choice_page(show_id: int) -> View:
    return View("plan_changes/choose.html", partial(_choice_context, show_id))


def _choice_context(show_id: int) -> dict[str, Any]:
    organizer = signed_in()
    show = shows.organized(organizer, show_id)
    choices = plan_changes.choices(organizer, show_id)
    present = next((one for one in choices if one.version_id == show.plan_version_id), None)
    return {"show": show, "choices": choices, "present": present}


def _difference_page(show_id: int, version_id: int) -> View:
    organizer = signed_in()
    show = shows.organized(organizer, show_id)
    found = plan_changes.preview(organizer, show_id, version_id)
    if not show.seats:
        return View("plan_changes/first.html", partial(_first_context, show, found))
    return View("plan_changes/difference.html", partial(_difference_context, show, found))


def _first_context(show: Show, found: Preview) -> dict[str, Any]:
    """The plan as a show without seats would have it: nothing of it is different from anything."""
    chart = drawn(found.choice.kept, found.plan)
    return {
        "show": show,
        "found": found,
        "form": _price_form(found),
        "counts": kept_plans.counts_of(found.plan),
        "view": plan_view(chart, read_query(LookedAt).after) if chart else None,
        "after_parts": f"{url_for('.show', show_id=show.id, version=found.choice.version_id)}&after=",
    }


def _difference_context(show: Show, found: Preview) -> dict[str, Any]:
    looked = read_query(LookedAt)
    chart = drawn(found.choice.kept, found.plan)
    here = url_for(".show", show_id=show.id, version=found.choice.version_id)
    return {
        "show": show,
        "found": found,
        "form": _price_form(found),
        "marks": change_marks,
        "before": change_marks.before(found, seat_maps.chart_of(show.id, -1), looked.before),
        "after": change_marks.after(found, chart, looked.after) if chart else None,
        "before_parts": f"{here}&before=",
        "after_parts": f"{here}&after=",
    }


def _price_form(found: Preview) -> Form:
    """The form with a price for each category that is new to the show."""
    currency = found.present.currency
    fields = {
        f"price-{number}": StringField(name, default="" if price is None else amount(price, currency))
        for number, (name, price) in enumerate(found.difference.new_categories.items(), start=1)
    }
    form: type[Form] = type("NewPricesForm", (Form,), fields)
    return form() if request.method == "POST" else form(formdata=None)


def _refused(show_id: int) -> View:
    """The difference as it is now, whatever it was when it was confirmed."""
    return _difference_page(show_id, _read_confirmed().version)


def _read_confirmed() -> ConfirmedChange:
    return read(ConfirmedChange, beside=request.form.keys() - CONFIRMED)


def _read_prices(currency: str) -> dict[str, int]:
    """The prices (minor units) of the new categories, by their names, which the form has beside."""
    missing = [name for name, typed in request.form.items() if name.startswith("price-") and not typed.strip()]
    if missing:
        errors = [{"pointer": f"#/{name}", "detail": "This category is new and needs a price."} for name in missing]
        raise Invalid("Set a price for each category that is new.", errors=errors)
    asked = read(NewPrices, beside={name for name in request.form if not name.startswith("price-")}, currency=currency)
    return {request.form[name.replace("price", "category")]: price for name, price in asked.root.items()}


@bp.post("/<id:show_id>/plan/change")
@told_in(page=_refused)
def apply(show_id: int) -> Response:
    """Give the show the seats of the version that was looked at."""
    organizer = signed_in(back_to=url_for(".show", show_id=show_id))
    show = shows.organized(organizer, show_id)
    asked, prices = _read_confirmed(), _read_prices(show.currency)
    done = plan_changes.apply(
        organizer,
        show_id,
        asked.version,
        edition=asked.edition,
        plan_version=asked.plan_version,
        prices=prices,
    )
    told = [f"{count:,} {change_marks.WORDS[way]}" for way, count in done.counts.items() if count]
    words = f"The show has its new plan: {', '.join(told) or 'no seat is different'}."
    if not show.seats:
        words = f"The show has its seats: {len(done.added):,}."
    return go_to(url_for("organizers.show", show_id=show_id), Notice("success", words))
