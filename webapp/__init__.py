"""Holdfast: event seats that cannot be sold twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask

from webapp import (
    blueprints,
    commands,
    detail_words,
    every_request,
    formats,
    identity,
    key_scopes,
    refusals,
    retries,
    telemetry,
)
from webapp.config import Settings, driver_url
from webapp.embedded_postgres import start as start_embedded_postgres
from webapp.extensions import compress, csrf, db, migrate
from webapp.lanes import Lane
from webapp.services.database.columns import UnhurriedCursor
from webapp.services.database.refusing import refuse_through
from webapp.services.database.silence import GRACE, bear_silence
from webapp.services.database.waiting import queue_before
from webapp.tongues import SpokenRequest

# The largest body taken, in bytes; where seats are added it may be larger (webapp.every_request).
LARGEST_BODY = 64 * 1024
# Milliseconds that a request may do something else while it is in a transaction.
LONGEST_PAUSE = 5000
# A database that vanishes without a word is given up within some ten seconds: less than a statement may take, and than
# it takes to promote a standby. (Of sockets of this machine none of it is true, nor needed.)
KEEPALIVE = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class Application(Flask):
    """Flask with requests that know their tongue, and without its look, thirteen times a request, for views that would
    be coroutines: none is."""

    request_class = SpokenRequest

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The application with its settings, by default those of the environment; starts the embedded database if it is
    the one to use."""
    settings = settings or Settings.from_environment()
    app = Application(__name__, root_path=None, template_folder="../templates", static_folder="../static")
    app.config.from_mapping(_flask_config(settings))
    db.init_app(app)
    migrate.init_app(app, db)
    csrf.init_app(app)
    compress.init_app(app)
    with app.app_context():
        refuse_through(db.engine)
        bear_silence(db.engine, settings.statement_timeout / 1000 + GRACE)
        queue_before(db.engine, settings.database_queue_size)
    telemetry.register(app)
    every_request.register(app, settings)
    refusals.register(app)
    key_scopes.register(app)
    retries.register(app)
    formats.register(app)
    detail_words.register(app)
    identity.register(app)
    blueprints.register(app)
    commands.register(app)
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    database_url = settings.database_url or driver_url(start_embedded_postgres(settings.data_dir))
    return {
        "SECRET_KEY": settings.signing_key(),
        "SQLALCHEMY_DATABASE_URI": database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "MAX_FORM_MEMORY_SIZE": max(every_request.LARGER_BODIES.values()),
        "SESSION_COOKIE_NAME": "holdfast",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=settings.session_days),
        "TOKEN_MINUTES": settings.token_minutes,
        "METRICS_TOKEN": settings.metrics_token,
        # A proxy of ours may have given the request an id already; of a visitor none is taken.
        "TAKES_REQUEST_IDS": settings.trusted_proxies > 0,
        "LIMITS": {
            Lane.READING: settings.reading_limit,
            Lane.HOLDING: settings.holding_limit,
            Lane.SIGNING_IN: settings.signing_in_limit,
            Lane.ADMINISTERING: settings.administering_limit,
        },
        # Cross-site request forgery is checked by tongue (webapp.every_request); a seat map may stay open for hours.
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _engine_options(settings: Settings) -> dict[str, Any]:
    """The pool of one process, and how each connection of it begins."""
    return {
        # What people send does not belong in a log.
        "hide_parameters": True,
        # Each statement is its own transaction, unless `statements.transaction()` says otherwise: to switch back and
        # forth for each of them, and to roll back what is committed, would cost more than the statement.
        "isolation_level": "AUTOCOMMIT",
        "pool_reset_on_return": None,
        "pool_size": settings.database_pool_size,
        # The connection that was used last has the most prepared.
        "pool_use_lifo": True,
        "max_overflow": 0,
        "pool_timeout": settings.database_pool_timeout,
        "connect_args": {
            "options": _session_settings(settings),
            "connect_timeout": 3,
            **KEEPALIVE,
            "application_name": "holdfast",
            "cursor_factory": UnhurriedCursor,
        },
    }


def _session_settings(settings: Settings) -> str:
    """What PostgreSQL is told at the beginning of each session, so that no slow or dead client stops the others."""
    session = {
        "lock_timeout": settings.lock_timeout,
        "statement_timeout": settings.statement_timeout,
        # So that a worker that stands still amid a transaction keeps its seats from nobody for long.
        "idle_in_transaction_session_timeout": min(settings.statement_timeout, LONGEST_PAUSE),
        # So that the statement of a client that went away does not run later all the same (Linux servers only).
        "client_connection_check_interval": 2000,
        "timezone": "UTC",
        # Read by the guard of guests' holds.
        "holdfast.guest_seats_per_address": settings.guest_seats_per_address,
        # Read by the guard of seats that have just come back.
        "holdfast.others_first": settings.others_first,
        # What the guards are made for.
        "default_transaction_isolation": r"read\ committed",
    }
    return " ".join(f"-c {name}={value}" for name, value in session.items())
