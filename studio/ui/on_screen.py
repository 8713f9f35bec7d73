"""What is on the viewer's screen, for panels that work on it: the frame, and the range marked by I and O."""

from __future__ import annotations

from pathlib import Path

from studio.ui.current_shot import CurrentShot
from studio.ui.viewer.dock import Viewer


class OnScreen:
    def __init__(self, viewer: Viewer, current: CurrentShot) -> None:
        self._viewer, self._current = viewer, current

    def frame(self) -> tuple[Path, int] | None:
        """The movie and its take_frame; None where no movie is."""
        return self._at(self._viewer.transport.frame)

    def marked(self) -> tuple[int, int] | None:
        """First and last shot_frame of the part marked; None where nothing is, or not of the current take alone."""
        transport, take = self._viewer.transport, self._current.take
        if take is None or (transport.mark_in is None and transport.mark_out is None):
            return None
        part = transport.range
        first, last = self._at(part.start), self._at(part.end - 1)
        if first is None or last is None or {first[0], last[0]} != {take.media}:
            return None
        low, high = sorted((first[1] - take.head, last[1] - take.head))
        return low, high

    def _at(self, frame: int) -> tuple[Path, int] | None:
        wanted = self._viewer.sequence.wanted(frame)
        return None if wanted is None or wanted.take_frame < 0 else (wanted.source, wanted.take_frame)
