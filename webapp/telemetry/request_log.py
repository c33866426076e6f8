"""The log as JSON, a line each: of every request where LOG_LEVEL is `info`, and of whatever goes wrong.

No line is about a person: endpoints in place of paths, no query, no address, no values of a statement.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from flask import Flask, g, has_request_context, request

log = logging.getLogger("holdfast.requests")

# What PostgreSQL adds to an error about values that somebody sent, and gunicorn about who sent what it cannot read.
PERSONAL = (
    (re.compile(r"^(DETAIL|CONTEXT): .*$", re.MULTILINE), r"\1: …"),
    (re.compile(r"\bip=\S+"), "ip=…"),
)


class JsonLines(logging.Formatter):
    """One line of JSON for each record, with the id of the request it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: time, level, logger and message; the fields that came as `extra`; and the traceback, if any."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": impersonal(record.getMessage()),
            **getattr(record, "fields", {}),
        }
        if has_request_context():
            line.setdefault("request_id", g.get("request_id"))
            line.setdefault("endpoint", request.endpoint)
        if record.exc_info:
            line["traceback"] = impersonal(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def impersonal(text: str) -> str:
    """The text without what is known to tell of people."""
    for pattern, instead in PERSONAL:
        text = pattern.sub(instead, text)
    return text


def write(endpoint: str, status: int, tongue: str, seconds: float, problem: str | None) -> None:
    """Write the line of a request that is answered."""
    if not log.isEnabledFor(logging.INFO):
        return
    fields = {
        "request_id": g.get("request_id"),
        "method": request.method,
        "endpoint": endpoint,
        "status": status,
        "milliseconds": round(seconds * 1000, 1),
        "tongue": tongue,
        **({"problem": problem} if problem else {}),
    }
    log.info("answered", extra={"fields": fields})


def write_failure(app: Flask, exc_info: Any) -> None:
    """Write that a request failed, and how; Flask itself would write its path, which may be a secret."""
    app.logger.error("request %s to %s failed", g.get("request_id"), request.endpoint, exc_info=exc_info)


def log_as_json(app: Flask, level: str) -> None:
    """Have this process write its log so, on standard error; gunicorn's own lines, too."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level="ERROR" if level == "error" else "WARNING", force=True)
    for ours in (log, logging.getLogger("holdfast.security")):
        ours.setLevel(level.upper())
    for theirs in (app.logger, logging.getLogger("gunicorn.error")):
        theirs.handlers.clear()
        theirs.propagate = True
