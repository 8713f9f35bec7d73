"""The sound under what the viewer plays: a sequence's frames as frames of the cut, and back."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Protocol

from studio.project.timing import FrameRange
from studio.ui.viewer.sequence import PlayList


class Player(Protocol):
    """What plays the sound of the cut and says where it is (`studio/ui/sound/`)."""

    def play(self, first_frame: int, speed: int | Fraction, loop: FrameRange | None = None) -> None: ...

    def stop(self) -> None: ...

    def scrub(self, film_frame: int) -> None: ...

    def now_frame(self) -> Fraction | None: ...


class CutSound:
    """The transport's clock while sound plays. A scene whose shots lie apart in the cut is heard piece by piece."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._list = PlayList()
        self._offset: int | None = None
        """Film frame of the sequence's frame 0, were all of it like the piece that plays; None: nothing to hear."""
        self._speed = Fraction(1)

    def show(self, sequence: PlayList) -> None:
        self._list = sequence

    def start(self, frame: int, speed: Fraction, loop: FrameRange | None) -> None:
        self._speed, self._offset = speed, self._offset_at(frame)
        if self._offset is None:
            self._player.stop()
            return
        film_loop = loop if loop and self._in_one_piece(loop) else None
        shifted = FrameRange(film_loop.start + self._offset, film_loop.length) if film_loop else None
        self._player.play(frame + self._offset, speed, shifted)

    def stop(self) -> None:
        self._offset = None
        self._player.stop()

    def frame(self) -> Fraction | None:
        now = self._player.now_frame() if self._offset is not None else None
        if now is None or self._offset is None:
            return None
        here = now - self._offset
        frame = math.floor(here)
        if 0 <= frame < self._list.frames and self._offset_at(frame) != self._offset:
            self.start(frame, self._speed, None)
        return here

    def scrub(self, frame: int) -> None:
        """A burst of what lies at that frame, while a hand moves over it."""
        offset = self._offset_at(frame)
        if offset is not None and frame + offset >= 0:
            self._player.scrub(frame + offset)

    def _offset_at(self, frame: int) -> int | None:
        film_frame = self._list.film_frame(frame)
        return None if film_frame is None else film_frame - frame

    def _in_one_piece(self, loop: FrameRange) -> bool:
        return all(self._offset_at(cut) == self._offset for cut in (loop.start, *self._cuts_in(loop)))

    def _cuts_in(self, loop: FrameRange) -> list[int]:
        return [cut for cut in self._list.cuts() if cut in loop]
