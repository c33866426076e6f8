"""The settings: each read from the environment once, with its default, or refused with a sentence."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import MISSING, fields
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from tests.conftest import KEY
from webapp import create_app
from webapp.config import Settings, SettingsError

README = Path(__file__).parents[1] / "README.md"

# Each environment variable: its default, a value that may be chosen, and what that is to the program.
SETTINGS: dict[str, tuple[Any, str, Any]] = {
    "DATABASE_URL": (None, "postgres://me:secret@db:5433/seats", "postgresql+psycopg://me:secret@db:5433/seats"),
    "SECRET_KEY": (None, KEY, KEY),
    "DATA_DIR": (Path("instance"), "/var/lib/holdfast", Path("/var/lib/holdfast")),
    "HOST": ("127.0.0.1", "::", "::"),
    "PORT": (8001, "8002", 8002),
    "WEB_CONCURRENCY": (2, "4", 4),
    "TRUSTED_HOSTS": (("localhost", "127.0.0.1"), " a.example, .b.example ,", ("a.example", ".b.example")),
    "TRUSTED_PROXIES": (0, "1", 1),
    "DATABASE_POOL_SIZE": (20, "5", 5),
    "DATABASE_POOL_TIMEOUT": (3, "1", 1),
    "DATABASE_QUEUE_SIZE": (200, "50", 50),
    "LOCK_TIMEOUT": (2000, "500", 500),
    "STATEMENT_TIMEOUT": (10000, "800", 800),
    "METRICS_TOKEN": (None, KEY, KEY),
    "LOG_LEVEL": ("warning", "info", "info"),
    "SESSION_DAYS": (14, "1", 1),
    "TOKEN_MINUTES": (60, "5", 5),
    "GUEST_SEATS_PER_ADDRESS": (20, "4", 4),
    "OTHERS_FIRST": (4000, "0", 0),
    "READING_LIMIT": (1200, "0", 0),
    "HOLDING_LIMIT": (600, "6000", 6000),
    "SIGNING_IN_LIMIT": (60, "30", 30),
    "ADMINISTERING_LIMIT": (300, "1", 1),
}


def read(**environ: str) -> Settings:
    """The settings of this environment and no other."""
    return Settings.from_environment(environ)


def test_every_setting_has_a_row_here() -> None:
    assert [field.name.upper() for field in fields(Settings)] == list(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_has_its_default_until_it_is_chosen(name: str) -> None:
    default, chosen, meant = SETTINGS[name]
    assert getattr(read(), name.lower()) == default
    assert getattr(read(**{name: ""}), name.lower()) == default
    assert getattr(read(**{name: "  "}), name.lower()) == default
    assert getattr(read(**{name: chosen}), name.lower()) == meant


def test_the_readme_lists_exactly_the_settings() -> None:
    listed = re.findall(r"^\| `([A-Z_]+)` \|", README.read_text(), re.MULTILINE)
    assert listed == list(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_readme_tells_the_default(name: str) -> None:
    row = re.search(rf"^\| `{name}` \| ([^|]+) \|", README.read_text(), re.MULTILINE)
    assert row
    default = SETTINGS[name][0]
    if default is None:
        assert "`" + name not in row[1]
    else:
        assert row[1].strip() == f"`{','.join(default) if isinstance(default, tuple) else default}`"


def test_every_setting_says_what_it_is_for() -> None:
    for field in fields(Settings):
        assert field.default is not MISSING
        assert field.metadata["meaning"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "web", "PORT must be a number from 1 to 65535; 'web' is not."),
        ("PORT", "0", "PORT must be a number from 1 to 65535; '0' is not."),
        ("PORT", "65536", "PORT must be a number from 1 to 65535; '65536' is not."),
        ("WEB_CONCURRENCY", "0", "WEB_CONCURRENCY must be a whole number from 1; '0' is not."),
        ("WEB_CONCURRENCY", "1.5", "WEB_CONCURRENCY must be a whole number from 1; '1.5' is not."),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a whole number from 0; '-1' is not."),
        ("DATABASE_POOL_SIZE", "many", "DATABASE_POOL_SIZE must be a whole number from 1; 'many' is not."),
        ("DATABASE_POOL_TIMEOUT", "0", "DATABASE_POOL_TIMEOUT must be whole seconds from 1; '0' is not."),
        ("LOCK_TIMEOUT", "2s", "LOCK_TIMEOUT must be whole milliseconds from 1; '2s' is not."),
        ("STATEMENT_TIMEOUT", "0", "STATEMENT_TIMEOUT must be whole milliseconds from 1; '0' is not."),
        ("SESSION_DAYS", "0", "SESSION_DAYS must be whole days from 1; '0' is not."),
        ("READING_LIMIT", "-1", "READING_LIMIT must be a whole number from 0; '-1' is not."),
        ("HOLDING_LIMIT", "off", "HOLDING_LIMIT must be a whole number from 0; 'off' is not."),
        (
            "METRICS_TOKEN",
            "hunter2",
            "METRICS_TOKEN must be a random text of at least 32 characters; its value is not.",
        ),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be info, warning or error; 'loud' is not."),
        ("TOKEN_MINUTES", "-5", "TOKEN_MINUTES must be whole minutes from 1; '-5' is not."),
        (
            "DATABASE_URL",
            "mysql://me:hunter2@db/seats",
            "DATABASE_URL must be a postgresql:// address; its value is not.",
        ),
        ("DATABASE_URL", "hunter2", "DATABASE_URL must be a postgresql:// address; its value is not."),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_a_sentence(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read(**{name: value})
    assert str(refusal.value) == sentence
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_the_one_driver(scheme: str) -> None:
    assert read(DATABASE_URL=f"{scheme}://db/seats").database_url == "postgresql+psycopg://db/seats"


def test_serving_from_ones_own_database_needs_a_key() -> None:
    with pytest.raises(SettingsError) as refusal:
        read(DATABASE_URL="postgresql://me:hunter2@db/seats").refuse_to_serve_without_key()
    assert str(refusal.value).startswith("SECRET_KEY must be set when DATABASE_URL is")
    assert "hunter2" not in str(refusal.value)
    read(DATABASE_URL="postgresql://db/seats", SECRET_KEY=KEY).refuse_to_serve_without_key()
    read().refuse_to_serve_without_key()


def test_migrating_ones_own_database_needs_none() -> None:
    assert read(DATABASE_URL="postgresql://db/seats").signing_key() is None


def test_a_key_that_is_given_is_used_and_nothing_is_kept(tmp_path: Path) -> None:
    assert read(SECRET_KEY=KEY, DATA_DIR=str(tmp_path)).signing_key() == KEY
    assert list(tmp_path.iterdir()) == []


def test_without_one_a_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    data = tmp_path / "not there yet"
    key = read(DATA_DIR=str(data)).signing_key()
    assert key
    assert len(key) >= 64
    assert read(DATA_DIR=str(data)).signing_key() == key
    assert [file.name for file in data.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((data / "secret_key").stat().st_mode) == 0o600
    assert read(DATA_DIR=str(tmp_path / "another")).signing_key() != key


def test_a_kept_key_that_was_cut_off_is_not_signed_with(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(SettingsError) as refusal:
        read(DATA_DIR=str(tmp_path)).signing_key()
    assert str(refusal.value).endswith("Remove the file, and a new one is made.")


def test_workers_that_need_the_key_at_once_share_one(tmp_path: Path) -> None:
    for attempt in range(20):
        start, settings = Barrier(8), read(DATA_DIR=str(tmp_path / str(attempt)))

        def key(start: Barrier = start, settings: Settings = settings) -> str | None:
            start.wait()
            return settings.signing_key()

        with ThreadPoolExecutor(8) as workers:
            keys = {worker.result() for worker in [workers.submit(key) for _ in range(8)]}
        assert len(keys) == 1


def test_the_settings_reach_the_application() -> None:
    address = "postgresql://me:hunter2@127.0.0.1:9/seats"
    app = create_app(
        read(
            DATABASE_URL=address,
            SECRET_KEY=KEY,
            TRUSTED_HOSTS="tickets.example",
            SESSION_DAYS="3",
            TOKEN_MINUTES="7",
            DATABASE_POOL_SIZE="9",
            DATABASE_POOL_TIMEOUT="4",
            LOCK_TIMEOUT="123",
            STATEMENT_TIMEOUT="456",
        )
    )
    assert app.config["SECRET_KEY"] == KEY
    assert app.config["TRUSTED_HOSTS"] == ["tickets.example"]
    assert app.config["TOKEN_MINUTES"] == 7
    assert app.permanent_session_lifetime.days == 3
    engine = app.config["SQLALCHEMY_ENGINE_OPTIONS"]
    assert (engine["pool_size"], engine["pool_timeout"]) == (9, 4)
    assert "lock_timeout=123" in engine["connect_args"]["options"]
    assert "statement_timeout=456" in engine["connect_args"]["options"]
