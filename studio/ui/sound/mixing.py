"""The thread that mixes ahead of the device, and opens, starts and stops it; the window never waits for any of that."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.project.cut_cards import LaneCard, SoundCard
from studio.project.sound_time import SAMPLES, sample_of
from studio.project.timing import FrameRate
from studio.ui.sound.clock import Course
from studio.ui.sound.feed import Block, Feed
from studio.ui.sound.output import NoDevice, Output

if TYPE_CHECKING:
    from studio.interchange.sound_mix import Mix, Samples

log = logging.getLogger(__name__)

AHEAD = SAMPLES // 5
"""200 ms are mixed before they are due."""
BLOCK = 1024
BURST = SAMPLES * 7 // 100
"""70 ms are heard of a place while scrubbing: a frame and a little more."""
EDGE = 96
"""2 ms: what begins or ends in the middle of a sound rises and falls over this many samples."""
IDLE_S = 3.0
"""A device that nothing is played on is let go after so long."""
LOST_S = 0.5
"""A device that asks for nothing for so long is gone, though it may not have said so."""
FIRST_CALLS = 4
"""With these a device fills itself; only then it plays."""
WAKING_S = 4.0
"""The same for one that was just started: Bluetooth, or a sound server that slept, takes seconds."""
RETRY_S = 5.0
"""A machine without a device is not asked for one more often than this, however fast somebody scrubs."""
TICK_S = 0.02
CLOSING_S = 2.0
"""A device that cannot be closed sooner is left to the end of the program."""


@dataclass(frozen=True)
class SoundCut:
    """All that can be heard: lanes and clips of the cut, and the film's rate."""

    lanes: tuple[LaneCard, ...]
    sounds: tuple[SoundCard, ...]
    rate: FrameRate

    @property
    def silent(self) -> bool:
        audible = {lane.id for lane in self.lanes if lane.audible}
        return not any(card.lane in audible for card in self.sounds)


@dataclass
class Turn:
    """One wish to hear something, from then until the next one."""

    number: int
    course: Course
    burst: bool = False
    """Only `BURST` of it, from its start."""
    travelled: Callable[[float], Fraction] = field(default=lambda _: Fraction(0))
    """Samples of the film the playhead has passed at this time; asked where sound joins a film that runs already."""


class Mixing:
    """Plays the newest turn, from when it is made until `close`.

    `availability` hears, on this thread, whether there is a device, as soon as that is known.
    """

    def __init__(
        self,
        cut: SoundCut,
        feed: Feed,
        open_output: Callable[[], Output],
        availability: Callable[[bool], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cut, self._feed, self._open_output, self._availability = cut, feed, open_output, availability
        self._now = now
        self._wishes = threading.Condition()
        self._wished: Turn | None = None
        self._news = False
        self._closing = False
        self._turn: Turn | None = None
        self._output: Output | None = None
        self._running = False
        self._mixed_cut: SoundCut | None = None
        self._mix: Mix | None = None
        self._travelled = Fraction(0)
        """Where in its course the turn is mixed."""
        self._since_edge = 0
        """Samples mixed since the turn, or its loop, began."""
        self._idle_since = 0.0
        self._try_again = -math.inf
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    # --- any thread -----------------------------------------------------------------------------------------------

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def set_cut(self, cut: SoundCut) -> None:
        self._cut = cut

    def wish(self, turn: Turn | None) -> None:
        """Play this from now on; None: nothing."""
        with self._wishes:
            self._wished, self._news = turn, True
            self._wishes.notify()

    def close(self) -> None:
        """Ends the thread and lets the device go."""
        with self._wishes:
            self._closing = True
            self._wishes.notify()
        self._thread.join(CLOSING_S)

    # --- this thread ----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while self._hear_wishes():
                self._work()
        except Exception:
            log.exception("sound stopped by a fault")
            self._availability(False)
        finally:
            self._let_go()
            if self._mix is not None:
                self._mix.close()

    def _hear_wishes(self) -> bool:
        """Waits until there is something to do; False when it is time to go."""
        with self._wishes:
            if not self._news and not self._closing:
                self._wishes.wait(TICK_S if self._turn else (IDLE_S if self._running else None))
            turn, news, self._news = self._wished, self._news, False
        if news:
            self._begin(turn)
        return not self._closing

    def _begin(self, turn: Turn | None) -> None:
        self._feed.drop()
        self._turn, self._idle_since = turn, self._now()
        if turn is None or not self._start_output():
            self._turn = None
            return
        self._since_edge = 0
        late = turn.travelled(self._now())
        self._travelled = Fraction(round(late + turn.course.travelled(self._delay_s()))) if late else late

    def _work(self) -> None:
        if self._turn is not None:
            if self._gone():
                self._lose()
                return
            while self._turn is not None and self._feed.waiting < AHEAD and not self._news:
                self._mix_on(self._turn)
        elif self._running and self._now() - self._idle_since >= IDLE_S:
            self._stop_output()

    def _mix_on(self, turn: Turn) -> None:
        if turn.burst:
            self._feed.put(Block(self._burst(turn.course), turn.number))
            self._turn = None
            self._idle_since = self._now()
            return
        left = turn.course.heard_until_round(self._travelled)
        count = BLOCK if left is None else min(BLOCK, left)
        step = abs(turn.course.speed)
        heard = self._sound().at_speed(turn.course.place(self._travelled), turn.course.speed, count)
        heard *= self._edges(count, left)[:, None]
        self._feed.put(Block(heard, turn.number, self._travelled, step))
        self._travelled += count * step
        self._since_edge = 0 if count == left else self._since_edge + count

    def _edges(self, count: int, left: int | None) -> Samples:
        """Rises where a turn or its loop begins and falls before the loop begins again."""
        import numpy as np

        place = np.arange(count)
        edges = (place + 1 + self._since_edge) / EDGE
        if left is not None:
            edges = np.minimum(edges, (left - place) / EDGE)
        return np.clip(edges, 0, 1).astype(np.float32)

    def _burst(self, course: Course) -> Samples:
        import numpy as np

        heard = self._sound().samples(sample_of(course.first_frame, course.rate), BURST)
        place = np.arange(BURST)
        edges = np.clip(np.minimum(place + 1, BURST - place) / (2 * EDGE), 0, 1).astype(np.float32)
        return heard * edges[:, None]

    def _sound(self) -> Mix:
        """The mix of the newest cut."""
        from studio.interchange.sound_mix import Mix

        if self._mix is None or self._mixed_cut is not self._cut:
            if self._mix is not None:
                self._mix.close()
            self._mixed_cut = self._cut
            self._mix = Mix(self._cut.lanes, self._cut.sounds, self._cut.rate)
        return self._mix

    # --- the device -----------------------------------------------------------------------------------------------

    def _start_output(self) -> bool:
        """Opens the device where it is not open, starts it where it does not run."""
        if self._output is not None and self._gone():
            self._let_go()
        if self._running:
            return True
        if self._now() < self._try_again:
            return False
        try:
            self._output = self._output or self._open_output()
            self._sound()  # so that numpy is there, and a large cut prepared, before the device asks
            self._feed.begin(self._output.latency)
            self._output.start(self._feed.take)
        except NoDevice as error:
            log.info("no sound device: %s", error)
            self._try_again = self._now() + RETRY_S
            self._let_go()
            self._availability(False)
            return False
        self._running = True
        self._availability(True)
        return True

    def _gone(self) -> bool:
        if self._output is None or not self._running:
            return False
        patience = LOST_S if self._feed.calls > FIRST_CALLS else WAKING_S
        return self._output.lost or self._now() - self._feed.last_call > patience

    def _lose(self) -> None:
        log.warning("the sound device went away")
        self._turn = None
        self._let_go()
        self._availability(False)

    def _stop_output(self) -> None:
        if self._output is not None:
            self._output.stop()
        self._running = False

    def _let_go(self) -> None:
        if self._output is not None:
            self._output.close()
        self._output, self._running = None, False

    def _delay_s(self) -> float:
        """Until what is mixed next is heard."""
        latency = self._output.latency if self._output is not None else 0
        return (self._feed.waiting + latency) / SAMPLES
