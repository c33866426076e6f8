"""The site to compare with (bench/baseline), in an environment of its own, on a database of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psycopg
from sqlalchemy import make_url

from bench.speed.sale import SEATS, SEATS_EACH, Sale
from tests.browser.site import WORKERS
from tests.conftest import KEY
from tests.postgres import Database
from tests.test_launch import free_port

HERE = Path(__file__).parents[1] / "baseline"
PYTHON = HERE / ".venv" / "bin" / "python"
FILL = """
INSERT INTO users (id, name, token_version) SELECT n, 'Buyer ' || n, 1 FROM generate_series(%(buyer)s, %(last)s) AS n;
INSERT INTO shows (id, title, hold_minutes, seat_limit) VALUES (1, 'The Tempest', 10, 10);
INSERT INTO seats (id, show_id, seat_number) SELECT n, 1, 'A' || n FROM generate_series(%(seat)s, %(end)s) AS n;
"""


@contextmanager
def serving_baseline(database: Database, sale: Sale) -> Iterator[int]:
    """The port of the site, with the sale's seats and buyers, served by as many processes as Holdfast is."""
    _install()
    url = make_url(database.url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    environ = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": KEY}
    making = "import app, models; models.Base.metadata.create_all(app.engine)"
    subprocess.run([str(PYTHON), "-c", making], cwd=HERE, env=environ, check=True)
    with psycopg.connect(database.url, autocommit=True) as connection, psycopg.ClientCursor(connection) as cursor:
        last, end = sale.first_buyer + SEATS // SEATS_EACH, sale.first_seat + SEATS
        cursor.execute(FILL, {"buyer": sale.first_buyer, "last": last, "seat": sale.first_seat, "end": end})
        cursor.execute("VACUUM ANALYZE")
    port = free_port()
    command = [str(PYTHON), "-m", "uvicorn", "app:app", "--port", str(port), "--workers", str(WORKERS)]
    command += ["--log-level", "warning", "--no-access-log"]
    with subprocess.Popen(command, cwd=HERE, env=environ, start_new_session=True) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


def clear(database: Database) -> None:
    """Let nothing have been held as yet."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("TRUNCATE reservations")


def _install() -> None:
    wanted = HERE / "requirements.txt"
    stamp = HERE / ".venv" / "installed"
    if stamp.exists() and stamp.read_text() == wanted.read_text():
        return
    print("Installing what the baseline runs on …", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(HERE / ".venv")], check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", str(wanted)]
    subprocess.run(pip, check=True)
    stamp.write_text(wanted.read_text())


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            urlopen(f"http://127.0.0.1:{port}/openapi.json", timeout=5).close()
        except HTTPError:
            return
        except (URLError, OSError):
            sleep(0.1)
        else:
            return
    raise AssertionError("the baseline does not answer")
