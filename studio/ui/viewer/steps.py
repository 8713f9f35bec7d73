"""Where keys and buttons go: a frame, a second, a cut, a marker, an end, a timecode that was typed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from studio.errors import BadValue, StudioError
from studio.project.timing import FilmTimecode, FrameRate
from studio.ui.parts.times import read_length
from studio.ui.viewer.sequence import PlayList
from studio.ui.viewer.shuttle import Shuttle
from studio.ui.viewer.transport import Transport

ALONE = ("take", "shot")
"""Modes in which one shot is shown, and Up and Down go to its neighbours on the board."""


class Steps(QObject):
    neighbour_requested = Signal(int)
    """While one shot is shown: the shot before (-1) or after (1)."""
    film_frame_requested = Signal(int)
    """A frame of the cut that what is played does not hold."""
    refused = Signal(object)
    """StudioError"""

    def __init__(self, transport: Transport) -> None:
        super().__init__()
        self._transport = transport
        self._shuttle = Shuttle(transport)
        self._list, self._mode = PlayList(), "shot"
        self.show_film(FilmTimecode(FrameRate(24)))
        self._markers: tuple[int, ...] = ()

    def show_sequence(self, mode: str, sequence: PlayList) -> None:
        self._mode, self._list = mode, sequence

    def show_film(self, timecode: FilmTimecode) -> None:
        self._timecode, self._rate = timecode, timecode.rate

    def show_markers(self, film_frames: Iterable[int]) -> None:
        self._markers = tuple(film_frames)

    def markers(self) -> list[int]:
        """The cut's markers as frames of the sequence, in order; none while one shot is shown."""
        if self._mode in ALONE:
            return []
        frames = (self._list.frame_of(one) for one in self._markers)
        return sorted(one for one in frames if one is not None)

    def go_to(self, frame: int) -> None:
        """Stops, and shows a frame of the sequence."""
        self._transport.stop()
        self._transport.seek(frame)

    def type_time(self, text: str) -> None:
        """A timecode of the cut, or a length: seconds and frames from the start, with + or - from here."""
        try:
            self._go_to_typed(text.strip().replace("−", "-"))
        except StudioError as error:
            self.refused.emit(error)

    def let_go(self) -> None:
        """Before the window goes."""
        self._shuttle.let_go()

    # --- called by actions ---

    def play_forwards(self) -> None:
        self._shuttle.press(1)

    def play_backwards(self) -> None:
        self._shuttle.press(-1)

    def hold_still(self) -> None:
        self._shuttle.hold()

    def frame_back(self) -> None:
        self._transport.step(-1)

    def frame_on(self) -> None:
        self._transport.step(1)

    def second_back(self) -> None:
        self._transport.step(-self._rate.nominal)

    def second_on(self) -> None:
        self._transport.step(self._rate.nominal)

    def next_cut(self) -> None:
        if self._mode in ALONE:
            self.neighbour_requested.emit(1)
        else:
            self.go_to(self._list.cut_after(self._transport.frame))

    def previous_cut(self) -> None:
        if self._mode in ALONE:
            self.neighbour_requested.emit(-1)
        else:
            self.go_to(self._list.cut_before(self._transport.frame))

    def go_to_start(self) -> None:
        self.go_to(0)

    def go_to_end(self) -> None:
        self.go_to(self._list.frames - 1)

    # --- within ---

    def _go_to_typed(self, text: str) -> None:
        if text.count(":") + text.count(";") + text.count(".") < 3:
            way = {"+": 1, "-": -1}.get(text[:1], 0)
            length = read_length(text[1:] if way else text, self._rate)
            self.go_to(self._transport.frame + way * length if way else length)
            return
        film_frame = self._timecode.film_frame(text)
        frame = self._list.frame_of(film_frame)
        if frame is not None:
            self.go_to(frame)
        elif film_frame >= 0:
            self.film_frame_requested.emit(film_frame)
        else:
            raise BadValue(f"The cut begins after {text}.", "Its first timecode is in the film's settings.")
