"""Conditional requests: an ETag names the revision of the show that an answer was made from.

What a client has already is not told again, and what it would change of a show is refused where somebody else has.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import sha256
from typing import NoReturn, ParamSpec

from flask import Response, request, url_for
from werkzeug.datastructures import ETags

from webapp.identity import asker
from webapp.services import seat_maps
from webapp.services.refusals import ChangedMeanwhile, Invalid, PreconditionFailed
from webapp.services.seat_maps import About, Revision
from webapp.services.seat_maps.standing import Cursor
from webapp.tongues import Tongue, current_tongue

Arguments = ParamSpec("Arguments")

WHERE_FROM = "Say which edition of the show the change was made from: here, or by the show's ETag in If-Match."


def revalidated(about: About) -> Callable[[Callable[Arguments, Response]], Callable[Arguments, Response]]:
    """Let clients keep what the decorated handler tells `about` a show, and ask for it only where it differs.

    One read decides, before anything is made. A page is made anew each time.
    """

    def decorate(handler: Callable[Arguments, Response]) -> Callable[Arguments, Response]:
        @wraps(handler)
        def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
            if current_tongue() is not Tongue.JSON:
                return handler(*args, **kwargs)
            show_id = (request.view_args or {})["show_id"]
            asked_for = _name(about, show_id)
            tag, known = max(_read(request.if_none_match, asked_for), key=lambda one: one[1].now, default=(None, None))
            found = seat_maps.revised(show_id, asker(), known)
            if tag and about in found.same:
                return _headed(_nothing_new(), tag, about, found.cursor)
            response = handler(*args, **kwargs)
            if request.if_none_match.star_tag:
                response = _nothing_new()
            return _headed(response, f"{asked_for}.{found.revision}", about, found.cursor)

        return answer

    return decorate


def heeding_if_match(handler: Callable[Arguments, Response]) -> Callable[Arguments, Response]:
    """Let clients name what they would change by its ETag, too: the decorated handler asks `edition_seen` for it."""

    @wraps(handler)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
        try:
            return handler(*args, **kwargs)
        except ChangedMeanwhile as changed:
            if _names_a_tag():
                raise PreconditionFailed(changed.sentence, **changed.facts) from changed
            raise

    return answer


def edition_seen(show_id: int, named: int | None) -> int:
    """The edition of the show that a change was made from: `named` in its body, or by the show's ETag in If-Match.

    Only the edition counts there: that seats were held meanwhile is in nobody's way. Raises `Invalid` where neither
    says it, or each another, `PreconditionFailed` where no ETag is one of this show, and `NotFound`.
    """
    if not _names_a_tag():
        return named if named is not None else _refuse_edition(WHERE_FROM)
    now = seat_maps.revised(show_id, asker()).revision
    known = [revision for _, revision in _read(request.if_match, _name(About.SHOW, show_id))]
    editions = {revision.edition for revision in known if revision.cluster == now.cluster}
    if not editions:
        raise PreconditionFailed(
            f"The ETag in If-Match is none of show {show_id}. Nothing was changed. Read the show, and send its own.",
            edition=now.edition,
        )
    edition = now.edition if now.edition in editions else max(editions)
    return edition if named in {None, edition} else _refuse_edition(f"If-Match names edition {edition}.")


def _names_a_tag() -> bool:
    """Whether there is an If-Match that says more than that there is a show."""
    return any(_written(request.if_match))


def _refuse_edition(sentence: str) -> NoReturn:
    raise Invalid(sentence, errors=[{"pointer": "#/edition", "detail": sentence}])


def _read(tags: ETags, asked_for: str) -> Iterator[tuple[str, Revision]]:
    """Those of the tags that name what is asked for, as they are written, and their revisions.

    What packs an answer on its way adds to its tag by what means.
    """
    for tag in _written(tags):
        name, _, written = tag.partition(":")[0].partition(".")
        if name == asked_for and (revision := Revision.read(written)):
            yield tag, revision


def _written(tags: ETags) -> Iterator[str]:
    """The tags, be they weak or not: a header of commas alone has some that are none."""
    return filter(None, tags.as_set(include_weak=True))


def _name(about: About, show_id: int) -> str:
    """A short name of what is asked for: what is true of some seats says nothing of others."""
    query = request.query_string if about is not About.SHOW else b""
    return urlsafe_b64encode(sha256(f"{about.name} {show_id} ".encode() + query).digest()[:6]).decode()


def _nothing_new() -> Response:
    return Response(status=304, mimetype="application/json")


def _headed(response: Response, tag: str, about: About, cursor: Cursor) -> Response:
    response.set_etag(tag)
    if about is About.AVAILABILITY:
        # Read before the seats were: whoever goes on from there may hear again what they know, and misses nothing.
        mount = "v1." if (request.blueprint or "").startswith("v1.") else ""
        response.headers["Changes"] = url_for(f"{mount}changes.changes", **(request.view_args or {}), since=str(cursor))
    return response
