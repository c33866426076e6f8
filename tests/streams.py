"""Event streams, read as browsers and programs read them."""

import json
from typing import Any

from werkzeug.test import TestResponse


class Stream:
    """An open event stream, read as a browser does."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self._chunks = iter(response.response)
        self.text = ""

    def until(self, name: str) -> tuple[str, Any]:
        """The cursor and the data of the next event of this name."""
        while True:
            head, separator, rest = self.text.partition("\n\n")
            if not separator:
                chunk = next(self._chunks)
                self.text += chunk.decode() if isinstance(chunk, bytes) else chunk
                continue
            self.text = rest
            fields = dict(line.split(": ", 1) for line in head.split("\n"))
            if fields["event"] == name:
                return fields["id"], json.loads(fields["data"])
