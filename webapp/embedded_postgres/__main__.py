"""`python -m webapp.embedded_postgres stop DATA_DIR`: stop the server unless a process uses it."""

import sys
from pathlib import Path

from . import stop

if sys.argv[1:2] != ["stop"] or len(sys.argv) != 3:
    sys.exit("usage: python -m webapp.embedded_postgres stop DATA_DIR")
stop(Path(sys.argv[2]))
