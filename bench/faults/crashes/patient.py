"""The control of stopped workers: a site whose database waits for them for ever, amid their transactions."""

from typing import Any

import webapp
from webapp.config import Settings

_engine_options = webapp._engine_options


def _patient_options(settings: Settings) -> dict[str, Any]:
    options = _engine_options(settings)
    options["connect_args"]["options"] += " -c idle_in_transaction_session_timeout=0"
    return options


webapp._engine_options = _patient_options
app = webapp.create_app()
