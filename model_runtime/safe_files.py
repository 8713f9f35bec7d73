"""Writing files so that a crash leaves the old one or the new one, never half of either.

The only place where our code opens a file for writing in a film or job folder. Standard library only, because the
window and the runtime both import it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

TEMPORARY_MARK = ".part-"
"""In the name of every unfinished file; a file with it in its name may be deleted by whoever owns the folder."""

HASH_CHUNK = 1 << 20
FULL_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NoSpace(OSError):
    """The place a file was to be written to is full. Carries a sentence and a hint for the user."""

    def __init__(self, folder: Path, needed: int, free: int) -> None:
        super().__init__(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        self.needed, self.free = needed, free
        wanted = f"{_megabytes(needed)} needed, " if needed else ""
        self.sentence = f"There is no space left in {folder}: {wanted}{_megabytes(free)} free."
        self.hint = "Free some space on that disk, then try again."

    def __str__(self) -> str:
        return self.sentence


def require_space(folder: Path, needed: int) -> None:
    """Raise NoSpace unless the disk under `folder` has `needed` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NoSpace(folder, needed, free)


def temporary_beside(path: Path) -> Path:
    """A fresh name in the same folder and with the same suffix, so that a rename to `path` is atomic."""
    return path.with_name(f".{path.stem}{TEMPORARY_MARK}{uuid.uuid4().hex[:12]}{path.suffix}")


@contextlib.contextmanager
def open_new(path: Path, *, mode: str = "wb", encoding: str | None = None) -> Iterator[IO[Any]]:
    """A file to fill that becomes `path` when the block ends well, and vanishes when it does not.

    Written beside `path`, flushed to the disk, renamed over whatever was there, folder flushed. A full disk raises
    NoSpace.
    """
    temporary = temporary_beside(path)
    if "b" not in mode and encoding is None:
        encoding = "utf-8"
    try:
        with _full_disk_named(path.parent):
            with temporary.open(mode.replace("w", "x"), encoding=encoding) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _place(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_bytes(path: Path, data: bytes) -> None:
    with open_new(path) as file:
        file.write(data)


def write_text(path: Path, text: str) -> None:
    """UTF-8, line ends as they are in `text`."""
    write_bytes(path, text.encode())


def rename_into(source: Path, target: Path) -> None:
    """Flush the finished file `source` to the disk and give it the name `target`, replacing what had it.

    Both must lie on one file system; the rename is atomic and has reached the disk when this returns.
    """
    with _full_disk_named(target.parent):
        sync_file(source)
        _place(source, target)
    if source.parent != target.parent:
        sync_folder(source.parent)


def copy_into(source: Path, target: Path) -> None:
    """A copy of `source` under the name `target`, by the same rules as a file written here."""
    with source.open("rb") as original, open_new(target) as file:
        shutil.copyfileobj(original, file, HASH_CHUNK)


def make_folder(folder: Path) -> Path:
    """`folder`, made with its parents where missing, its name flushed to the disk."""
    if not folder.is_dir():
        with _full_disk_named(folder.parent):
            folder.mkdir(parents=True, exist_ok=True)
            sync_folder(folder.parent)
    return folder


def sync_file(path: Path) -> None:
    # Windows flushes only through a descriptor that may write.
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut. Windows has no such call and keeps names by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256(path: Path) -> str:
    """Hex digest of the file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(HASH_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def remove_temporaries(folder: Path) -> list[str]:
    """Delete what interrupted writes left in `folder`; returns the names. Only its owner may call this."""
    names = []
    for one in folder.iterdir():
        if one.name.startswith(".") and TEMPORARY_MARK in one.name and one.is_file():
            one.unlink(missing_ok=True)
            names.append(one.name)
    return sorted(names)


def _place(temporary: Path, path: Path) -> None:
    temporary.replace(path)
    sync_folder(path.parent)


@contextlib.contextmanager
def _full_disk_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except NoSpace:
        raise
    except OSError as error:
        if error.errno not in FULL_DISK_ERRORS:
            raise
        raise NoSpace(folder, 0, _free_bytes(folder)) from error


def _free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


def _megabytes(count: int) -> str:
    return f"{max(count, 0) / 1e6:,.1f} MB"
