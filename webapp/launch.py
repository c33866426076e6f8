"""`make run`: from nothing to a site that serves, or a sentence that says why not.

Everything that needs the application happens in this process, which then becomes gunicorn: its master must not have
imported psycopg before gevent patches.
"""

import ctypes
import errno
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from alembic import command
from alembic.util import CommandError
from flask import Flask
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from webapp import create_app, embedded_postgres
from webapp.commands.demos import create_demo
from webapp.config import Settings, SettingsError
from webapp.services.refusals import Refusal

OLDEST_POSTGRES = 15
PREPARING = 7305  # the advisory lock of a start that prepares the database; migrations/env.py has the one before
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


class LaunchError(Exception):
    """The site cannot start, for a reason outside it; the text is a sentence for the operator."""


def main(arguments: list[str]) -> int:
    """Prepare the site and become its server; returns an exit code only where that fails.

    `arguments`: nothing, or the id of the process that started this one and is to take it along when it ends.
    """
    try:
        if arguments:
            end_with_parent(int(arguments[0]))
        launch(Settings.from_environment())
    except (SettingsError, embedded_postgres.EmbeddedPostgresError, LaunchError) as error:
        click.echo(f"Holdfast cannot start: {error}", err=True)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def launch(settings: Settings) -> None:
    """Take the port, have a database, migrate it, and become gunicorn."""
    settings.refuse_to_serve_without_key()
    with listen(settings.host, settings.port) as listener:
        if settings.database_url is None:
            click.echo("Starting PostgreSQL …")
            embedded_postgres.start(settings.data_dir)
        prepare(create_app(settings), demo=settings.database_url is None)
        become_gunicorn(settings, listener)


def end_with_parent(parent: int) -> None:
    """Be told to end (SIGTERM) when the process `parent` does, even by SIGKILL; holds across exec, on Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before we asked
        sys.exit(143)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens already, so that of two starts at once one gets the sentence; raises `LaunchError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "another program listens there already" if taken else (error.strerror or str(error)).split(" (while")[0]
        raise LaunchError(
            f"{host}, port {port}, cannot be had: {why}. Choose another port with: make run PORT={port + 1}"
        ) from error


def prepare(app: Flask, *, demo: bool) -> None:
    """Bring the database to the newest migration and, with `demo`, put the demo show in it, once."""
    try:
        with app.app_context(), _alone(app.config["SQLALCHEMY_DATABASE_URI"]):
            command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
            if demo:
                create_demo.main([], standalone_mode=False)
    except OperationalError as error:
        raise LaunchError(f"the database does not answer: {str(error.orig).strip()}") from error
    except SQLAlchemyError as error:
        raise LaunchError(f"the database cannot be prepared: {str(error).splitlines()[0]}") from error
    except Refusal as refusal:
        raise LaunchError(f"the database cannot be prepared: {refusal.sentence}") from refusal
    except CommandError as error:
        raise LaunchError(f"the database cannot be migrated: {error}.") from error


@contextmanager
def _alone(database_url: Any) -> Iterator[None]:
    """Two starts at once prepare one after the other, or there might be two demo shows."""
    with create_engine(database_url, poolclass=NullPool).begin() as connection:
        version = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10000
        if version < OLDEST_POSTGRES:
            raise LaunchError(f"PostgreSQL {OLDEST_POSTGRES} or newer is needed; this is {version}.")
        for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": PREPARING})
        yield


def become_gunicorn(settings: Settings, listener: socket.socket) -> None:
    """Replace this process by gunicorn, which goes on with the listening socket and with the use of the database."""
    listener.set_inheritable(True)
    os.environ["HOLDFAST_LISTENER"] = str(listener.fileno())
    if settings.database_url is None:
        os.environ["HOLDFAST_DATABASE_LOCK"] = str(embedded_postgres.users_lock(settings.data_dir))
    _say_where(settings)
    # A Ctrl-C from here on waits until gunicorn can end in order (when_ready in gunicorn.conf.py).
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    gunicorn = Path(sys.executable).with_name("gunicorn")
    words = [sys.executable, str(gunicorn), "--config", "gunicorn.conf.py", "wsgi:app"]
    os.execv(sys.executable, words)  # noqa: S606 - no shell is wanted


def _say_where(settings: Settings) -> None:
    reached_at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - only shown
    shown = f"[{reached_at}]" if ":" in reached_at else reached_at
    click.echo(f"\nHoldfast is at http://{shown}:{settings.port} (Ctrl-C stops it).")
    if settings.database_url is None:
        click.echo(f"Its data is kept in {settings.data_dir}; the next start finds it again.")
    sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an orderly exit lets go of the database
    sys.exit(main(sys.argv[1:]))
