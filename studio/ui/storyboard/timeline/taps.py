"""Tap to time: the cut plays, and each press of the key ends a shot. `Taps` counts; `Tapping` plays and writes once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from studio.ui.cut_selection import CutSelection
from studio.ui.cut_watch import CutWatch
from studio.ui.parts.times import counted, shot_length
from studio.ui.storyboard.timeline.cut import TimelineCut
from studio.ui.storyboard.timeline.ghosts import Ghost, Readout
from studio.ui.storyboard.timeline.view import TimelineView
from studio.ui.wishes.events import EventWishes


class Taps:
    """Lengths of one event after the other, from taps at film frames. Pure."""

    def __init__(self, cut: TimelineCut, place: int) -> None:
        self.cut = cut
        self._place = place
        self._since = cut.gap_frame(place)
        self.lengths: dict[str, int] = {}
        """Film frames by event."""

    @property
    def next_number(self) -> str:
        """The number of the shot that the next tap ends; empty after the last one."""
        return self.cut.events[self._place].shot_number if self._place < len(self.cut.events) else ""

    def tap(self, film_frame: int) -> bool:
        """Ends the shot before this frame; False where it would have no frame, or no shot is left."""
        if self._place >= len(self.cut.events) or film_frame <= self._since:
            return False
        self.lengths[self.cut.events[self._place].id] = film_frame - self._since
        self._since = film_frame
        self._place += 1
        return True

    def boxes(self) -> Iterator[tuple[int, int]]:
        """Where the timed shots would stand: film_frame and frames."""
        film_frame = self._since - sum(self.lengths.values())
        for frames in self.lengths.values():
            yield film_frame, frames
            film_frame += frames

    def last_words(self) -> str:
        """`1B 3:12`: what the newest tap made."""
        if not self.lengths:
            return ""
        event = self.cut.event(list(self.lengths)[-1])
        assert event is not None
        return f"{event.shot_number} {shot_length(self.lengths[event.id], self.cut.rate)}"


class Playback(Protocol):
    """The viewer's transport, as far as tapping plays with it."""

    @property
    def speed(self) -> object: ...

    @property
    def changed(self) -> SignalInstance: ...

    def stop(self) -> None: ...


class Tapping(QObject):
    frame_requested = Signal(int)
    told = Signal(str)

    def __init__(
        self, watch: CutWatch, selection: CutSelection, events: EventWishes, view: TimelineView, transport: Playback,
        play: Callable[[], None],
    ) -> None:  # fmt: skip
        """`play`: from the playhead on at the film's rate."""
        super().__init__()
        self._watch, self._selection, self._events = watch, selection, events
        self._view, self._transport, self._play = view, transport, play
        self._taps: Taps | None = None
        transport.changed.connect(self._playing_changed)
        view.cancelled.connect(self.stop)

    @property
    def running(self) -> bool:
        return self._taps is not None

    def tap(self) -> None:
        """Called by the key: begins at the shot under the playhead, then ends one shot at each press."""
        if self._taps is None:
            self._begin()
        elif self._taps.tap(self._selection.film_frame):
            self._say()
            if not self._taps.next_number:
                self.stop()

    def stop(self) -> None:
        """Ends, and gives every shot that was ended its new length: one step to undo."""
        taps, self._taps = self._taps, None
        if taps is None:
            return
        self._view.say(None)
        self._transport.stop()
        self._events.set_lengths(taps.lengths)
        if taps.lengths:
            self.told.emit(f"{counted(len(taps.lengths), 'shot')} timed by tapping.")

    def _begin(self) -> None:
        cut = self._watch.cut
        place = cut.place_at(self._selection.film_frame)
        if place is None or cut.frozen:
            self.told.emit("There is no shot under the playhead to time.")
            return
        self.frame_requested.emit(cut.gap_frame(place))
        self._play()
        self._taps = Taps(cut, place)
        self._say()

    def _say(self) -> None:
        if self._taps is not None:
            number, count = self._taps.next_number, len(self._taps.lengths)
            timed = f"{counted(count, 'shot')} timed · {self._taps.last_words()}" if count else "Esc or Space ends"
            words = Readout(f"T ends {number}" if number else "Every shot is timed", timed)
            self._view.say(Ghost(words, boxes=tuple(self._taps.boxes())))

    def _playing_changed(self) -> None:
        if self._taps is not None and not self._transport.speed:
            self.stop()
