"""The default database: starts the PostgreSQL that the wheel carries, keeps it while it is used, stops it after.

It imports nothing of the application, so that it can also be run apart from it.
"""

from pathlib import Path

from .binaries import EmbeddedPostgresError
from .cluster import APPLICATION, SUPERUSER, Cluster

__all__ = ["APPLICATION", "SUPERUSER", "Cluster", "EmbeddedPostgresError", "has_ended", "start", "stop", "users_lock"]

_clusters: dict[Path, Cluster] = {}


def start(data_dir: Path) -> str:
    """The address of the application's database in `data_dir`, whose server runs from now on as long as this process.

    Starts it where it does not run yet; costs a few milliseconds where it does. Raises `EmbeddedPostgresError`.
    """
    folder = _folder(data_dir)
    cluster = _clusters.setdefault(folder, Cluster(folder))
    cluster.start()
    return cluster.url()


def stop(data_dir: Path) -> bool:
    """Let go of the server in `data_dir`, and stop it unless another process uses it; says whether it is stopped."""
    folder = _folder(data_dir)
    return (_clusters.pop(folder, None) or Cluster(folder)).leave()


def has_ended(data_dir: Path) -> bool:
    """Whether no process is left of the server in `data_dir`, which this process uses: it was killed."""
    return _clusters[_folder(data_dir)].has_ended()


def users_lock(data_dir: Path) -> int:
    """The file descriptor by which this process uses the server (after `start`); it survives fork and exec."""
    descriptor = _clusters[_folder(data_dir)].users.descriptor
    assert descriptor is not None
    return descriptor


def _folder(data_dir: Path) -> Path:
    return data_dir.absolute() / "postgres"
