"""Wishes for versions of the film and for the markers of the current cut."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.project.commands import cut as cuts
from studio.project.commands import marker as markers
from studio.ui.cut_selection import CutSelection
from studio.ui.cut_watch import CutWatch
from studio.ui.wishes.door import Door


class CutWishes(QObject):
    frame_requested = Signal(int)
    """The playhead's wish: to a marker."""

    def __init__(self, door: Door, watch: CutWatch, selection: CutSelection) -> None:
        super().__init__()
        self._door, self._watch, self._selection = door, watch, selection

    # --- versions ---

    def save_cut(self, name: str) -> bool:
        return self._door.run(cuts.save_cut, name) is not None

    def make_current(self, cut: str) -> bool:
        return self._door.run(cuts.make_current, cut) is not None

    def rename_cut(self, cut: str, name: str) -> bool:
        return self._door.run(cuts.rename_cut, cut, name) is not None

    def remove_cut(self, cut: str) -> bool:
        return self._door.run(cuts.remove_cut, cut) is not None

    # --- markers ---

    def add_marker(self, film_frame: int) -> None:
        """Named by its number; it is chosen, so that a name can be given at once."""
        if (changes := self._door.run(markers.add_marker, film_frame, self._next_name())) is not None:
            self._selection.choose_marker(changes.new("marker"))

    def move_marker(self, marker: str, film_frame: int) -> None:
        self._door.run(markers.edit_marker, marker, film_frame=film_frame)

    def rename_marker(self, marker: str, name: str) -> None:
        self._door.run(markers.edit_marker, marker, name=name)

    def remove_marker(self, marker: str) -> None:
        self._door.run(markers.remove_marker, marker)

    # --- called by actions ---

    def add_marker_at_playhead(self) -> None:
        self.add_marker(self._selection.film_frame)

    def marker_before(self) -> None:
        self._go_to(self._watch.cut.marker_before(self._selection.film_frame))

    def marker_after(self) -> None:
        self._go_to(self._watch.cut.marker_after(self._selection.film_frame))

    def _go_to(self, marker: object) -> None:
        if marker is not None:
            self._selection.choose_marker(marker.id)  # type: ignore[attr-defined]
            self.frame_requested.emit(marker.film_frame)  # type: ignore[attr-defined]

    def _next_name(self) -> str:
        taken = {marker.name for marker in self._watch.cut.markers}
        return next(name for number in range(1, len(taken) + 2) if (name := f"Marker {number}") not in taken)
