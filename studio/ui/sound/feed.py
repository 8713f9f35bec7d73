"""Between the thread that mixes and the device that plays: sound waiting its turn, and the account of what was heard.

Three threads meet here. The mixing thread puts blocks in, the device's thread takes samples out and only copies, the
GUI thread asks how far it is. Every method holds the lock for microseconds.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.project.sound_time import SAMPLES

if TYPE_CHECKING:
    from studio.interchange.sound_mix import Samples

LEAVING = 240
"""5 ms: what is dropped falls silent over this many samples, against clicks."""
WINDOW = 16
"""Calls of the device among which the one that came soonest is believed."""


@dataclass(frozen=True)
class Block:
    """A stretch of sound on its way to the device."""

    samples: Samples
    turn: int
    """Which wish to play it belongs to."""
    travelled: Fraction = Fraction(0)
    """Samples of the film before its first one, since that wish."""
    step: Fraction = Fraction(0)
    """Samples of the film for each sample heard."""


@dataclass(frozen=True)
class _Span:
    """From this sample of the device's on, what `turn` and `travelled` say is heard."""

    start: int
    turn: int
    travelled: Fraction
    step: Fraction


class Feed:
    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._blocks: deque[Block] = deque()
        self._used = 0
        """Samples of the first block already handed over."""
        self._given = 0
        """Samples handed to the device since it was opened."""
        self._latency = 0
        self._spans: deque[_Span] = deque(maxlen=512)
        self._offsets: deque[float] = deque(maxlen=WINDOW)
        self.loudness = 1.0
        """Factor of everything heard: volume, 0 where muted."""
        self.calls = 0
        """How often the device has asked for samples since it was started."""
        self.last_call = 0.0
        """When it last asked, or was started."""

    def begin(self, latency: int) -> None:
        """The device is about to start; it holds `latency` samples between being given a sample and playing it."""
        with self._lock:
            self._blocks.clear()  # what waited for a device that went away
            self._used = 0
            self._latency = latency
            self._offsets.clear()
            self.calls, self.last_call = 0, self._now()

    @property
    def waiting(self) -> int:
        """Samples that were mixed and not yet taken."""
        with self._lock:
            return sum(len(one.samples) for one in self._blocks) - self._used

    def put(self, block: Block) -> None:
        with self._lock:
            self._blocks.append(block)

    def drop(self) -> None:
        """Let what waits fall silent within `LEAVING` samples."""
        with self._lock:
            left, kept = LEAVING, deque[Block]()
            while self._blocks and left:
                block, start = self._blocks.popleft(), self._used
                self._used = 0
                kept.append(_leaving(block, start, left))
                left -= len(kept[-1].samples)
            self._blocks = kept

    def take(self, count: int) -> memoryview:
        """The next `count` samples for the device, silence where none wait. Called by the device's thread."""
        import numpy as np

        heard = np.zeros((count, 2), np.float32)
        with self._lock:
            filled = 0
            while filled < count and self._blocks:
                filled += self._copy(heard[filled:], self._given + filled)
            if filled < count:
                self._rest(self._given + filled)
            self._given += count
            self._note_call()
        heard *= np.float32(self.loudness)
        return heard.data.cast("B")

    def travelled(self, turn: int) -> Fraction | None:
        """Samples of the film heard since this turn began; None before its first, and after another's."""
        with self._lock:
            heard = self._heard()
            for span in reversed(self._spans):
                if heard is not None and span.start <= heard:
                    return span.travelled + (heard - span.start) * span.step if span.turn == turn else None
        return None

    def _note_call(self) -> None:
        now = self._now()
        if now - self.last_call > self._latency / SAMPLES:
            self._offsets.clear()  # the device ran dry or had not begun; what its calls said before holds no more
        self.calls, self.last_call = self.calls + 1, now
        self._offsets.append(self._given / SAMPLES - now)

    def _heard(self) -> int | None:
        """The sample of the device's that is heard now.

        A call that comes late says nothing of the device, only of this machine's threads; so the soonest of the last
        calls is believed. What was not handed over cannot have been heard.
        """
        if not self._offsets:
            return None
        return min(self._given, round((max(self._offsets) + self._now()) * SAMPLES) - self._latency)

    def _copy(self, heard: Samples, at: int) -> int:
        """As much of the first block as fits; returns how many samples."""
        block = self._blocks[0]
        part = block.samples[self._used : self._used + len(heard)]
        heard[: len(part)] = part
        self._spans.append(_Span(at, block.turn, block.travelled + self._used * block.step, block.step))
        self._used += len(part)
        if self._used >= len(block.samples):
            self._blocks.popleft()
            self._used = 0
        return len(part)

    def _rest(self, at: int) -> None:
        """Silence follows: the playhead stays where the last sample left it."""
        if self._spans and self._spans[-1].step:
            last = self._spans[-1]
            self._spans.append(_Span(at, last.turn, last.travelled + (at - last.start) * last.step, Fraction(0)))


def _leaving(block: Block, start: int, left: int) -> Block:
    """The block from its sample `start` on, of which it takes `left` samples to silence."""
    import numpy as np

    rest = block.samples[start : start + left]
    falling = (np.arange(left, left - len(rest), -1) / LEAVING).astype(np.float32)
    return Block(rest * falling[:, None], block.turn, block.travelled + start * block.step, block.step)
