"""In which tongue a request is answered: JSON, a whole page, or a fragment of one."""

from enum import Enum
from functools import cached_property
from typing import cast

from flask import Request, request


class Tongue(Enum):
    """How the asker wants to be answered."""

    JSON = "json"
    PAGE = "page"
    FRAGMENT = "fragment"


# What a form sends; the two types are the same question to us.
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


class SpokenRequest(Request):
    """A request that knows, found out once, what it is asked with and how it is to be answered."""

    @cached_property
    def bearer_token(self) -> str | None:
        """The token it carries, be it good or not; None where it carries none."""
        scheme, space, token = self.headers.get("Authorization", "").partition(" ")
        return token.strip() if space and scheme.lower() == "bearer" else None

    @cached_property
    def tongue(self) -> Tongue:
        """The tongue for it, decided by its path and headers alone."""
        if self.path == "/v1" or self.path.startswith("/v1/") or self.bearer_token is not None:
            return Tongue.JSON
        if "HX-Request" in self.headers:
            return Tongue.FRAGMENT if self.headers.get("HX-Request-Type") == "partial" else Tongue.PAGE
        if self.mimetype in FORM_TYPES or self._names_html():
            return Tongue.PAGE
        return Tongue.JSON

    def _names_html(self) -> bool:
        """Whether HTML is named among the accepted types; `*/*`, which every client sends, does not count."""
        return any(
            quality > 0 and accepted.partition(";")[0].strip() in {"text/html", "application/xhtml+xml"}
            for accepted, quality in self.accept_mimetypes
        )


def current_tongue() -> Tongue:
    """The tongue of the request at hand."""
    return cast(SpokenRequest, request).tongue


def bearer_token() -> str | None:
    """The token that the request at hand carries, be it good or not."""
    return cast(SpokenRequest, request).bearer_token
