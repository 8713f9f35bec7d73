"""The place in time: which frame is shown, how fast it moves; the clock is handed in."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from studio.project.timing import FrameRate

FASTEST = 8


class Transport(QObject):
    moved = Signal(int)
    """The frame of the sequence now shown."""
    changed = Signal()
    """Playing, speed or loop changed."""

    def __init__(self, rate: FrameRate, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._rate = rate.fraction
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self.frame = 0
        self.frames = 0
        self.speed = 0
        """Frames of the film for each frame of time: 1 plays, -1 plays backwards, 0 stands."""
        self.loop = False
        self._anchor = (0.0, 0)

    def set_rate(self, rate: FrameRate) -> None:
        self._rate = rate.fraction
        self._drop_anchor()

    def set_length(self, frames: int, frame: int = 0) -> None:
        """A new sequence: its length and where to stand in it."""
        self.frames = frames
        self.seek(frame)

    def seek(self, frame: int) -> None:
        self.frame = max(0, min(frame, self.frames - 1))
        self._drop_anchor()
        self.moved.emit(self.frame)

    def step(self, frames: int) -> None:
        self.stop()
        self.seek(self.frame + frames)

    def toggle(self) -> None:
        self.stop() if self.speed else self.play(1)

    def play(self, speed: int) -> None:
        if self.frames == 0:
            return
        if speed > 0 and self.frame >= self.frames - 1:
            self.seek(0)
        elif speed < 0 and self.frame == 0:
            self.seek(self.frames - 1)
        self.speed = speed
        self._drop_anchor()
        self._wait()
        self.changed.emit()

    def faster(self, direction: int) -> None:
        """L and J: play that way, twice as fast at each further press."""
        same = self.speed * direction > 0
        self.play(direction * min(FASTEST, abs(self.speed) * 2 if same else 1))

    def stop(self) -> None:
        if self.speed:
            self.speed = 0
            self._timer.stop()
            self.changed.emit()

    def set_loop(self, loop: bool) -> None:
        self.loop = loop
        self.changed.emit()

    def tick(self) -> None:
        """The timer's wish: move to the frame the clock says."""
        if not self.speed:
            return
        since, start = self._anchor
        passed = math.floor((self._clock() - since) * self._rate * abs(self.speed) + Fraction(1, 1000))
        frame = start + passed * (1 if self.speed > 0 else -1)
        if not 0 <= frame < self.frames:
            self._reach_end()
            return
        if frame != self.frame:
            self.frame = frame
            self.moved.emit(frame)
        self._wait()

    def _reach_end(self) -> None:
        last = self.frames - 1
        if self.loop:
            self.seek(0 if self.speed > 0 else last)
            self._wait()
            return
        edge = last if self.speed > 0 else 0
        self.stop()
        if self.frame != edge:
            self.frame = edge
            self.moved.emit(edge)

    def _drop_anchor(self) -> None:
        self._anchor = (self._clock(), self.frame)

    def _wait(self) -> None:
        """Until the next frame is due."""
        since, start = self._anchor
        due = since + float((abs(self.frame - start) + 1) / (self._rate * abs(self.speed)))
        self._timer.start(max(1, math.ceil((due - self._clock()) * 1000)))
