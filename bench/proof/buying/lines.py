"""The way from one buyer to the site: a connection that is kept, and a wish that is repeated until it is answered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from time import monotonic, sleep
from urllib.parse import urlsplit

TIMEOUT = 5.0  # seconds for one answer, where nothing else is said
# Seconds for which a site may still be at work on a request that nobody waits for: for connections, and a statement.
LINGERS = 20.0
PAUSE = 0.02  # seconds before a wish is repeated, at first


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_repeated: bool = False  # whether it was asked for before, and there was no answer, or not this one

    @property
    def is_final(self) -> bool:
        """Whether asking again with the same key would change nothing."""
        return self.status < 500 and self.status != 429 and b"/problems/still-under-way" not in self.body


@dataclass(slots=True)
class Line:
    """A kept connection to the site at `url`. Every answer is counted by its status, and each lost one as 0.

    `patience`: seconds for which a wish is repeated, with its key, after it got no answer or "not now". `timeout`:
    seconds for one answer. One that `keeps` no connection opens one for each wish.
    """

    url: str
    statuses: Counter[int] = field(default_factory=Counter)
    patience: float = 10.0
    timeout: float = TIMEOUT
    keeps: bool = True
    _connection: HTTPConnection | None = None

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer | None:
        """The final answer, or the last one that was not; None if there was none at all."""
        give_up_at, pause, answer, is_repeated = monotonic() + self.patience, PAUSE, None, False
        while True:
            heard = self._once(method, path, headers, body)
            self.statuses[heard.status if heard else 0] += 1
            answer = heard or answer
            if (heard and heard.is_final) or monotonic() + pause > give_up_at:
                return answer and replace(answer, is_repeated=is_repeated)
            sleep(pause)
            pause, is_repeated = min(2 * pause, 0.5), True

    def _once(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer | None:
        if self._connection is None:
            site = urlsplit(self.url)
            self._connection = HTTPConnection(site.hostname or "", site.port, timeout=self.timeout)
        try:
            self._connection.request(method, path, body, dict(headers))
            with self._connection.getresponse() as heard:
                return Answer(heard.status, {name.title(): value for name, value in heard.getheaders()}, heard.read())
        except (OSError, HTTPException):
            self.hang_up()
            return None

    def hang_up(self) -> None:
        """Close the connection; the next wish opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
