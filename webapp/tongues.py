"""In which tongue a request is answered: JSON, a whole page, or a fragment of one."""

from enum import Enum

from flask import Request, g, request


class Tongue(Enum):
    """How the asker wants to be answered."""

    JSON = "json"
    PAGE = "page"
    FRAGMENT = "fragment"


# What a form sends; the two types are the same question to us.
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


def tongue_of(asked: Request) -> Tongue:
    """The tongue for `asked`, decided by its path and headers alone."""
    if asked.path == "/v1" or asked.path.startswith("/v1/") or speaks_with_token(asked):
        return Tongue.JSON
    if "HX-Request" in asked.headers:
        return Tongue.FRAGMENT if asked.headers.get("HX-Request-Type") == "partial" else Tongue.PAGE
    if asked.mimetype in FORM_TYPES or _names_html(asked):
        return Tongue.PAGE
    return Tongue.JSON


def current_tongue() -> Tongue:
    """The tongue of the request at hand, decided once."""
    if "tongue" not in g:
        g.tongue = tongue_of(request)
    tongue: Tongue = g.tongue
    return tongue


def speaks_with_token(asked: Request) -> bool:
    """Whether `asked` carries a bearer token."""
    return asked.headers.get("Authorization", "").lower().startswith("bearer ")


def _names_html(asked: Request) -> bool:
    """Whether HTML is named among the accepted types; `*/*`, which every client sends, does not count."""
    return any(
        quality > 0 and accepted.partition(";")[0].strip() in {"text/html", "application/xhtml+xml"}
        for accepted, quality in asked.accept_mimetypes
    )
