"""Talking to the child that reads foreign files (`media_child.py`): started, asked, watched, stopped, ended.

Slow: not for the GUI thread. Only `Watch.stop` may be called from any thread.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from studio.errors import BadValue, NoSpaceLeft, NotFound, StudioError
from studio.project import media_child

LARGEST_FILE = 64 << 30
PATIENCE_S = {"picture": 60, "clip": 3600, "sound": 1800}
MOST_FILES = 200
"""A child reads so many at most, so that what it may have lost of its memory comes back."""


class Stopped(StudioError):
    """Whoever watched the reading stopped it."""

    def __init__(self) -> None:
        super().__init__("Bringing files in was stopped.", "The film is as it was.")


class Watch:
    """How far the reading of one file is, and the way to stop it. Made by who asks, handed to who reads."""

    def __init__(self, on_part: Callable[[float], None] = lambda part: None) -> None:
        """`on_part` hears, on the reading thread, how much of the file is read, from 0 to 1."""
        self.on_part = on_part
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def stop(self) -> None:
        """From any thread: what is being read ends at once with `Stopped`, and so does whatever would be next."""
        with self._lock:
            self._stopped = True
            if self._child is not None:
                _kill(self._child)

    @property
    def stopped(self) -> bool:
        return self._stopped

    def check(self) -> None:
        """Raises Stopped where it was."""
        if self._stopped:
            raise Stopped

    @contextlib.contextmanager
    def over(self, child: subprocess.Popen[bytes]) -> Iterator[None]:
        """While the body runs, `stop` ends this child."""
        with self._lock:
            self.check()
            self._child = child
        try:
            yield
        finally:
            with self._lock:
                self._child = None


class Reader:
    """A child for files of one kind: picture, clip or sound. It is started with the first of them."""

    def __init__(self, kind: str, watch: Watch | None = None) -> None:
        self.kind, self.watch = kind, watch or Watch()
        self._child: subprocess.Popen[bytes] | None = None
        self._read = 0

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._child is not None:
            _kill(self._child)
            _release(self._child)
            self._child = None

    def read(self, source: Path, target: Path, wish: dict[str, Any]) -> dict[str, Any]:
        """Have the working copy of `source` written to `target`; what the child found.

        Raises BadValue with its sentence, NoSpaceLeft, and Stopped.
        """
        check_source(source, self.kind)
        if self._child is None or self._child.poll() is not None or self._read >= MOST_FILES:
            self.close()
            self._child, self._read = _start(self.kind), 0
        self._read += 1
        answer: dict[str, Any] | None = None
        try:
            answer = self._ask(self._child, {"source": str(source.absolute()), "target": str(target), "wish": wish})
        finally:
            if answer is None or "sentence" in answer:
                # What it could not read may have harmed it.
                self.close()
        if answer is None:
            raise BadValue(f"{source.name} could not be read within the limits for a foreign {self.kind}.",
                           "It may be broken or far too large; convert it with another program first.")
        if "sentence" in answer:
            raise (NoSpaceLeft if answer["full"] else BadValue)(answer["sentence"], answer["hint"])
        return answer

    def _ask(self, child: subprocess.Popen[bytes], asked: dict[str, Any]) -> dict[str, Any] | None:
        """The child's answer; None where it died."""
        late = threading.Event()
        patience = threading.Timer(PATIENCE_S[self.kind], _give_up, (child, late))
        patience.start()
        try:
            with self.watch.over(child):
                answer = self._talk(child, asked)
        finally:
            patience.cancel()
            patience.join()
        self.watch.check()
        if answer is None and late.is_set():
            name = Path(asked["source"]).name
            raise BadValue(f"{name} took longer than {PATIENCE_S[self.kind]} seconds to read.",
                           f"It may be broken, or too long; choose another {self.kind}.")
        return answer

    def _talk(self, child: subprocess.Popen[bytes], asked: dict[str, Any]) -> dict[str, Any] | None:
        assert child.stdin is not None and child.stdout is not None
        with contextlib.suppress(OSError):
            child.stdin.write(json.dumps(asked).encode() + b"\n")
            child.stdin.flush()
        for line in child.stdout:
            try:
                said = json.loads(line)
            except ValueError:
                return None
            if "part" not in said:
                return dict(said)
            self.watch.on_part(float(said["part"]))
        return None


def check_source(path: Path, kind: str) -> None:
    """Refuse what cannot be a file to bring in, before a child is started for it."""
    if not path.exists():
        raise NotFound(f"There is no file {path}.", f"Name a {kind} that is on this machine.")
    if not path.is_file():
        raise BadValue(f"{path} is no file.", f"Name one {kind}.")
    try:
        with path.open("rb") as file:
            begins = file.read(1)
        size = path.stat().st_size
    except OSError as error:
        raise BadValue(f"{path} cannot be read: {error.strerror}.", "Check who may read it.") from error
    if not begins:
        raise BadValue(f"{path.name} is empty.", f"Choose another {kind}.")
    if size > LARGEST_FILE:
        raise BadValue(f"{path.name} is larger than {LARGEST_FILE >> 30} GB.", "Shorten it first.")


def _start(kind: str) -> subprocess.Popen[bytes]:
    here = str(Path(__file__).resolve().parents[2])
    around = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH", ""))))}
    options: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {}
    return subprocess.Popen([sys.executable, "-m", media_child.__name__, kind], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=around, **options)


def _give_up(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    _kill(child)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """The child and the encoder it started. What it was writing is removed by who asked for it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _release(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.close()
    child.wait()
