"""The record of what was done with a show, by whom and through what: append-only, written with what it tells of."""

from webapp.services.acts.reading import Act, of_show
from webapp.services.acts.recording import record, record_for_each

__all__ = ["Act", "of_show", "record", "record_for_each"]
