"""The one place that chooses between a page, a fragment and JSON."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from textwrap import shorten
from time import sleep
from typing import Any, Literal, TypeAlias

from flask import Response, flash, g, redirect, render_template, request, session
from pydantic import BaseModel
from pydantic_core import to_json
from werkzeug.urls import iri_to_uri

from webapp.tongues import Tongue, current_tongue

# Bytes of JSON; a cookie has room for 4,096, and holds more than this.
MOST_OFFERED = 1_600
# Characters of a sentence there.
MOST_SAID = 300
# Bytes of a long body that are packed and sent at once: a millisecond's work.
PIECE = 64 * 1024

Result: TypeAlias = BaseModel | Sequence[BaseModel]


@dataclass(frozen=True)
class View:
    """A template and what it is rendered with, asked for only when it is rendered, so that JSON never pays for it."""

    template: str
    context: Callable[[], Mapping[str, Any]] = dict

    def render(self, **more: Any) -> str:
        """The template rendered with its context and `more`."""
        return render_template(self.template, **self.context(), **more)


@dataclass(frozen=True)
class Notice:
    """A sentence told to a person once, and seats to be had by one click (as the services offer them)."""

    kind: Literal["success", "refusal"]
    sentence: str
    offers: Sequence[Any] = ()


def reply(
    result: Result | Callable[[], Result],
    *,
    page: View | None = None,
    fragment: View | None = None,
    goes_to: str | None = None,
    notice: str | Callable[[], Notice | None] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with `result` in the asker's tongue.

    JSON gets the result itself, with `status` and `headers`; one that a page can do without may be a function. htmx
    gets the fragment. A browser gets the page, or, when its form was accepted, is sent on to `goes_to` with 303.
    `notice` is the sentence a person reads, or a function that makes the notice, if there is any.
    """
    tongue = current_tongue()
    if tongue is Tongue.JSON:
        return json_response(result() if callable(result) else result, status, headers)
    told = notice() if callable(notice) else Notice("success", notice) if notice else None
    if tongue is Tongue.FRAGMENT and fragment:
        return Response(fragment.render(notice=told))
    if goes_to:
        return go_to(goes_to, told)
    assert page, "a reply to a browser is a page, or sends it on to one"
    return Response(page.render())


def page(view: View) -> Response:
    """A page that only people have, such as one with a form."""
    return Response(view.render())


def json_response(
    result: BaseModel | Sequence[BaseModel] | Mapping[str, Any],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    mimetype: str = "application/json",
) -> Response:
    """`result` as JSON."""
    return Response(to_json(result), status, headers, mimetype=mimetype)


def written_response(written: bytes, headers: Mapping[str, str] | None = None) -> Response:
    """JSON that is written already; much of it is packed and sent piece by piece, between which others are served."""
    if len(written) <= PIECE:
        return Response(written, 200, headers, mimetype="application/json")
    response = Response(_pieces(written), 200, headers, mimetype="application/json")
    response.content_length = len(written)  # which goes where it is packed
    return response


def _pieces(written: bytes) -> Iterator[bytes]:
    for begin in range(0, len(written), PIECE):
        yield written[begin : begin + PIECE]
        sleep(0)


def go_to(path: str, notice: Notice | None = None) -> Response:
    """Send the browser on to `path`, where it reads the notice; htmx is told so by a header, since a fetch would follow
    a redirect and swap a whole page into its target."""
    if notice:
        g.is_refused = g.get("is_refused", False) or notice.kind == "refusal"
        flash(shorten(notice.sentence, MOST_SAID, placeholder=" …"), notice.kind)
        _keep_offers(notice)
    if current_tongue() is Tongue.FRAGMENT:
        return Response(headers={"HX-Redirect": iri_to_uri(path)})
    response = redirect(path, 303)
    assert isinstance(response, Response)
    return response


def offers_told(kind: str) -> Sequence[Any]:
    """The offers that came with the notice of this kind which the browser is about to read; once, as the notice."""
    if session.get("offers", {}).get("kind") != kind:
        return ()
    offers: Sequence[Any] = session.pop("offers")["offers"]
    return offers


def _keep_offers(notice: Notice) -> None:
    """Keep the offers in the session until the next page, as many as its cookie takes."""
    kept, size = [], 0
    for offer in map(asdict, notice.offers):
        size += len(json.dumps(offer))  # as the cookie writes it
        if size <= MOST_OFFERED:
            kept.append(offer)
    session.pop("offers", None)
    if kept:
        session["offers"] = {"kind": notice.kind, "offers": kept}


def next_path(default: str) -> str:
    """The page the form names in `next`, as long as it is one of ours, else `default`."""
    wanted = request.form.get("next") or request.args.get("next") or ""
    return wanted if is_local_path(wanted) else default


def is_local_path(path: str) -> bool:
    """Whether `path` stays on this site: browsers read `//host`, `/\\host` and a tab in between as another host."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
