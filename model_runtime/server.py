"""The talk with the studio: hears every line at once, greets, hands jobs to the worker, ends when the input ends."""

from __future__ import annotations

import contextlib
import faulthandler
import importlib.metadata
import logging
import os
import signal
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from model_runtime import children, protocol
from model_runtime.wire import TooLong, Writer, read_lines
from model_runtime.worker import Folders, Request, Worker

log = logging.getLogger(__name__)

LAST_WRITE_S = 1.0
WORKER_END_S = 5.0
KILL_AFTER_S = 6.5
"""From the end of input until children are killed and the process leaves, whatever it is doing."""
HARD_KILL_AFTER_S = 7.5

EXIT_DONE = 0
EXIT_VERSION = 3
EXIT_FORCED = 4

PACKAGES_IN_THE_RECIPE = ("torch", "diffusers", "numpy", "opencv-python-headless")


class InputEnded(Exception):
    """The studio closed its end, or asked the process to terminate."""


class Server:
    """One talk. `serve` runs on the main thread and returns the process's exit status."""

    def __init__(self, serve: Literal["frames", "words"], read_from: int, write_to: int) -> None:
        self.serving = serve
        self.read_from = read_from
        self.listening = False
        self.writer = Writer(write_to, self._wire_broke)
        self.worker: Worker | None = None
        self.bad_lines = 0
        self.exit_status = EXIT_DONE

    def serve(self) -> int:
        self.writer.start()
        self._end_on_terminate()
        with contextlib.suppress(InputEnded):
            self._listen()
        self._end()
        return self.exit_status

    def _listen(self) -> None:
        self.listening = True
        try:
            for line in read_lines(self.read_from):
                if not self._hear(line):
                    break
        finally:
            self.listening = False

    def _end_on_terminate(self) -> None:
        """SIGTERM is an ask: it breaks the read and ends the talk well. Ctrl+C is the studio's to hear."""
        signal.signal(signal.SIGTERM, self._terminated)
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def _terminated(self, _number: int, _frame: object) -> None:
        if self.listening:
            self.listening = False
            raise InputEnded

    # --- hearing -----------------------------------------------------------------------------------------------

    def _hear(self, line: bytes | TooLong) -> bool:
        """Act on one line; False ends the talk."""
        try:
            if isinstance(line, TooLong):
                raise protocol.BadMessage(f"a line is longer than a line may be ({protocol.MAX_LINE} bytes)")
            return self._obey(protocol.decode(line))
        except protocol.BadMessage as error:
            self.bad_lines += 1
            self._notice("error", f"{error}; dropped (bad line {self.bad_lines})")
            return True

    def _obey(self, message: protocol.Message) -> bool:
        match message:
            case protocol.Hello():
                return self._greet(message)
            case protocol.Shutdown():
                return False
            case _ if self.worker is None:
                raise protocol.BadMessage(f"a {message.type} message came before hello")
            case protocol.Cancel():
                self._cancel(message)
            case protocol.Generate() | protocol.ExpandPrompt() | protocol.Estimate():
                self._accept(message)
            case protocol.AskModels() | protocol.TryWriter() | protocol.FindServers():
                self._accept(message)
            case protocol.Load() | protocol.Unload():
                self.worker.submit_housekeeping(message)
            case _:
                raise protocol.BadMessage(f"a {message.type} message goes up, not down")
        return True

    def _greet(self, hello: protocol.Hello) -> bool:
        if hello.version != protocol.VERSION:
            self._notice(
                "error",
                f"The studio speaks version {hello.version} of the protocol, this runtime version {protocol.VERSION}."
                " Install both from the same release.",
            )
            self.exit_status = EXIT_VERSION
            return False
        if self.worker is not None:
            raise protocol.BadMessage("a second hello came")
        self.worker = Worker(self.serving, Folders.of(hello), self.writer.send)
        self.writer.send(self._ready(self.worker))
        self.worker.start()
        return True

    def _ready(self, worker: Worker) -> protocol.Ready:
        return protocol.Ready(
            version=protocol.VERSION,
            serve=self.serving,
            program=f"shotwright {program_version()}",
            engines=worker.engine_infos(),
            providers=worker.providers(),
            versions=versions(),
            pid=os.getpid(),
        )

    def _accept(self, request: Request) -> None:
        assert self.worker is not None
        if not self.worker.submit(request):
            self._notice("error", f"Job {request.job} attempt {request.attempt} came twice; the second was dropped.")

    def _cancel(self, message: protocol.Cancel) -> None:
        assert self.worker is not None
        if not self.worker.cancel(message.job, message.attempt):
            self._notice("warning", f"Nothing to cancel: job {message.job} attempt {message.attempt} is not live.")

    def _notice(self, level: Literal["info", "warning", "error"], text: str) -> None:
        self.writer.send(protocol.Notice(level, text))

    # --- ending ------------------------------------------------------------------------------------------------

    def _wire_broke(self) -> None:
        """On the writer's thread: nobody reads any more, so the main thread is called out of its read."""
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        else:
            os._exit(EXIT_FORCED)

    def _end(self) -> None:
        self._arm_watchdogs()
        if self.worker is not None and not self.worker.end(WORKER_END_S):
            self.exit_status = EXIT_FORCED
        self.writer.close(LAST_WRITE_S)
        children.kill_all()

    def _arm_watchdogs(self) -> None:
        """The process is gone within 10 s even where a step never ends or a library holds the interpreter's lock."""
        timer = threading.Timer(KILL_AFTER_S, _leave_by_force)
        timer.daemon = True
        timer.start()
        # Runs on a thread of the C runtime: works even when no Python code can.
        with contextlib.suppress(ValueError, OSError):
            faulthandler.dump_traceback_later(HARD_KILL_AFTER_S, exit=True)


def _leave_by_force() -> None:
    log.error("still busy %s s after the end of input: leaving by force", KILL_AFTER_S)
    children.kill_all()
    os._exit(EXIT_FORCED)


def versions() -> dict[str, str]:
    """Versions of what makes the picture, without importing any of it."""
    found = {"shotwright": program_version(), "python": ".".join(map(str, sys.version_info[:3]))}
    for name in PACKAGES_IN_THE_RECIPE:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


def program_version() -> str:
    for version in _source_version():
        return version
    try:
        return importlib.metadata.version("shotwright")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def _source_version() -> Iterator[str]:
    """The version in the repository's own pyproject.toml: right even where an older one is installed beside it."""
    path = Path(__file__).resolve().parents[1] / "pyproject.toml"
    if path.is_file():
        project = tomllib.loads(path.read_text(encoding="utf-8")).get("project", {})
        if project.get("name") == "shotwright":
            yield project["version"]
