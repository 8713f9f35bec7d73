"""What was read of small data files, kept until one of them changes on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
Stamp = tuple[int, int]

_kept: dict[tuple[Callable[..., Any], tuple[Path, ...]], tuple[tuple[Stamp, ...], Any]] = {}


def kept(read: Callable[..., T], *files: Path) -> T:
    """`read(*files)`, or what it gave the last time where no file has changed since. Raises what `read` raises."""
    stamps = tuple(_stamp(file) for file in files)
    found = _kept.get((read, files))
    if found is None or found[0] != stamps:
        found = _kept[read, files] = (stamps, read(*files))
    value: T = found[1]
    return value


def _stamp(file: Path) -> Stamp:
    known = file.stat()
    return known.st_mtime_ns, known.st_size
