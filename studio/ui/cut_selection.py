"""What the hands are on in the cut: selected events, a sound clip or a marker, and where the playhead stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal


class CutSelection(QObject):
    changed = Signal()
    """other events, another clip or marker"""
    playhead_moved = Signal(int)
    """film_frame"""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[str] = []
        """In cut order."""
        self.current: str | None = None
        """The current one of them."""
        self.sound: str | None = None
        self.marker: str | None = None
        self.film_frame = 0

    def choose(self, events: Sequence[str], current: str | None = None) -> None:
        """Events; no clip and no marker any more."""
        self._set(list(events), current or (events[-1] if events else None), None, None)

    def choose_sound(self, sound: str | None) -> None:
        self._set(self.events, self.current, sound, None)

    def choose_marker(self, marker: str | None) -> None:
        self._set(self.events, self.current, None, marker)

    def move_playhead(self, film_frame: int) -> None:
        if film_frame != self.film_frame:
            self.film_frame = film_frame
            self.playhead_moved.emit(film_frame)

    def _set(self, events: list[str], current: str | None, sound: str | None, marker: str | None) -> None:
        before = (self.events, self.current, self.sound, self.marker)
        self.events, self.current, self.sound, self.marker = events, current, sound, marker
        if before != (events, current, sound, marker):
            self.changed.emit()
