"""Figures of the requests, for Prometheus: by endpoints and kinds of answers, of which there are only so many.

Where gunicorn has several processes, each writes its own into the folder PROMETHEUS_MULTIPROC_DIR, and whichever is
asked adds them up (gunicorn.conf.py makes the folder, before this is imported).
"""

import os
from collections.abc import Iterator, Mapping
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from webapp.services.operations import load, status

SEVERAL = "PROMETHEUS_MULTIPROC_DIR"
# What buyers do with seats, by endpoint.
DEEDS: Mapping[str, str] = {
    "shows.hold": "hold",
    "offers.hold_best": "hold",
    "reservations.hold": "hold",
    "baskets.extend": "extend",
    "baskets.confirm": "confirm",
    "reservations.confirm": "confirm",
    "reservations.release": "release",
}

_own = CollectorRegistry()
_requests = Counter("holdfast_requests", "Requests answered.", ["endpoint", "status", "tongue"], registry=_own)
_seconds = Histogram(
    "holdfast_request_seconds",
    "How long a request took, to the beginning of its answer.",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=_own,
)
_deeds = Counter("holdfast_deeds", "What buyers did: done, or the problem it met.", ["deed", "outcome"], registry=_own)
_problems = Counter("holdfast_problems", "Requests refused or failed, by problem.", ["problem"], registry=_own)
_connections = Gauge(
    "holdfast_database_connections",
    "Connections of the pools: in use, idle, and how many there may be.",
    ["state"],
    multiprocess_mode="livesum",
    registry=_own,
)
_waiting = Gauge(
    "holdfast_database_queue", "Requests that wait for a connection.", multiprocess_mode="livesum", registry=_own
)
_streams = Gauge("holdfast_streams", "Open event streams.", multiprocess_mode="livesum", registry=_own)


def count(endpoint: str, status_code: int, tongue: str, seconds: float, problem: str | None) -> None:
    """Count an answer; `problem` is the slug of what it tells, if it is a no."""
    of_kind, duration = _kind(endpoint, status_code, tongue)
    of_kind.inc()
    duration.observe(seconds)
    if problem:
        _problems.labels(problem).inc()
    if deed := DEEDS.get(endpoint):
        _deeds.labels(deed, problem or "done").inc()


@cache
def _kind(endpoint: str, status_code: int, tongue: str) -> tuple[Counter, Histogram]:
    """What counts the answers of one kind, kept since looking it up costs as much as counting."""
    return _requests.labels(endpoint, status_code, tongue), _seconds.labels(endpoint)


def measure() -> None:
    """Take down how busy this process is just now."""
    now = load.of_this_process()
    for state, number in (("in use", now.in_use), ("idle", now.idle), ("most", now.most)):
        _connections.labels(state).set(number)
    _waiting.set(now.waiting)
    _streams.set(now.streams)


def written() -> bytes:
    """All figures, of all processes, in the text format of Prometheus."""
    measure()
    counted, site = _own, CollectorRegistry()
    if SEVERAL in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    site.register(_Site())
    return generate_latest(counted) + generate_latest(site)


class _Site(Collector):
    """What is true of the database, whichever process looks."""

    def collect(self) -> Iterator[Metric]:
        """Each figure once; those of a database that does not answer are missing."""
        seen = status.seen()
        checks = GaugeMetricFamily("holdfast_check", "1 where it is as promised.", labels=["check"])
        for check in seen.readiness.checks:
            checks.add_metric([check.name], float(check.complaint is None))
        yield checks
        yield GaugeMetricFamily("holdfast_promises_hold", "1 where all of /status holds.", value=float(seen.all_hold))
        if seen.holds:
            yield GaugeMetricFamily("holdfast_live_holds", "Seats held by buyers.", value=seen.holds.live)
            yield GaugeMetricFamily(
                "holdfast_sweeper_lag_seconds",
                "How long the oldest lapsed hold has waited to be marked.",
                value=seen.holds.sweeper_lag,
            )
