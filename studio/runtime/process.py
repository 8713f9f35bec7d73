"""The life of a runtime process: start, wait for its greeting, ask, terminate, kill, start again a few times."""

from __future__ import annotations

import contextlib
import logging
import os
import signal as signals
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QIODevice, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from model_runtime import protocol

MAX_LOSSES = 5
"""Losses in a row after which it is not started again by itself."""
RESTART_DELAYS_MS = (0, 250, 500, 1000, 2000)
READ_AT_ONCE = 2 << 20
"""Bytes handed on in one turn of the event loop, so that a runtime that babbles cannot stop the window."""
LOG_LIMIT = 4 << 20
LAST_WORDS = 300

log = logging.getLogger("shotwright.runtime")


class End(StrEnum):
    """How a runtime ended."""

    DIED = "died"
    NOT_STARTED = "not_started"
    NOT_READY = "not_ready"
    OTHER_VERSION = "other_version"
    BABBLED = "babbled"
    STOPPED = "stopped"
    """Killed because the user, or a cancel that was not obeyed, asked for it."""


@dataclass(frozen=True)
class RuntimeOutcome:
    """Why a runtime went away; describes itself to the user."""

    serve: str
    end: End
    exit_code: int = 0
    signal: int = 0
    losses: int = 0
    """Losses in a row, this one included."""
    given_up: bool = False
    detail: str = ""
    """The error of the start, the version it speaks, or the last line it wrote to its log."""
    log: Path | None = None

    @property
    def sentence(self) -> str:
        again = f" It was lost {self.losses} times in a row and is not started again by itself." if self._often else ""
        return f"The {self.serve} runtime {self._what}.{again}"

    @property
    def hint(self) -> str:
        if self.end is End.OTHER_VERSION:
            return "Install Shotwright again, so that both parts are of one version."
        if self.end is End.NOT_STARTED:
            return "Run `shotwright doctor` to see what is missing."
        if self.given_up:
            return f"See {self.log}, then try again." if self.log else "Try again."
        return "It is started again by itself; the job goes on from its saved progress."

    @property
    def _often(self) -> bool:
        return self.given_up and self.losses > 1

    @property
    def _what(self) -> str:
        match self.end:
            case End.NOT_STARTED:
                return f"could not be started: {self.detail}"
            case End.NOT_READY:
                return f"did not say it was ready in time{self._last_words}"
            case End.OTHER_VERSION:
                return f"speaks another version: {self.detail}"
            case End.BABBLED:
                return "sent too many lines that are no messages"
            case End.STOPPED:
                return "was stopped"
        if self.signal:
            return f"was killed by {_signal_name(self.signal)}{self._last_words}"
        return f"ended with status {self.exit_code}{self._last_words}"

    @property
    def _last_words(self) -> str:
        return f" ({self.detail})" if self.detail else ""

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}"


def _signal_name(number: int) -> str:
    try:
        return signals.Signals(number).name
    except ValueError:
        return f"signal {number}"


@dataclass(frozen=True)
class Launch:
    """What is started, and how long it may take."""

    serve: str
    program: str = sys.executable
    arguments: Sequence[str] = ()
    log: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    ready_timeout_s: float = 60.0

    @classmethod
    def runtime(cls, serve: str, log: Path | None = None) -> Launch:
        """Our own runtime with this Python. `-P` keeps the working folder, a film's perhaps, out of what it imports."""
        arguments = ("-P", "-m", "model_runtime", "--serve", serve)
        return cls(serve, arguments=arguments, log=log, environment={"PYTHONPATH": _with_our_packages()})


def _with_our_packages() -> str:
    ours = str(Path(protocol.__file__).resolve().parent.parent)
    return os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH", ""))))


class RuntimeProcess(QObject):
    """One runtime process after another. Knows nothing of messages: bytes go in and out."""

    began = Signal()
    """The process runs: greet it. `greeted` is to be called when it answers."""
    received = Signal(object)
    """Bytes from its standard output."""
    ended = Signal(object)
    """A RuntimeOutcome, after the last `received`. Followed by `began` unless given up."""

    def __init__(self, launch: Launch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._launch = launch
        self._process: QProcess | None = None
        self._losses = 0
        self._given_up = False
        self._why: tuple[End, str] | None = None
        self._closing = False
        self._ready_timer = self._timer(self._too_late)
        self._restart_timer = self._timer(self._launch_now)

    @property
    def given_up(self) -> bool:
        return self._given_up

    @property
    def running(self) -> bool:
        return self._process is not None

    @property
    def pid(self) -> int:
        return self._process.processId() if self._process else 0

    def start(self) -> None:
        """Start it unless it runs already; begins a new count of losses where it was given up."""
        if self._process is not None or self._restart_timer.isActive():
            return
        if self._given_up:
            self._losses = 0
        self._given_up = False
        self._closing = False
        self._launch_now()

    def greeted(self) -> None:
        self._ready_timer.stop()

    def healthy(self) -> None:
        """It did what it is for: losses are counted anew."""
        self._losses = 0

    def write(self, data: bytes) -> None:
        if self._process is not None:
            self._process.write(data)

    def kill(self, end: End, detail: str = "") -> None:
        """End it at once; `ended` follows with this reason."""
        if self._process is not None:
            self._why = (end, detail)
            self._process.kill()

    def shut_down(self, last_message: bytes, timeout_s: float) -> None:
        """Ask with `last_message` and the end of input, then terminate, then kill; waits for each."""
        self._closing = True
        self._restart_timer.stop()
        self._ready_timer.stop()
        process = self._process
        if process is None:
            return
        process.write(last_message)
        process.closeWriteChannel()
        for ask, seconds in ((_nothing, timeout_s), (process.terminate, 1.0), (process.kill, 5.0)):
            ask()
            if process.state() == QProcess.ProcessState.NotRunning or process.waitForFinished(int(seconds * 1000)):
                break
        self._forget(process)

    # --- starting ---------------------------------------------------------------------------------------------

    def _launch_now(self) -> None:
        process = self._new_process()
        self._process = process
        self._why = None
        self._ready_timer.start(int(self._launch.ready_timeout_s * 1000))
        process.start(self._launch.program, list(self._launch.arguments), QIODevice.OpenModeFlag.ReadWrite)

    def _new_process(self) -> QProcess:
        process = QProcess(self)
        process.setProcessEnvironment(self._environment())
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        collected = _fresh_log(self._launch.log)
        process.setStandardErrorFile(str(collected or QProcess.nullDevice()), QIODevice.OpenModeFlag.Append)
        if sys.platform != "win32":
            _set_apart(process)
        process.started.connect(self.began)
        process.readyReadStandardOutput.connect(self._read_some)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed_to_start)
        return process

    def _environment(self) -> QProcessEnvironment:
        # Qt's own variables (and those a GUI build of OpenCV sets) name plugins no child of ours may load.
        environment = QProcessEnvironment.systemEnvironment()
        names = environment.keys()
        for name in (one for one in names if one.startswith("QT_")):
            environment.remove(name)
        for name, value in self._launch.environment.items():
            environment.insert(name, value)
        return environment

    # --- while it runs ----------------------------------------------------------------------------------------

    def _read_some(self) -> None:
        process = self._process
        if process is None:
            return
        data = process.read(READ_AT_ONCE).data()
        if data:
            self.received.emit(data)
        if self._process is process and process.bytesAvailable():
            QTimer.singleShot(0, self, self._read_some)

    def _too_late(self) -> None:
        self.kill(End.NOT_READY, self._last_line())

    # --- ending -----------------------------------------------------------------------------------------------

    def _failed_to_start(self, error: QProcess.ProcessError) -> None:
        process = self._process
        if error == QProcess.ProcessError.FailedToStart and process is not None:
            self._why = (End.NOT_STARTED, process.errorString())
            self._ended(process, 0, 0)

    def _finished(self, exit_code: int, status: QProcess.ExitStatus) -> None:
        process = self._process
        if process is None:
            return
        while data := process.read(READ_AT_ONCE).data():
            self.received.emit(data)
        # On Unix Qt puts the number of the signal in the exit code of a process that was killed.
        killed = status == QProcess.ExitStatus.CrashExit
        self._ended(process, 0 if killed else exit_code, exit_code if killed else 0)

    def _ended(self, process: QProcess, exit_code: int, signal: int) -> None:
        outcome = self._outcome(exit_code, signal)
        self._forget(process)
        self._ready_timer.stop()
        if self._closing:
            return
        outcome = self._counted(outcome)
        if not outcome.given_up:
            self._restart_timer.start(_restart_delay(outcome.losses))
        self.ended.emit(outcome)

    def _outcome(self, exit_code: int, signal: int) -> RuntimeOutcome:
        end, detail = self._why or (End.DIED, self._last_line())
        return RuntimeOutcome(self._launch.serve, end, exit_code, signal, detail=detail, log=self._launch.log)

    def _counted(self, outcome: RuntimeOutcome) -> RuntimeOutcome:
        """Being stopped on purpose is no loss; another version or a missing program does not mend itself."""
        if outcome.end is not End.STOPPED:
            self._losses += 1
        hopeless = outcome.end in (End.OTHER_VERSION, End.NOT_STARTED)
        self._given_up = hopeless or self._losses >= MAX_LOSSES
        return replace(outcome, losses=self._losses, given_up=self._given_up)

    def _forget(self, process: QProcess) -> None:
        process.blockSignals(True)
        if self._process is process:
            self._process = None
        process.deleteLater()

    def _last_line(self) -> str:
        return last_line(self._launch.log) if self._launch.log else ""

    def _timer(self, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer


def _restart_delay(losses: int) -> int:
    """Milliseconds to wait after this many losses in a row; none after the first."""
    return RESTART_DELAYS_MS[min(max(losses - 1, 0), len(RESTART_DELAYS_MS) - 1)]


def _nothing() -> None:
    """The first thing asked of a process that was told to end: time."""


def _set_apart(process: QProcess) -> None:
    """Ctrl+C in the terminal reaches only us, who then close in order; none of our files stay open in the child."""
    flags = QProcess.UnixProcessFlag
    parameters = process.unixProcessParameters()
    parameters.flags = flags.CreateNewSession | flags.ResetSignalHandlers | flags.CloseFileDescriptors
    process.setUnixProcessParameters(parameters)


def _fresh_log(path: Path | None) -> Path | None:
    """`path`, its folder made, what was in it put aside when it has grown large; None where it cannot be written."""
    if path is None:
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size > LOG_LIMIT:
                path.replace(path.with_suffix(path.suffix + ".1"))
        # Qt gives no reason when a process does not start because its log cannot be opened.
        return path if os.access(path if path.exists() else path.parent, os.W_OK) else None
    except OSError as error:
        log.warning("the log of the runtime cannot be written: %s", error)
        return None


def last_line(path: Path) -> str:
    """The last line a runtime wrote to its log, shortened; empty where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 4096))
            lines = file.read().decode(errors="replace").split("\n")
    except OSError:
        return ""
    return next((line.strip()[:LAST_WORDS] for line in reversed(lines) if line.strip()), "")
