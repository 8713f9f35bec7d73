"""The program's own log: a rotating file in the user's log folder, and the crash file of an unexpected failure."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import platform
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

from model_runtime import safe_files

PROGRAM = "shotwright"
FILE_BYTES = 1 << 20
FILES_KEPT = 4
CRASHES_KEPT = 20
LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def folder() -> Path:
    return Path(platformdirs.user_log_path(PROGRAM, appauthor=False))


def start(level: int = logging.INFO) -> Path:
    """Send every record of this process to the log file; returns its path. Called once, by the program's start.

    A log folder that cannot be written is no reason not to work: records then go nowhere.
    """
    path = folder() / f"{PROGRAM}.log"
    root = logging.getLogger()
    root.setLevel(level)
    if any(isinstance(one, RotatingFileHandler) and one.baseFilename == str(path) for one in root.handlers):
        return path
    root.addHandler(_handler(path))
    return path


def stop() -> None:
    """Close the log file. Records after this go nowhere."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, RotatingFileHandler)]:
        root.removeHandler(handler)
        handler.close()


def crashes() -> list[Path]:
    """The crash files that are kept, oldest first."""
    return sorted(folder().glob("crash-*.txt"))


@contextlib.contextmanager
def hard_faults() -> Iterator[None]:
    """While it lasts, a fault that ends the process at once (in Qt, in a driver) leaves its traces in a file.

    The next start of the program finds the file and keeps it as a crash file.
    """
    _adopt_hard_faults()
    path = folder() / f"running-{os.getpid()}.txt"
    try:
        safe_files.make_folder(path.parent)
        file = path.open("w", encoding="utf-8")
    except OSError:
        yield
        return
    before = faulthandler.is_enabled()
    with file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
            if before and sys.__stderr__ is not None:
                # The process's own stream: sys.stderr may stand for one without a file while it is captured.
                faulthandler.enable(sys.__stderr__)
    path.unlink(missing_ok=True)


def _adopt_hard_faults() -> None:
    """What a process that is gone left behind: traces become a crash file, an empty file goes."""
    for path in folder().glob("running-*.txt"):
        if _lives(path.stem.removeprefix("running-")):
            continue
        with contextlib.suppress(OSError):  # Windows lets nobody touch the file of a process that lives
            _adopt(path)


def _adopt(path: Path) -> None:
    if not path.stat().st_size:
        path.unlink()
        return
    stamp = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    path.replace(path.with_name(f"crash-{stamp:%Y%m%d-%H%M%S-%f}.txt"))


def _lives(pid: str) -> bool:
    """Where the system can be asked without harm: on Windows the question itself would end the process."""
    if os.name != "posix" or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def write_crash(error: BaseException) -> Path | None:
    """A file with everything needed to look into `error`; None where the log folder cannot be written."""
    now = datetime.now(UTC)
    text = "\n".join((
        f"time      {now.isoformat(timespec='seconds')}",
        f"program   {PROGRAM} on Python {platform.python_version()}, {platform.platform()}",
        f"arguments {sys.argv[1:]}",
        "",
        "".join(traceback.format_exception(error)),
    ))
    path = folder() / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        safe_files.make_folder(path.parent)
        safe_files.write_bytes(path, text.encode(errors="backslashreplace"))
        _drop_old_crashes(path.parent)
    except OSError as problem:
        logging.getLogger(__name__).warning("no crash file could be written: %s", problem)
        return None
    return path


def _drop_old_crashes(place: Path) -> None:
    for old in sorted(place.glob("crash-*.txt"))[:-CRASHES_KEPT]:
        old.unlink(missing_ok=True)


def _handler(path: Path) -> logging.Handler:
    try:
        safe_files.make_folder(path.parent)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True, errors="backslashreplace"
        )
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter(LINE))
    return handler
