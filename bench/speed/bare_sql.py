"""PostgreSQL's own benchmark program, `pgbench`, with the one statement of a verb: what no application can surpass.

The statements are the product's, with guards and indexes behind them, prepared once, in as many sessions as there are
clients, over the same socket and with the session settings that the product has.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import make_url

from bench.speed import processors
from bench.speed.sale import CLIENTS, SEATS_EACH, SHARE, Sale
from webapp.embedded_postgres.binaries import find_binaries
from webapp.services.reservations import SeatChoice
from webapp.services.reservations.bearers import IS_GOOD
from webapp.services.reservations.ending import ending_of
from webapp.services.reservations.holding import hold_or_owner

RATE = re.compile(r"tps = ([0-9.]+)")


def holds_a_second(sale: Sale, seconds: float) -> tuple[float, float]:
    """How many holds of free seats a second, and the seconds of processor time that pgbench itself took for each."""
    hold = hold_or_owner(SeatChoice(seat_ids=(sale.first_seat,)).condition, IS_GOOD).replace(":minutes", "5")
    return _run(sale, [rf"\set seat {sale.first_seat} + :place", _as_program(hold)], seconds)


def confirms_a_second(sale: Sale, first_hold: int, seconds: float) -> tuple[float, float]:
    """The same of confirms; the holds have ids from `first_hold` on, in the order of their seats."""
    confirm = ending_of(IS_GOOD).replace(":status", "'CONFIRMED'")
    return _run(sale, [rf"\set id {first_hold} + :place", _as_program(confirm)], seconds)


def _as_program(statement: str) -> str:
    """As a program with an access token asks."""
    statement = statement.replace(":through", "'api'").replace(":token_version", "1")
    return " ".join(statement.split()) + ";"


def _run(sale: Sale, lines: Sequence[str], seconds: float) -> tuple[float, float]:
    script = [
        r"\set n :n + 1",
        rf"\set place :client_id * {SHARE} + :n",
        rf"\set user_id {sale.first_buyer} + :place / {SEATS_EACH}",
        *lines,
    ]
    url = make_url(sale.scene.database.url)
    environ = {"PGPASSWORD": str(url.password or ""), "PGOPTIONS": _session_settings(sale)}
    before = processors.seconds_of_ended_children()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "statement.sql")
        file.write_text("\n".join(script))
        command = [str(find_binaries() / "pgbench"), "-n", "-M", "prepared", "-f", str(file), "-D", "n=-1"]
        command += ["-c", str(CLIENTS), "-j", "2", "-T", str(round(seconds)), sale.scene.database.url]
        done = subprocess.run(command, env={**os.environ, **environ}, capture_output=True, text=True, check=False)
    found = RATE.search(done.stdout)
    assert found, done.stderr
    assert "number of failed transactions: 0 " in done.stdout, done.stdout
    own = processors.seconds_of_ended_children() - before
    return float(found[1]), own / float(found[1]) / round(seconds)


def _session_settings(sale: Sale) -> str:
    """Those that the application's connections begin with, as libpq takes them."""
    options: str = sale.scene.app.config["SQLALCHEMY_ENGINE_OPTIONS"]["connect_args"]["options"]
    return options
