"""One PostgreSQL server: its folder, how it is started, used together by several processes, and stopped."""

import atexit
import os
import re
import secrets
import shlex
import shutil
import signal
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from .binaries import Account, EmbeddedPostgresError, choose_account, find_binaries
from .file_lock import FileLock, open_private_file

SUPERUSER = "postgres"
APPLICATION = "holdfast"  # the name of the application's role and of its database
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # bytes: macOS allows 103, Linux 107
PATIENCE = 60  # seconds, for recovery after a crash and for a stop
LOG_SIZE = 2_000_000  # bytes; past it the next start begins a new log and keeps one old one

SETTINGS = {
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "log",  # a refused hold is an ERROR to PostgreSQL, and nothing to write down
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "unix_socket_permissions": "0700",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """One PostgreSQL with its data in `folder`; not `durable` means as quick as can be and lost in a power cut.

    Three lock files say what is true, whatever a process id in a stale file claims: `users.lock` is shared by every
    process that uses the server, `server.lock` is held by the server's own processes (they inherit it), `start.lock` by
    whoever starts or stops it. A killed process lets go of its locks, so nothing has to be tidied after it.
    """

    def __init__(
        self, folder: Path, *, version: int = 18, durable: bool = True, settings: Mapping[str, str] = SETTINGS
    ) -> None:
        self.folder = folder
        self.data = folder / str(version)
        self.version = version
        self.durable = durable
        self.settings = settings
        self.users = FileLock(folder / "users.lock")

    def start(self) -> None:
        """Have the server run, with the application's role and database in it; raises `EmbeddedPostgresError`."""
        try:
            self._join()
            if not self._answers(APPLICATION):
                with FileLock(self.folder / "start.lock") as lock:
                    lock.acquire()
                    self._bring_up()
                    self._ensure_application()
        except OSError as error:
            raise EmbeddedPostgresError(
                f"The folder {self.folder} cannot be used: {error.strerror or error}. "
                "Choose another with DATA_DIR, or set DATABASE_URL to a PostgreSQL of your own."
            ) from error
        except psycopg.Error as error:
            raise EmbeddedPostgresError(f"The embedded PostgreSQL in {self.folder} fails: {error}") from error

    def leave(self, *, how: signal.Signals = signal.SIGINT) -> bool:
        """Stop using the server and, unless another process uses it, stop it; says whether it is stopped now.

        `how`: SIGINT ends sessions in order, SIGQUIT at once (for data that is thrown away).
        """
        self.users.release()
        if not self.folder.is_dir():
            return True
        with FileLock(self.folder / "start.lock") as lock, FileLock(self.users.path) as users:
            lock.acquire()
            if not users.acquire(wait=False):
                return False
            with FileLock(self.folder / "server.lock") as server:
                return _wait_for(lambda: server.acquire(wait=False) or self._tell(how))

    def has_ended(self) -> bool:
        """Whether no process of the server is left, nor one that starts or stops it."""
        with FileLock(self.folder / "server.lock") as server:
            return server.acquire(wait=False)

    def url(self, role: str = APPLICATION, database: str = APPLICATION) -> str:
        """The address of `database` for `role`, for libpq and for SQLAlchemy; the server must run."""
        if not (note := self._postmaster()):
            raise EmbeddedPostgresError(f"The embedded PostgreSQL in {self.folder} does not run.")
        port, address = note[3], note[5]
        secret = self._password(role)
        if not address.strip():
            return f"postgresql://{role}:{secret}@/{database}?host={quote(str(self.data))}&port={port}"
        safely = "sslmode=disable&require_auth=scram-sha-256"  # whoever has that port now never hears the password
        return f"postgresql://{role}:{secret}@127.0.0.1:{port}/{database}?{safely}"

    def _join(self) -> None:
        if self.users.descriptor is not None:
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.users.acquire(shared=True)
        assert self.users.descriptor is not None
        os.set_inheritable(self.users.descriptor, True)  # noqa: FBT003 - takes no keyword
        atexit.register(self._leave_at_exit, os.getpid())

    def _leave_at_exit(self, joined_by: int) -> None:
        if os.getpid() == joined_by and self.users.descriptor is not None:  # a fork inherits this, but did not join
            self.leave()

    def _postmaster(self) -> list[str]:
        """The lines of the server's own note: process id, folder, time, port, socket's folder, address, … or none."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
        return lines if len(lines) >= 8 and lines[7].strip() == "ready" else []

    def _answers(self, role: str) -> bool:
        """Whether the server runs, found out by asking it."""
        database = APPLICATION if role == APPLICATION else "postgres"
        try:
            with psycopg.connect(self.url(role, database), connect_timeout=5):
                return True
        except (EmbeddedPostgresError, psycopg.OperationalError):
            return False

    def _tell(self, how: signal.Signals) -> bool:
        """Signal the server if it runs already (it may still be starting); always False: it is not gone yet."""
        note = self._postmaster()
        if note and self._answers(SUPERUSER):  # then the process id is the server's, and nobody else's
            os.kill(int(note[0]), how)
        return False

    def _bring_up(self) -> None:
        with FileLock(self.folder / "server.lock") as server:
            # Held though nobody answers: it starts, it stops, or its children have not yet seen that it was killed.
            if not _wait_for(lambda: server.acquire(wait=False) or self._answers(SUPERUSER)):
                raise EmbeddedPostgresError(f"PostgreSQL runs but does not answer; see {self.folder / 'server.log'}.")
            if server.descriptor is not None:
                self._launch(server.descriptor)

    def _launch(self, server_lock: int) -> None:
        binaries = find_binaries(self.version)
        account = choose_account(self.folder, binaries)
        if not (self.data / "PG_VERSION").exists():
            self._initialize(account, binaries, server_lock)
        account.own(self.data)
        for stale in ("postmaster.pid", SOCKET, f"{SOCKET}.lock"):  # nobody holds server.lock: no server wrote these
            (self.data / stale).unlink(missing_ok=True)
        log = self._log_file()
        written = log.stat().st_size if log.exists() else 0
        command = [str(binaries / "pg_ctl"), "start", "-D", ".", "-w", "-t", str(PATIENCE), "-l", f"../{log.name}"]
        done = account.run([*command, "-o", self._options()], self.data, pass_fds=(server_lock,))
        if done.returncode != 0:
            told = log.read_bytes()[written:].decode(errors="replace") if log.exists() else ""
            raise EmbeddedPostgresError(f"PostgreSQL does not start: {_reason(told or done.stdout)} (see {log}).")

    def _initialize(self, account: Account, binaries: Path, server_lock: int) -> None:
        """Make the data in a draft folder and rename it, so that half of it is never taken for the whole."""
        draft = self.data.with_name(f"{self.data.name}.new")
        if draft.exists():
            shutil.rmtree(draft)
        self._password(SUPERUSER)
        locale = ["--locale=C", "--encoding=UTF8"]
        if self.version >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        login = [f"--username={SUPERUSER}", f"--pwfile={SUPERUSER}.password", "--auth=scram-sha-256"]
        speed = [] if self.durable else ["--no-sync"]
        command = [str(binaries / "initdb"), f"--pgdata={draft.name}", *login, *locale, *speed]
        done = account.run(command, self.folder, pass_fds=(server_lock,))
        if done.returncode != 0:
            raise EmbeddedPostgresError(f"PostgreSQL cannot make its data in {self.folder}: {_reason(done.stdout)}.")
        draft.rename(self.data)

    def _options(self) -> str:
        path = os.fsencode(self.data / SOCKET)
        if len(path) <= LONGEST_SOCKET_PATH and b"," not in path:  # a comma would separate hosts to libpq
            place = {"listen_addresses": "", "unix_socket_directories": ".", "port": "5432"}
        else:
            place = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "port": str(_free_port())}
        chosen = {**self.settings, **place, **({} if self.durable else THROW_AWAY)}
        return shlex.join(word for name, value in chosen.items() for word in ("-c", f"{name}={value}"))

    def _log_file(self) -> Path:
        log = self.folder / "server.log"
        if log.exists() and log.stat().st_size > LOG_SIZE:
            log.replace(self.folder / "server.old.log")
        return log

    def _password(self, role: str) -> str:
        """The role's password from its file, made first if need be (only under start.lock)."""
        with os.fdopen(open_private_file(self.folder / f"{role}.password"), "r+") as file:
            if not (password := file.read()):
                password = secrets.token_urlsafe(24)
                file.write(password)
        return password

    def _ensure_application(self) -> None:
        """The application's role, without any power over the server, and its database."""
        role = sql.Identifier(APPLICATION)
        with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
            password = sql.Literal(self._password(APPLICATION))
            connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, password))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [APPLICATION]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))


def _wait_for(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return met


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _reason(told: str) -> str:
    """Why, of all that PostgreSQL printed: its first complaint; what follows are consequences."""
    complaint = re.search(r"(?:FATAL|PANIC|error): +(.+)", told)
    return (complaint[1] if complaint else told.strip() or "it does not say why").rstrip(".")
