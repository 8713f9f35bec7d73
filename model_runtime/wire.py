"""The two directions of the wire: lines read and cut to size, messages written without ever making a job wait."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator

from model_runtime import protocol

log = logging.getLogger(__name__)

NewestOnly = protocol.Progress | protocol.Preview | protocol.Expanding
READ_SIZE = 1 << 16
MOST_PENDING_NOTICES = 2000
"""Beyond this many unread notices new ones are dropped: a studio that does not read cannot fill our memory."""


class TooLong:
    """Stands for a line that was longer than a line may be; its content was not kept."""


class LineCutter:
    """Cuts a stream of bytes into lines without ever holding more than one line's limit."""

    def __init__(self, limit: int = protocol.MAX_LINE) -> None:
        self.limit = limit
        self.held = bytearray()
        self.dropping = False

    def feed(self, data: bytes) -> Iterator[bytes | TooLong]:
        pieces = data.split(b"\n")
        for piece in pieces[:-1]:
            yield self._end_line(piece)
        self._hold(pieces[-1])

    def _end_line(self, piece: bytes) -> bytes | TooLong:
        self._hold(piece)
        line, too_long = bytes(self.held), self.dropping
        self.held.clear()
        self.dropping = False
        return TooLong() if too_long else line

    def _hold(self, piece: bytes) -> None:
        if self.dropping:
            return
        if len(self.held) + len(piece) >= self.limit:
            self.dropping = True
            self.held.clear()
        else:
            self.held += piece


def read_lines(descriptor: int) -> Iterator[bytes | TooLong]:
    """Lines until the input ends. Blocks in the read, so it needs a thread of its own."""
    cutter = LineCutter()
    while data := os.read(descriptor, READ_SIZE):
        yield from cutter.feed(data)


class Writer:
    """Sends messages on a thread of its own; `send` returns at once, from any thread.

    Of progress, previews and text that is being written of one attempt only the newest unwritten one is kept, at the
    place of the one it overtakes; everything else keeps its order.
    """

    def __init__(self, descriptor: int, on_broken: Callable[[], None]) -> None:
        self.descriptor = descriptor
        self.on_broken = on_broken
        self.changed = threading.Condition()
        self.queue: deque[list[protocol.Message]] = deque()
        self.newest: dict[tuple[str, str, int], list[protocol.Message]] = {}
        self.notices = 0
        self.closing = False
        self.thread = threading.Thread(target=self._run, name="wire writer", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def send(self, message: protocol.Message) -> None:
        with self.changed:
            if isinstance(message, NewestOnly):
                self._send_newest(message)
            elif isinstance(message, protocol.Notice):
                self._send_notice(message)
            else:
                self.queue.append([message])
            self.changed.notify()

    def close(self, timeout_s: float) -> None:
        """Write what is left, for at most `timeout_s` seconds."""
        with self.changed:
            self.closing = True
            self.changed.notify()
        self.thread.join(timeout_s)

    def _send_newest(self, message: NewestOnly) -> None:
        key = (message.type, message.job, message.attempt)
        if key in self.newest:
            self.newest[key][0] = message
        else:
            self.newest[key] = [message]
            self.queue.append(self.newest[key])

    def _send_notice(self, message: protocol.Notice) -> None:
        if self.notices < MOST_PENDING_NOTICES:
            self.notices += 1
            self.queue.append([message])

    def _run(self) -> None:
        try:
            while (message := self._next()) is not None:
                self._write(message)
        except OSError as error:
            # The studio is gone: the same end as when the input closes, which may come later or never.
            log.warning("the wire is broken: %s", error)
            self.on_broken()

    def _next(self) -> protocol.Message | None:
        with self.changed:
            self.changed.wait_for(lambda: self.queue or self.closing)
            if not self.queue:
                return None
            message = self.queue.popleft()[0]
            if isinstance(message, NewestOnly):
                del self.newest[(message.type, message.job, message.attempt)]
            elif isinstance(message, protocol.Notice):
                self.notices -= 1
            return message

    def _write(self, message: protocol.Message) -> None:
        try:
            line = protocol.encode(message)
        except (protocol.BadMessage, ValueError, TypeError) as error:
            line = self._replacement(message, error)
        while line:
            line = line[os.write(self.descriptor, line) :]

    def _replacement(self, message: protocol.Message, error: Exception) -> bytes:
        """An ending that cannot be written is still an ending; anything else becomes a notice."""
        log.error("a %s message cannot be sent: %s", message.type, error)
        sentence = f"The runtime could not tell its result: {error}"
        if isinstance(message, protocol.ENDINGS):
            return protocol.encode(protocol.Failed(message.job, message.attempt, "bug", sentence))
        return protocol.encode(protocol.Notice("error", sentence))
