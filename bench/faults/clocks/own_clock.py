"""The control of a wrong clock: a site whose statements go by the application's clock in place of the database's."""

from time import time
from typing import Any

from sqlalchemy import event

from webapp import create_app
from webapp.extensions import db

app = create_app()
with app.app_context():
    engine = db.engine


@event.listens_for(engine, "before_cursor_execute", retval=True)
def _by_own_clock(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> tuple[str, Any]:
    for theirs in ("clock_timestamp()", "statement_timestamp()", "now()"):
        statement = statement.replace(theirs, f"to_timestamp({time():.6f})")
    return statement, parameters
