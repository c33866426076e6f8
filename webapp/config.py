"""Every setting of the product: read from the environment once, each with its default."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

# Bytes that HS256 wants of its key (RFC 7518, section 3.2).
SHORTEST_KEY = 32


class SettingsError(Exception):
    """A setting that cannot be used; its text is a sentence for the operator."""


def _text(value: str) -> str:
    return value


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError
    return number


def _count(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError
    return number


def _port(value: str) -> int:
    number = int(value)
    if not 1 <= number <= 65535:
        raise ValueError
    return number


def _key(value: str) -> str:
    if len(value) < SHORTEST_KEY:
        raise ValueError
    return value


def _level(value: str) -> str:
    if value not in {"info", "warning", "error"}:
        raise ValueError
    return value


def _hosts(value: str) -> tuple[str, ...]:
    return tuple(host.strip() for host in value.split(",") if host.strip())


def driver_url(value: str) -> str:
    """`postgres://` and `postgresql://` both name psycopg 3, the one driver installed."""
    scheme, separator, rest = value.partition("://")
    if not separator or scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
        raise ValueError
    return f"postgresql+psycopg://{rest}"


def _setting(default: Any, read: Callable[[str], Any], expected: str, meaning: str) -> Any:
    return field(default=default, metadata={"read": read, "expected": expected, "meaning": meaning})


def _limit(default: int, who: str) -> Any:
    """How often one who does this may in a minute; webapp.limits says who counts as one."""
    return _setting(default, _count, "a whole number from 0", f"requests a minute of one account that {who}; 0: any")


@dataclass(frozen=True)
class Settings:
    """What an operator may choose; the environment variable of a setting is its name in capitals."""

    database_url: str | None = _setting(
        None,
        driver_url,
        "a postgresql:// address",
        "the PostgreSQL to use (15 to 18, also written `postgres://…`); unset: the embedded one",
    )
    secret_key: str | None = _setting(
        None,
        _key,
        f"a random text of at least {SHORTEST_KEY} characters",
        "signs sessions and tokens; must be set with DATABASE_URL; unset: generated once and kept in DATA_DIR",
    )
    data_dir: Path = _setting(Path("instance"), Path, "a folder", "where the embedded PostgreSQL and the key are kept")
    host: str = _setting("127.0.0.1", _text, "an address", "the address to listen on")
    port: int = _setting(8001, _port, "a number from 1 to 65535", "the port to listen on")
    web_concurrency: int = _setting(2, _positive, "a whole number from 1", "the number of worker processes")
    trusted_hosts: tuple[str, ...] = _setting(
        ("localhost", "127.0.0.1"),
        _hosts,
        "host names separated by commas",
        "the host names the site answers to; a leading dot allows subdomains",
    )
    trusted_proxies: int = _setting(
        0, _count, "a whole number from 0", "how many proxies in front set the X-Forwarded headers"
    )
    database_pool_size: int = _setting(20, _positive, "a whole number from 1", "connections per worker process")
    database_pool_timeout: int = _setting(
        3, _positive, "whole seconds from 1", "seconds to wait for a free connection before answering 503"
    )
    database_queue_size: int = _setting(
        200,
        _positive,
        "a whole number from 1",
        "requests per worker process that wait for a connection at a time; more are answered 503 at once",
    )
    lock_timeout: int = _setting(
        2000, _positive, "whole milliseconds from 1", "milliseconds a statement may wait for a lock"
    )
    statement_timeout: int = _setting(
        10000, _positive, "whole milliseconds from 1", "milliseconds a statement may take"
    )
    metrics_token: str | None = _setting(
        None,
        _key,
        f"a random text of at least {SHORTEST_KEY} characters",
        "what Prometheus must send as its bearer token to read /metrics; unset: nobody can",
    )
    log_level: str = _setting(
        "warning",
        _level,
        "info, warning or error",
        "what is logged, as lines of JSON: with info, each request",
    )
    session_days: int = _setting(14, _positive, "whole days from 1", "days a browser stays signed in")
    token_minutes: int = _setting(60, _positive, "whole minutes from 1", "minutes an access token is good for")
    guest_seats_per_address: int = _setting(
        20,
        _positive,
        "a whole number from 1",
        "seats of one show that buyers of one network address can hold without an account",
    )
    others_first: int = _setting(
        4000,
        _count,
        "whole milliseconds from 0",
        "how long a buyer waits for a seat that has just come back, for each such seat they have had; 0: not at all",
    )
    reading_limit: int = _limit(1200, "looks at something")
    holding_limit: int = _limit(600, "holds, confirms and releases seats")
    signing_in_limit: int = _limit(60, "signs in and up, and changes passwords")
    administering_limit: int = _limit(300, "changes anything else, such as a show")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """The settings that `environ` names, an empty value counting as unset; raises `SettingsError`."""
        chosen: dict[str, Any] = {}
        for setting in fields(cls):
            name = setting.name.upper()
            value = environ.get(name, "").strip()
            if not value:
                continue
            try:
                chosen[setting.name] = setting.metadata["read"](value)
            except ValueError:
                shown = "its value" if setting.name in {"database_url", "secret_key", "metrics_token"} else repr(value)
                raise SettingsError(f"{name} must be {setting.metadata['expected']}; {shown} is not.") from None
        return cls(**chosen)

    def signing_key(self) -> str | None:
        """The key that signs sessions and tokens; beside the embedded database it is made once and kept.

        None when DATABASE_URL is set without SECRET_KEY: enough to migrate, not to serve.
        """
        if self.secret_key or self.database_url:
            return self.secret_key
        return _kept_key(self.data_dir / "secret_key")

    def refuse_to_serve_without_key(self) -> None:
        """Raise `SettingsError` where serving would need a SECRET_KEY that nobody gave."""
        if self.database_url and not self.secret_key:
            raise SettingsError(
                "SECRET_KEY must be set when DATABASE_URL is: all processes of a site have to sign with one key. "
                'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )


def _kept_key(path: Path) -> str:
    """The key in `path`, made first if need be; of two processes that make it at once, both read the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        with draft.open("w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())  # or a power cut could leave an empty key
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = path.read_text().strip()
    if len(key) < SHORTEST_KEY:
        raise SettingsError(f"The key in {path} is too short to sign with. Remove the file, and a new one is made.")
    return key
