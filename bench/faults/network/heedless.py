"""The control of a client that is gone: a site whose database never looks whether anybody still waits for an answer."""

from typing import Any

import webapp
from webapp.config import Settings

_engine_options = webapp._engine_options


def _never_looking(settings: Settings) -> dict[str, Any]:
    chosen = _engine_options(settings)
    looking = "client_connection_check_interval=2000"
    assert looking in chosen["connect_args"]["options"], "the site looks at other times: this would prove nothing"
    chosen["connect_args"]["options"] = chosen["connect_args"]["options"].replace(looking, looking.replace("2000", "0"))
    return chosen


webapp._engine_options = _never_looking
app = webapp.create_app()
