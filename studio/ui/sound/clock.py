"""Where the playhead is while the film plays: the way it takes, and the clock of a machine without sound.

`SoundPlayer` (player.py) is a Clock too, the better one: what is heard decides what is seen.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from studio.project.sound_time import SAMPLES, frame_at, sample_of
from studio.project.timing import FrameRange, FrameRate


class Clock(Protocol):
    """Says which frame is due. Called on the GUI thread, answers at once."""

    def play(self, first_frame: int, speed: int | Fraction, loop: FrameRange | None = None) -> None:
        """Run from the start of `first_frame`; below 0 backwards from its end. A loop that lies ahead is not left."""

    def stop(self) -> None: ...

    def now_frame(self) -> Fraction | None:
        """Film frames from the head of the cut; rounded down it is the frame to show. None while nothing plays.

        Never goes back while it plays (forward while it plays backwards), except where a loop begins again. It knows no
        end of the film and runs on past it, below 0 too; who shows the film stops it there.
        """


@dataclass(frozen=True)
class Course:
    """The way of the playhead: from a frame, at a speed (not 0), round a loop. Counted in samples of 48 kHz."""

    rate: FrameRate
    first_frame: int
    speed: Fraction
    loop: FrameRange | None = None

    @property
    def start(self) -> int:
        """Forwards the frame's first sample, backwards its last."""
        if self.speed > 0:
            return sample_of(self.first_frame, self.rate)
        return sample_of(self.first_frame + 1, self.rate) - 1

    def travelled(self, seconds: float) -> Fraction:
        """Samples of the film passed in this time, whatever the direction."""
        return Fraction(seconds) * SAMPLES * abs(self.speed)

    def place(self, travelled: Fraction) -> Fraction:
        """The sample the playhead is at after so many samples of the film."""
        loop = self._round()
        here = self.start + (travelled if self.speed > 0 else -travelled)
        if loop is None or (here < loop.stop if self.speed > 0 else here >= loop.start):
            return here
        if self.speed > 0:
            return loop.start + (here - loop.stop) % len(loop)
        return loop.stop - ((loop.start - here) % len(loop) or Fraction(len(loop)))

    def heard_until_round(self, travelled: Fraction) -> int | None:
        """How many samples are heard, at this speed, before the loop begins again; None where none does."""
        loop = self._round()
        if loop is None:
            return None
        here = self.place(travelled)
        if self.speed > 0:
            return math.ceil((loop.stop - here) / self.speed)
        return math.floor((here - loop.start) / -self.speed) + 1

    def frame(self, travelled: Fraction) -> Fraction:
        """`place` in film frames. Rounded down it is the frame shown: frames start at whole samples."""
        here = self.place(travelled)
        return max(here * self.rate.fraction / SAMPLES, Fraction(frame_at(math.floor(here), self.rate)))

    def _round(self) -> range | None:
        """The samples gone round, where the loop lies ahead or the start inside it."""
        if self.loop is None or self.loop.length == 0:
            return None
        loop = range(sample_of(self.loop.start, self.rate), sample_of(self.loop.end, self.rate))
        ahead = self.start < loop.stop if self.speed > 0 else self.start >= loop.start
        return loop if ahead else None


class MonotonicClock:
    """The machine's own time; for a film, or a machine, without sound."""

    def __init__(self, rate: FrameRate, now: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._now = now
        self._course: Course | None = None
        self._began = 0.0

    def play(self, first_frame: int, speed: int | Fraction, loop: FrameRange | None = None) -> None:
        self._course = Course(self.rate, first_frame, Fraction(speed), loop)
        self._began = self._now()

    def stop(self) -> None:
        self._course = None

    def now_frame(self) -> Fraction | None:
        course = self._course
        return course.frame(course.travelled(self._now() - self._began)) if course else None
