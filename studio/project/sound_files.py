"""How long the sounds in media/ are, read from their first bytes."""

from __future__ import annotations

import functools
import stat
import struct
from pathlib import Path
from typing import BinaryIO

MOST_CHUNKS = 50


def samples_in(path: Path) -> int:
    """Samples of a WAV file we wrote, for each ear; 0 where it is missing, broken or a link. Cheap: asked for every
    card."""
    try:
        state = path.lstat()
    except OSError:
        return 0
    if not stat.S_ISREG(state.st_mode):
        return 0
    return _samples_in(path, state.st_size, state.st_mtime_ns)


@functools.lru_cache(maxsize=10_000)
def _samples_in(path: Path, size: int, _written: int) -> int:
    try:
        with path.open("rb") as file:
            return _read(file, size)
    except (OSError, struct.error):
        return 0


def _read(file: BinaryIO, size: int) -> int:
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return 0
    sample_bytes = 0
    for _ in range(MOST_CHUNKS):
        name, length = struct.unpack("<4sI", file.read(8))
        if name == b"fmt ":
            sample_bytes = struct.unpack("<12xH", file.read(14))[0]
            file.seek(length + length % 2 - 14, 1)
        elif name == b"data":
            return min(length, size - file.tell()) // sample_bytes if sample_bytes else 0
        else:
            file.seek(length + length % 2, 1)
    return 0
