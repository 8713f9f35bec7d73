"""The place in time: which frame is shown, how fast it moves; the clock is handed in.

While sound is heard, what the device plays is the clock; without a device time is counted from an anchor.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from studio.project.timing import FrameRange, FrameRate

FASTEST = 4
SLOW = Fraction(1, 2)
SLACK = Fraction(1, 1000)
"""Of a frame: a timer that fires a hair early counts as in time."""


class Heard(Protocol):
    """The sound of a sequence, as its clock. Frames are the sequence's."""

    def start(self, frame: int, speed: Fraction, loop: FrameRange | None) -> None: ...

    def stop(self) -> None: ...

    def frame(self) -> Fraction | None:
        """The frame heard now; None where no device plays."""
        ...


class Transport(QObject):
    moved = Signal(int)
    """The frame of the sequence now shown."""
    sought = Signal(int)
    """The same, where a hand or a key went there."""
    changed = Signal()
    """Playing, speed, loop or the marks changed."""

    def __init__(self, rate: FrameRate, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._heard: Heard | None = None
        self._rate = rate.fraction
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self.frame = 0
        self.frames = 0
        self.speed = Fraction(0)
        """Frames of the film for each frame of time: 1 plays, -1 plays backwards, 0 stands."""
        self.loop = False
        self.mark_in: int | None = None
        self.mark_out: int | None = None
        """First and last frame of the part that a loop plays; None: from the start, to the end."""
        self.skipped = 0
        """Frames the last move went past without showing them; 0 after a jump."""
        self._anchor = (0.0, 0)

    def hear(self, heard: Heard) -> None:
        """From now on the sound is the clock whenever it plays."""
        self._heard = heard

    def set_rate(self, rate: FrameRate) -> None:
        self._rate = rate.fraction
        self._drop_anchor()

    def set_length(self, frames: int, frame: int = 0) -> None:
        """A new sequence: its length and where to stand in it. Marks outside it are taken away."""
        self.frames = frames
        self.mark_in = self.mark_in if self.mark_in is not None and self.mark_in < frames else None
        self.mark_out = self.mark_out if self.mark_out is not None and self.mark_out < frames else None
        self.seek(frame)

    @property
    def range(self) -> FrameRange:
        """What a loop plays."""
        first = self.mark_in or 0
        last = self.frames - 1 if self.mark_out is None else self.mark_out
        return FrameRange(first, max(0, last - first + 1))

    # --- moving ---

    def seek(self, frame: int) -> None:
        self.frame, self.skipped = max(0, min(frame, self.frames - 1)), 0
        if self.speed:
            self._start_clock()
        self.moved.emit(self.frame)
        self.sought.emit(self.frame)

    def step(self, frames: int) -> None:
        self.stop()
        self.seek(self.frame + frames)

    def toggle(self) -> None:
        self.stop() if self.speed else self.play(1)

    def play(self, speed: Fraction | int) -> None:
        if self.frames == 0:
            return
        self.speed = Fraction(speed)
        if (start := self._first_of_play()) != self.frame:
            self.frame, self.skipped = start, 0
            self.moved.emit(start)
        self._start_clock()
        self._wait()
        self.changed.emit()

    def faster(self, direction: int) -> None:
        """L and J: play that way, twice as fast at each further press."""
        same = self.speed * direction >= 1
        self.play(direction * min(FASTEST, abs(self.speed) * 2 if same else 1))

    def stop(self) -> None:
        if self.speed:
            self.speed = Fraction(0)
            self._timer.stop()
            if self._heard is not None:
                self._heard.stop()
            self.changed.emit()

    def set_loop(self, loop: bool) -> None:
        self.loop = loop
        self._restart()
        self.changed.emit()

    # --- the part that is looped ---

    def set_in(self) -> None:
        """The frame shown becomes the first of the part; one that would end before it goes on to the end again."""
        self._mark(self.frame, None if self.mark_out is not None and self.mark_out < self.frame else self.mark_out)

    def set_out(self) -> None:
        self._mark(None if self.mark_in is not None and self.mark_in > self.frame else self.mark_in, self.frame)

    def clear_in(self) -> None:
        self._mark(None, self.mark_out)

    def clear_out(self) -> None:
        self._mark(self.mark_in, None)

    def clear_marks(self) -> None:
        self._mark(None, None)

    def _mark(self, first: int | None, last: int | None) -> None:
        if self.frames and (first, last) != (self.mark_in, self.mark_out):
            self.mark_in, self.mark_out = first, last
            self._restart()
            self.changed.emit()

    # --- time ---

    def tick(self) -> None:
        """The timer's wish: move to the frame the clock says."""
        if not self.speed:
            return
        due = self._due()
        frame = self._within_loop(due)
        if frame is None:
            self._reach_end()
            return
        if frame != self.frame:
            passed = (due - self.frame) * self._direction
            self.skipped = max(0, passed - 1) if passed > 0 else 0
            self.frame = frame
            self.moved.emit(frame)
        if self.speed:
            self._wait()

    @property
    def _direction(self) -> int:
        return 1 if self.speed > 0 else -1

    def _due(self) -> int:
        """The frame that time has reached; past the ends of the sequence where it has run over them."""
        heard = self._heard_frame()
        if heard is not None:
            due = math.floor(heard + SLACK)
            self._anchor = (self._clock(), due)
            return due
        since, start = self._anchor
        passed = math.floor((self._clock() - since) * self._rate * abs(self.speed) + SLACK)
        return start + passed * self._direction

    def _within_loop(self, frame: int) -> int | None:
        """Where a frame lies once the loop has brought it back; None where playing ends before it."""
        part = self.range
        if self.loop and part.length:
            beyond = frame >= part.end if self.speed > 0 else frame < part.start
            return part.start + (frame - part.start) % part.length if beyond else frame
        return frame if 0 <= frame < self.frames else None

    def _heard_frame(self) -> Fraction | None:
        return self._heard.frame() if self._heard is not None and self.speed else None

    def _first_of_play(self) -> int:
        """From an end that playing would run into at once it begins again at the other; a loop stays in its part."""
        part, last = self.range, self.frames - 1
        if self.loop:
            inside = self.frame in part and self.frame != (part.end - 1 if self.speed > 0 else part.start)
            return self.frame if inside else part.start if self.speed > 0 else part.end - 1
        if self.speed > 0 and self.frame >= last:
            return 0
        return last if self.speed < 0 and self.frame == 0 else self.frame

    def _reach_end(self) -> None:
        edge = self.frames - 1 if self.speed > 0 else 0
        self.stop()
        if self.frame != edge:
            self.frame, self.skipped = edge, 0
            self.moved.emit(edge)

    def _restart(self) -> None:
        if self.speed:
            self._start_clock()

    def _start_clock(self) -> None:
        self._drop_anchor()
        if self._heard is not None:
            self._heard.start(self.frame, self.speed, self.range if self.loop else None)

    def _drop_anchor(self) -> None:
        self._anchor = (self._clock(), self.frame)

    def _wait(self) -> None:
        """Until the next frame is due."""
        pace = float(self._rate * abs(self.speed))
        heard = self._heard_frame()
        if heard is not None:
            part = heard % 1 if self.speed > 0 else 1 - heard % 1
            self._timer.start(max(1, math.ceil(float(1 - part) / pace * 1000)))
            return
        since, _first = self._anchor
        passed = math.floor((self._clock() - since) * pace) + 1
        due = since + passed / pace
        self._timer.start(max(1, math.ceil((due - self._clock()) * 1000)))
