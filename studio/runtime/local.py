"""Messages over the pipes of a runtime process on this machine: lines to messages and back, overtaken news left out."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject

from model_runtime import protocol
from studio.errors import RuntimeFailed
from studio.runtime.client import ClientState, RuntimeClient
from studio.runtime.process import End, Launch, RuntimeOutcome, RuntimeProcess

MAX_BAD_LINES = 1000
"""Lines that are no messages, in a row, after which the runtime is taken for broken."""

log = logging.getLogger("shotwright.runtime")


class LineReader:
    """Cuts a stream of bytes into lines; a line longer than a message may be is dropped whole and counted."""

    def __init__(self, longest: int = protocol.MAX_LINE) -> None:
        self._longest = longest
        self._rest = bytearray()
        self._skipping = False
        self.dropped = 0

    def lines(self, data: bytes) -> list[bytes]:
        """The lines completed by `data`, without those that are empty or too long."""
        self._rest += data
        *whole, rest = self._rest.split(b"\n")
        self._rest = rest
        found = [line for line in (self._checked(bytes(one)) for one in whole) if line]
        if len(self._rest) > self._longest:
            self._rest.clear()
            self._skipping = True
        return found

    def _checked(self, line: bytes) -> bytes:
        if self._skipping or len(line) >= self._longest:
            self._skipping = False
            self.dropped += 1
            return b""
        return line.strip()


def without_overtaken(messages: Iterable[protocol.Message]) -> list[protocol.Message]:
    """`messages` in order; of the progress and of the previews of an attempt only the newest each."""
    kept: dict[object, protocol.Message] = {}
    for place, message in enumerate(messages):
        if isinstance(message, (protocol.Progress, protocol.Preview)):
            key: object = (message.type, message.job, message.attempt)
            kept.pop(key, None)
        else:
            key = place
        kept[key] = message
    return list(kept.values())


class LocalRuntime(RuntimeClient):
    """A runtime process on this machine. Everything happens on the thread it lives on, by Qt's event loop."""

    def __init__(self, launch: Launch, *, assets: Path, media: Path, jobs: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._serve = launch.serve
        self._hello = protocol.Hello(protocol.VERSION, str(assets), str(media), str(jobs))
        self._reader = LineReader()
        self._bad_lines = 0
        self._process = RuntimeProcess(launch, self)
        self._process.began.connect(self._greet)
        self._process.received.connect(self._read)
        self._process.ended.connect(self._ended)

    @property
    def given_up(self) -> bool:
        return self._process.given_up

    @property
    def pid(self) -> int:
        """Process id, 0 while none runs."""
        return self._process.pid

    def start(self) -> None:
        if not self._process.running:
            self._process.start()
            if self._process.running:
                self._change_state(ClientState.STARTING)

    def send(self, message: protocol.Down) -> None:
        if self._state is not ClientState.READY:
            raise RuntimeFailed(
                f"The {self._serve} runtime is not ready ({self._state.value}).", "Wait a moment, then try again."
            )
        self._process.write(protocol.encode(message))

    def job_finished(self) -> None:
        self._process.healthy()

    def stop_now(self) -> None:
        self._process.kill(End.STOPPED)

    def shut_down(self, timeout_s: float = 10.0) -> None:
        self._process.shut_down(protocol.encode(protocol.Shutdown()), timeout_s)
        self._change_state(ClientState.STOPPED)

    # --- what the process does ----------------------------------------------------------------------------------

    def _greet(self) -> None:
        self._reader = LineReader()
        self._bad_lines = 0
        self._change_state(ClientState.STARTING)
        self._process.write(protocol.encode(self._hello))

    def _read(self, data: bytes) -> None:
        dropped = self._reader.dropped
        messages = [one for one in map(self._decoded, self._reader.lines(data)) if one is not None]
        self._bad_lines += self._reader.dropped - dropped
        for message in without_overtaken(messages):
            self._deliver(message)
        if self._bad_lines > MAX_BAD_LINES:
            self._process.kill(End.BABBLED)

    def _decoded(self, line: bytes) -> protocol.Message | None:
        try:
            message = protocol.decode(line)
        except protocol.BadMessage as error:
            self._bad_lines += 1
            log.warning("the %s runtime sent a line that is no message: %s", self._serve, error)
            return None
        self._bad_lines = 0
        return message

    def _deliver(self, message: protocol.Message) -> None:
        if isinstance(message, protocol.Ready) and not self._accept(message):
            return
        if isinstance(message, protocol.Notice):
            log.log(_LEVELS[message.level], "%s runtime: %s", self._serve, message.text)
        self.reported.emit(message)

    def _accept(self, ready: protocol.Ready) -> bool:
        if ready.version != protocol.VERSION:
            detail = f"the runtime speaks {ready.version}, the studio {protocol.VERSION}"
            self._process.kill(End.OTHER_VERSION, detail)
            return False
        self._process.greeted()
        self._ready = ready
        self._change_state(ClientState.READY)
        return True

    def _ended(self, outcome: RuntimeOutcome) -> None:
        log.warning("%s", outcome)
        self._change_state(ClientState.LOST)
        self.lost.emit(outcome)


_LEVELS = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
