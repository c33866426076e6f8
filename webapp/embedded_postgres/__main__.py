"""`python -m webapp.embedded_postgres start|stop DATA_DIR`: start the server for those who use it already, and stop it
unless a process uses it."""

import sys
from pathlib import Path

from . import EmbeddedPostgresError, start, stop

match sys.argv[1:]:
    case ["start", data_dir]:
        try:
            start(Path(data_dir))  # at the end of this process it stops again, if nobody else uses it
        except EmbeddedPostgresError as error:
            sys.exit(str(error))
    case ["stop", data_dir]:
        stop(Path(data_dir))
    case _:
        sys.exit("usage: python -m webapp.embedded_postgres start|stop DATA_DIR")
