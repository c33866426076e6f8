"""What happens around every request: its id, the check of forms, and the headers of every answer."""

import re
import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from webapp import limits
from webapp.config import Settings
from webapp.extensions import csrf
from webapp.lanes import SAFE_METHODS
from webapp.services.pictures import LARGEST_FILE as LARGEST_PICTURE
from webapp.services.plans import LARGEST_FILE
from webapp.services.refusals import FormOutdated
from webapp.tongues import Tongue, current_tongue

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Flask-WTF wants a Referer from our own pages over HTTPS; others learn nothing.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
VARYING = ("Accept", "Authorization", "Cookie", "HX-Request", "HX-Request-Type")
REQUEST_ID = re.compile("[0-9A-Za-z-]{16,64}")
STRICT_TRANSPORT = "max-age=31536000"


class IdConverter(IntegerConverter):
    """An id in a path; one that no column could hold is the address of nothing."""

    regex = "[0-9]{1,19}"

    def __init__(self, map: Map) -> None:
        super().__init__(map, min=1, max=2**63 - 1)


class SessionInterface(SecureCookieSessionInterface):
    """Flask's signed cookie; wherever the site is served over HTTPS it is kept off plain HTTP, and has a name by which
    browsers take it from this very host only, so that no other host of the domain can plant one."""

    def get_cookie_name(self, app: Flask) -> str:
        """The name of the cookie; `__Host-` needs HTTPS, the path `/` and no domain."""
        name: str = app.config["SESSION_COOKIE_NAME"]
        return f"__Host-{name}" if request.is_secure else name

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the cookie, which programs have none of."""
        if app.secret_key and self.get_cookie_name(app) not in request.headers.get("Cookie", ""):
            return self.session_class()
        return super().open_session(app, request)

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the cookie may travel over HTTPS only."""
        return request.is_secure


def register(app: Flask, settings: Settings) -> None:
    """Put all this around the requests of `app`."""
    app.session_interface = SessionInterface()
    app.before_request(_begin)
    limits.register(app)
    app.before_request(_check_form)
    app.after_request(_finish)
    # Paths answer with and without their last slash, and never redirect: that breaks API clients.
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.url_map.converters["id"] = IdConverter
    app.wsgi_app = _with_headers(app.wsgi_app)  # type: ignore[assignment,method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops)  # type: ignore[method-assign]


# Where more is taken than LARGEST_BODY, in bytes: a plan or picture and the form around it, and many seats at once.
LARGER_BODIES = {
    "organizers.set_picture": LARGEST_PICTURE + 64 * 1024,
    # As Base64, which takes four bytes for three.
    "running.set_picture": LARGEST_PICTURE * 4 // 3 + 64 * 1024,
    "v1.running.set_picture": LARGEST_PICTURE * 4 // 3 + 64 * 1024,
    "plan_imports.begin": LARGEST_FILE + 256 * 1024,
    "plans.create": LARGEST_FILE,
    "v1.plans.create": LARGEST_FILE,
    "plans.save_version": LARGEST_FILE,
    "v1.plans.save_version": LARGEST_FILE,
    "organizers.add_seats": 1024 * 1024,
    "shows.add_seats": 2 * 1024 * 1024,
    "v1.shows.add_seats": 2 * 1024 * 1024,
}


def _with_headers(answer: "WSGIApplication") -> "WSGIApplication":
    """The same answers, each with `HEADERS`: put in where all headers are one list, which costs least."""
    always = list(HEADERS.items())

    def answer_with_headers(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], object]:
            return start_response(status, headers + always, error)

        return answer(environ, start)

    return answer_with_headers


def _begin() -> None:
    g.request_id = _request_id()
    if isinstance(request.routing_exception, SecurityError):
        raise request.routing_exception  # a host that is not ours: no address can be built, so nothing else is tried
    if request.endpoint in LARGER_BODIES:
        request.max_content_length = LARGER_BODIES[request.endpoint]


def _request_id() -> str:
    """The id that a proxy of ours gave the request, or a new one."""
    given = request.headers.get("X-Request-ID", "") if current_app.config["TAKES_REQUEST_IDS"] else ""
    return given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


def _check_form() -> None:
    """Check that a page of ours sent this; JSON needs none, since it never looks at the session cookie."""
    if request.method not in SAFE_METHODS and current_tongue() is not Tongue.JSON:
        try:
            csrf.protect()
        except CSRFError:
            raise FormOutdated("This page has been open too long. Load it again, and nothing is lost.") from None


def _finish(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    if request.endpoint != "static" and not ("Cache-Control" in response.headers and response.cache_control.public):
        if "Vary" in response.headers:
            response.vary.update(VARYING)
        else:
            response.headers["Vary"] = ", ".join(VARYING)
        # The Back button shows even a stale page unless it is not stored at all, and seats of an hour ago are no map.
        kept = "no-store" if response.mimetype == "text/html" else "no-cache"
        response.headers.setdefault("Cache-Control", f"private, {kept}")
    return response
