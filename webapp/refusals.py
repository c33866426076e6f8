"""The one handler that renders a no, in the asker's tongue, with the status that webapp/problems.py has for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request, url_for
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity import note_ended
from webapp.problems import HTTP_PROBLEMS, PROBLEMS, Problem
from webapp.replies import Notice, View, go_to, is_local_path, json_response
from webapp.schemas import offers as schemas
from webapp.services import refusals as no
from webapp.services.offers import Offer
from webapp.tongues import Tongue, bearer_token, current_tongue

Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True)
class Telling:
    """Where the refusal of a handler is told; each view is made of the handler's own arguments."""

    fragment: Callable[..., View] | None = None
    page: Callable[..., View] | None = None
    form: Callable[..., View | None] | None = None


_tellings: dict[Callable[..., Any], Telling] = {}


def told_in(
    *,
    fragment: Callable[..., View] | None = None,
    page: Callable[..., View] | None = None,
    form: Callable[..., View | None] | None = None,
) -> Callable[[Handler], Handler]:
    """Say where a refusal of the decorated handler is told: in the fragment that htmx gets, or on the page with the
    form, what was typed still in it.

    `form` is for a form within a page, in the tongue asked for: htmx gets it for what was typed wrongly, and a browser
    instead of being sent back; None where nothing was typed.
    """

    def remember(handler: Handler) -> Handler:
        _tellings[handler] = Telling(fragment, page, form)
        return handler

    return remember


def refuse(refusal: no.Refusal) -> Response:
    """Answer with a refusal in the asker's tongue."""
    problem = PROBLEMS[type(refusal)]
    g.is_refused = True
    if isinstance(refusal, no.Busy | no.TooManyRequests):
        g.setdefault("asker", None)  # a database that could not answer, or need not, is not asked who this is
    if isinstance(refusal, no.NotSignedIn):
        note_ended()
    if isinstance(refusal, no.NotSignedIn) and current_tongue() is not Tongue.JSON:
        return go_to(url_for("accounts.sign_in", next=refusal.back_to))
    offers = _offers_of(refusal)
    response = _render(problem, refusal.sentence, _facts_of(refusal, offers), offers)
    if "retry_after" in refusal.facts:
        response.headers["Retry-After"] = str(refusal.facts["retry_after"])
    if problem.status == 401:
        failed = ', error="invalid_token"' if bearer_token() is not None else ""
        response.headers["WWW-Authenticate"] = f'Bearer realm="holdfast"{failed}'
    if isinstance(refusal, no.ScopeMissing):
        lacking = f'error="insufficient_scope", scope="{refusal.facts["scope"]}"'  # RFC 6750, section 3.1
        response.headers["WWW-Authenticate"] = f'Bearer realm="holdfast", {lacking}'
    return response


def refuse_http(error: HTTPException) -> BaseResponse:
    """Answer with what the framework refused, in the asker's tongue; its headers (Allow) stay."""
    response = error.get_response()
    status = response.status_code
    if status < 400:
        return response
    problem = HTTP_PROBLEMS.get(status) or Problem(status, "unreadable", error.name, error.description or "")
    sentence = error.description if status in {400, 415} else None
    answer = _render(problem, sentence or problem.description, {})
    for name, value in response.headers.items():
        if name not in {"Content-Type", "Content-Length"}:
            answer.headers[name] = value
    return answer


def _offers_of(refusal: no.Refusal) -> Sequence[Offer]:
    """What can be had instead; nothing, where even looking for it is refused."""
    try:
        return refusal.offers
    except no.Refusal:
        return ()


def _facts_of(refusal: no.Refusal, offers: Sequence[Offer]) -> Mapping[str, Any]:
    """The facts that a client gets, with the offers where it may expect some."""
    if not refusal.may_offer:
        return refusal.facts
    return {**refusal.facts, "offers": [schemas.Offer.model_validate(offer) for offer in offers]}


def _render(problem: Problem, sentence: str, facts: Mapping[str, Any], offers: Sequence[Offer] = ()) -> Response:
    notice = Notice("refusal", sentence, offers)
    telling = _tellings.get(current_app.view_functions.get(request.endpoint or "", _nowhere), Telling())
    g.field_errors, g.problem, g.refused_facts = facts.get("errors", ()), problem, facts
    match current_tongue():
        case Tongue.JSON:
            return _problem_document(problem, sentence, facts)
        case Tongue.FRAGMENT:
            plain = View("refusals/_notice.html")
            # Only a conflict means that the page shows what is no longer true.
            view = telling.fragment if problem.status == 409 else None
            if telling.form and ("errors" in facts or problem.status == 401):
                view = _form_or(view, telling.form)
        case Tongue.PAGE:
            plain = View("refusals/page.html", lambda: {"problem": problem, "request_id": g.get("request_id")})
            # A page that is not there or not the asker's, or for a body too large to be read, would only refuse again;
            # and who asks too much gets nothing that costs something to make.
            is_told_there = problem.status not in {403, 404, 413, 500} and problem.slug != "too-many-requests"
            view = telling.page if is_told_there else None
            if telling.form and is_told_there:
                view = _form_or(view, telling.form)
            if view is None and problem.status != 413 and _came_from_a_page_of_ours():
                return go_to(request.form["next"], notice)
    return Response(_tell(notice, view and partial(view, **(request.view_args or {})), plain), problem.status)


def _form_or(otherwise: Callable[..., View] | None, form: Callable[..., View | None]) -> Callable[..., View] | None:
    """The form within a page with what was typed, if anything was."""
    view = form(**(request.view_args or {}))
    return (lambda **_: view) if view else otherwise


def _tell(notice: Notice, view: Callable[[], View] | None, plain: View) -> str:
    """The notice on its view; on the plain one where there is none, or where it cannot be made either."""
    if view:
        try:
            return view().render(notice=notice)
        except no.Refusal:
            g.setdefault("asker", None)
    return plain.render(notice=notice)


def _nowhere() -> None:
    """The handler of a request that has none."""


def refuse_host(_: SecurityError) -> Response:
    """Answer whoever calls us by a name that is not ours: in JSON, since a page is made of links and none is right."""
    return _problem_document(HTTP_PROBLEMS[400], "This site does not answer to the host name of this address.", {})


def _came_from_a_page_of_ours() -> bool:
    return request.method == "POST" and is_local_path(request.form.get("next", ""))


def _problem_document(problem: Problem, sentence: str, facts: Mapping[str, Any]) -> Response:
    """A problem as RFC 9457 has it, with the facts of the refusal beside."""
    document = {
        **{name: fact for name, fact in facts.items() if name != "retry_after"},
        "type": f"{request.root_path}/problems/{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "detail": sentence,
        "instance": request.path,
        "request_id": g.request_id,
    }
    return json_response(document, problem.status, mimetype="application/problem+json")


def _failed(error: InternalServerError) -> Response:
    """A mistake of ours (the log has it), told without a word about its inside; or a no met while telling one."""
    original = error.original_exception
    g.setdefault("asker", None)
    if isinstance(original, no.Refusal):
        return refuse(original)
    return _render(HTTP_PROBLEMS[500], HTTP_PROBLEMS[500].description, {})


def register(app: Flask) -> None:
    """Make every no of the application travel this road."""
    app.register_error_handler(no.Refusal, refuse)
    app.register_error_handler(SecurityError, refuse_host)
    app.register_error_handler(HTTPException, refuse_http)
    app.register_error_handler(InternalServerError, _failed)
