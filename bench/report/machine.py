"""The machine that figures were measured on."""

import os
import platform
from collections.abc import Mapping
from pathlib import Path

from webapp.embedded_postgres.binaries import find_binaries


def described() -> Mapping[str, str]:
    """What somebody must know of it to read its figures."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": str(os.cpu_count()),
        "memory": _first("/proc/meminfo", "MemTotal"),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "PostgreSQL": _version_of_postgres(),
        "load before": ", ".join(f"{load:.2f}" for load in os.getloadavg()),
    }


def _first(file: str, name: str) -> str:
    """The value of the first line so named, in one of Linux's files about itself."""
    path = Path(file)
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _version_of_postgres() -> str:
    if "TEST_POSTGRES_URL" in os.environ:
        return "one of its own"
    return os.popen(f"{find_binaries() / 'postgres'} --version").read().strip().rpartition(" ")[2]
