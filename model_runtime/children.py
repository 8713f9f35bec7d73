"""The programs the runtime started: none outlives it, none inherits the wire."""

from __future__ import annotations

import subprocess
import threading
from typing import Any

_running: set[subprocess.Popen[bytes]] = set()
_lock = threading.Lock()


def start(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """A child that `kill_all` knows. Its standard streams must be given: it must not hold ours open."""
    for stream in ("stdin", "stdout", "stderr"):
        options.setdefault(stream, subprocess.DEVNULL)
    if hasattr(subprocess, "CREATE_NO_WINDOW"):
        options.setdefault("creationflags", subprocess.CREATE_NO_WINDOW)
    child: subprocess.Popen[bytes] = subprocess.Popen(command, close_fds=True, **options)
    with _lock:
        _running.add(child)
    return child


def forget(child: subprocess.Popen[bytes]) -> None:
    """The child was waited for."""
    with _lock:
        _running.discard(child)


def kill(child: subprocess.Popen[bytes]) -> None:
    """End the child now and wait until it is gone."""
    if child.poll() is None:
        child.kill()
    child.wait()
    forget(child)


def kill_all() -> None:
    with _lock:
        left = list(_running)
    for child in left:
        kill(child)
