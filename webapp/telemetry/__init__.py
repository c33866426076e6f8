"""What operators see of the requests: figures for Prometheus, and a line in the log, neither about a person."""

from functools import partial
from time import perf_counter

from flask import Flask, Response, g, request

from webapp.telemetry import metrics, request_log
from webapp.tongues import current_tongue


def register(app: Flask) -> None:
    """Put this around the requests of `app`: before everything else that begins them, and after all that ends them."""
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = partial(request_log.write_failure, app)  # type: ignore[method-assign]


def _begin() -> None:
    g.begun = perf_counter()


def _end(response: Response) -> Response:
    seconds = perf_counter() - g.begun if "begun" in g else 0.0
    endpoint = (request.endpoint or "none").removeprefix("v1.")
    tongue = current_tongue().value
    problem = g.problem.slug if "problem" in g else None
    metrics.count(endpoint, response.status_code, tongue, seconds, problem)
    request_log.write(endpoint, response.status_code, tongue, seconds, problem)
    return response
