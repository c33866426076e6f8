"""Streams of server-sent events: who wants one, and how it is sent."""

from collections.abc import Callable, Iterator

from flask import Flask, Response, current_app, request
from flask.ctx import AppContext

EVENT_STREAM = "text/event-stream"
# Seconds until the first telling, which waits for one look at the show.
PATIENCE = 5


def accepts_stream() -> bool:
    """Whether a stream is among what the asker accepts, by its name."""
    return any(accepted.partition(";")[0].strip() == EVENT_STREAM for accepted, _ in request.accept_mimetypes)


def prefers_stream() -> bool:
    """Whether the asker would rather have a stream than JSON."""
    return request.accept_mimetypes.best_match(["application/json", EVENT_STREAM]) == EVENT_STREAM


def event_stream(events: Iterator[bytes], leave: Callable[[], None]) -> Response:
    """The events, one by one as they come; `leave` is called when nobody hears them any more."""
    response = Response(events, mimetype=EVENT_STREAM)
    response.headers["X-Accel-Buffering"] = "no"
    response.call_on_close(leave)
    return response


def within() -> Callable[[], AppContext]:
    """What makes the context in which services may be called from a thread."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app.app_context
