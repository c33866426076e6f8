"""The control of a silent database: a site that waits for it as long as it takes."""

from webapp import create_app
from webapp.services.database.silence import ImpatientConnection

ImpatientConnection.wait = ImpatientConnection.__mro__[1].wait  # type: ignore[method-assign]
app = create_app()
