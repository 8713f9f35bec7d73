"""The sound of the cut as it plays: heard on the device, and the clock by which pictures are shown."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from studio.project.cut_cards import LaneCard, SoundCard
from studio.project.timing import FrameRange, FrameRate
from studio.ui.sound.clock import Course
from studio.ui.sound.feed import Feed
from studio.ui.sound.mixing import Mixing, SoundCut, Turn
from studio.ui.sound.output import Output, open_device

FASTEST_HEARD = 4
"""Above this speed it is silent."""
PATIENCE_S = 0.25
"""How long the playhead waits for a device that is being opened before it runs without it."""
BEHIND_S = 0.1
"""Sound that has begun so much too late, because the device had to wake, is led on to where the playhead is."""
NO_DEVICE = "No sound device was found"


class SoundPlayer(QObject):
    """A Clock (clock.py). All methods are for the GUI thread and answer at once.

    What is heard is the clock while sound plays. Where there is nothing to hear, no device, or one that goes away,
    the machine's own time goes on from there; the playhead neither jumps nor stops.
    """

    available_changed = Signal(bool)

    def __init__(
        self,
        parent: QObject | None = None,
        open_output: Callable[[], Output] = open_device,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._open_output = open_output
        self._cut = SoundCut((), (), FrameRate(24))
        self._feed = Feed(now)
        self._mixing: Mixing | None = None
        self._available = True
        self._turns = 0
        self._turn: Turn | None = None
        self._heard = False
        """Whether the turn was wished of the mixing thread."""
        self._base = (0.0, Fraction(0))
        """The machine's time, and how far the playhead has travelled then."""
        self._furthest = Fraction(0)
        """How far it was told to be; it never goes back from there."""
        self._volume = 1.0
        self._muted = False

    # --- what is heard ----------------------------------------------------------------------------------------------

    def set_cut(self, lanes: Iterable[LaneCard], sounds: Iterable[SoundCard], rate: FrameRate) -> None:
        """What there is to hear. While playing it is heard from the next 200 ms on."""
        cut = SoundCut(tuple(lanes), tuple(sounds), rate)
        if cut == self._cut:
            return
        self._cut = cut
        if self._mixing is not None:
            self._mixing.set_cut(self._cut)
        if self._turn is not None and not self._heard and self._can_be_heard(self._turn.course):
            self._join()

    @property
    def volume(self) -> float:
        """0 to 1, by ear: its square is the factor."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(1.0, max(0.0, volume))
        self._set_loudness()

    @property
    def muted(self) -> bool:
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        self._set_loudness()

    @property
    def available(self) -> bool:
        """False after no device could be opened, or after it went away, until one can be. True before it was tried."""
        return self._available

    @property
    def note(self) -> str:
        """For the tooltip of the sound button: empty where all is well."""
        return "" if self._available else NO_DEVICE

    # --- the clock --------------------------------------------------------------------------------------------------

    def play(self, first_frame: int, speed: int | Fraction, loop: FrameRange | None = None) -> None:
        """From the start of a frame on, below 0 backwards from its end; round the loop where it lies ahead."""
        course = Course(self._cut.rate, first_frame, Fraction(speed), loop)
        self._new_turn(course)
        self._base, self._furthest = (self._now(), Fraction(0)), Fraction(0)
        if self._can_be_heard(course):
            if self._available:
                self._base = (self._now() + PATIENCE_S, Fraction(0))
            self._join()
        else:
            self._hush()

    def stop(self) -> None:
        if self._turn is not None:
            self._turn = None
            self._hush()

    def scrub(self, frame: int) -> None:
        """Let a short burst of this frame be heard, while dragging or stepping. What plays is stopped."""
        self.stop()
        course = Course(self._cut.rate, frame, Fraction(1))
        if self._can_be_heard(course) and not self._muted:
            self._turns += 1
            self._awake().wish(Turn(self._turns, course, burst=True))

    def now_frame(self) -> Fraction | None:
        """The film frame heard now, rounded down the one to show; None while nothing plays. See Clock."""
        if self._turn is None:
            return None
        now = self._now()
        heard = self._feed.travelled(self._turn.number) if self._heard and self._available else None
        if heard is not None and self._furthest - heard > self._turn.course.travelled(BEHIND_S):
            self._catch_up()
        elif heard is not None:
            self._base = (now, heard)
        elif not self._available and now < self._base[0]:
            self._base = (now, self._base[1])  # nothing to be patient for
        self._furthest = max(self._furthest, self._travelled_without_sound(now))
        return self._turn.course.frame(self._furthest)

    def position(self) -> int | None:
        """The frame to show."""
        frame = self.now_frame()
        return None if frame is None else math.floor(frame)

    def close(self) -> None:
        """Lets the device go; called before the window does."""
        self._turn = None
        if self._mixing is not None:
            self._mixing.close()
            self._mixing = None

    # --- within -----------------------------------------------------------------------------------------------------

    def _can_be_heard(self, course: Course) -> bool:
        return abs(course.speed) <= FASTEST_HEARD and not self._cut.silent

    def _new_turn(self, course: Course) -> None:
        self._turns += 1
        self._turn, self._heard = Turn(self._turns, course, travelled=self._travelled_without_sound), False

    def _join(self) -> None:
        self._heard = True
        self._awake().wish(self._turn)

    def _catch_up(self) -> None:
        """The playhead ran on without sound; what is mixed now begins where it is."""
        if self._turn is not None:
            self._new_turn(self._turn.course)
            self._join()

    def _hush(self) -> None:
        if self._mixing is not None:
            self._mixing.wish(None)

    def _awake(self) -> Mixing:
        """Started when something is to be heard for the first time."""
        if self._mixing is None or not self._mixing.alive:
            self._mixing = Mixing(self._cut, self._feed, self._open_output, self._set_available, self._now)
        return self._mixing

    def _travelled_without_sound(self, now: float) -> Fraction:
        """Where the machine's time alone would have taken the playhead. The mixing thread asks too."""
        (since, travelled), turn = self._base, self._turn
        if turn is None or now <= since:
            return travelled
        return travelled + turn.course.travelled(now - since)

    def _set_loudness(self) -> None:
        self._feed.loudness = 0.0 if self._muted else self._volume**2

    def _set_available(self, available: bool) -> None:
        """Called by the mixing thread."""
        if available != self._available:
            self._available = available
            self.available_changed.emit(available)
