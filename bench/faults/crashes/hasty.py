"""The control of crashed workers: a site that tells of a sale before it commits it.

Everything else is the product's; a sale is committed a moment later, and nothing is lost unless it is killed meanwhile.
"""

from functools import partial

import gevent
from flask import request

from webapp import create_app
from webapp.services.database.whole import end_whole
from webapp.services.kept_answers import Answer, Once

LATER = 1.0  # seconds
_keep = Once.keep


def _keep_later(begun: Once, answer: Answer) -> None:
    if not request.path.endswith("/confirm"):
        _keep(begun, answer)
        return
    end_whole()
    gevent.spawn_later(LATER, partial(_keep, begun, answer))


Once.keep = _keep_later  # type: ignore[method-assign,assignment]
app = create_app()
