"""How busy each process is, taken down once a second, since any of them may be asked for the figures of all."""

import threading
from collections.abc import Callable

from flask import Flask

from webapp.telemetry.metrics import measure

PAUSE_SECONDS = 1.0


def start_measuring(app: Flask) -> Callable[[], None]:
    """Measure this process beside its requests, until the returned function is called."""
    stopping = threading.Event()

    def measure_until_then() -> None:
        with app.app_context():
            while not stopping.wait(PAUSE_SECONDS):
                measure()

    threading.Thread(target=measure_until_then, name="measuring", daemon=True).start()
    return stopping.set
