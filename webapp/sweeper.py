"""Marks lapsed holds EXPIRED within a second, so that lists and live maps hear of it, and forgets yesterday's guests
and answers, and whose limits are as if they had asked nothing; nothing depends on it."""

import logging
import threading
from collections.abc import Callable
from itertools import count

from flask import Flask

from webapp.services import accounts, allowances, kept_answers, reservations
from webapp.services.accounts import guesses
from webapp.services.refusals import Busy

PAUSE_SECONDS = 0.5
# What is forgotten is a minute to a day old, give or take; so every so many turns are enough.
TURNS_BETWEEN_DAYS = 120

log = logging.getLogger(__name__)


def start_sweeper(app: Flask) -> Callable[[], None]:
    """Sweep twice a second beside the requests of this process, until the returned function is called.

    Of several processes that do so, one sweeps at a time; which one does not matter.
    """
    stopping = threading.Event()
    threading.Thread(target=_sweep_until, args=(app, stopping), name="sweeper", daemon=True).start()
    return stopping.set


def _sweep_until(app: Flask, stopping: threading.Event) -> None:
    for turn in count(1):
        if stopping.wait(PAUSE_SECONDS):
            return
        try:
            with app.app_context():
                while reservations.expire_lapsed() == reservations.SWEEP:
                    pass  # more have lapsed than one sweep marks
                if turn % TURNS_BETWEEN_DAYS == 0:
                    accounts.forget_guests()
                    accounts.forget_ended_sessions(app.permanent_session_lifetime)
                    for kept in (kept_answers, allowances, guesses):
                        while kept.forget() == kept.TURN:
                            pass
        except Busy:
            continue
        except Exception:
            # A sweeper that died would go unnoticed; one that failed once may well succeed next time.
            log.exception("the sweeper failed and goes on")
