"""A clock that jumps, for those programs alone that are started by it; needs Linux and a C compiler (`cc`)."""

import mmap
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("shifted_clock.c")


@dataclass
class Clock:
    """A clock; whoever is started with the environment `environ` goes by it."""

    environ: Mapping[str, str]
    _shared: mmap.mmap
    shift: int = 0  # seconds

    def jump(self, shift: int) -> None:
        """Be so many seconds ahead of the machine's clock from now on, or behind it."""
        self.shift = shift
        self._shared[:8] = struct.pack("l", shift)

    def time(self) -> float:
        """Seconds since 1970 by this clock."""
        return time.time() + self.shift


@contextmanager
def shifted_clock() -> Iterator[Clock]:
    """A clock as right as the machine's, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        library, file = Path(folder) / "shifted_clock.so", Path(folder) / "shift"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE)], check=True)
        file.write_bytes(struct.pack("l", 0))
        Path(folder).chmod(0o755)  # PostgreSQL may run as somebody else
        with file.open("r+b") as opened, mmap.mmap(opened.fileno(), 8) as shared:
            yield Clock({"LD_PRELOAD": str(library), "SHIFTED_CLOCK": str(file)}, shared)
