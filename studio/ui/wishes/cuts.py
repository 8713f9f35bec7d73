"""Wishes for versions of the film and for the markers of the current cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from studio.project import queries, sound_queries
from studio.project.commands import cut as cuts
from studio.project.commands import marker as markers
from studio.project.cut_cards import CutCard, CutDifference, EventCard, MarkerCard
from studio.ui.cut_selection import CutSelection
from studio.ui.cut_watch import CutWatch
from studio.ui.parts.waiting import at_work
from studio.ui.wishes.door import Door
from studio.ui.wishes.events import KEPT


class CutWishes(QObject):
    frame_requested = Signal(int)
    """The playhead's wish: to a marker."""
    told = Signal(str)
    """why nothing was done, in passing"""

    def __init__(self, door: Door, watch: CutWatch, selection: CutSelection) -> None:
        super().__init__()
        self._door, self._watch, self._selection = door, watch, selection

    # --- versions ---

    def cards(self) -> Sequence[CutCard]:
        return self._door.ask(queries.cut_cards)

    def events(self, cut: str) -> Sequence[EventCard]:
        return self._door.ask(queries.event_cards, cut)

    def compare(self, before: str, after: str) -> Sequence[CutDifference]:
        return self._door.ask(queries.compare_cuts, before, after)

    def look_at(self, cut: str | None) -> None:
        """An earlier cut in timeline and viewer; nothing of the film is changed by that."""
        self._watch.look_at(cut)

    def save_cut(self, name: str) -> bool:
        with at_work():
            return self._door.run(cuts.save_cut, name) is not None

    def make_current(self, cut: str) -> bool:
        with at_work():
            return self._door.run(cuts.make_current, cut) is not None

    def rename(self, cut: str, name: str) -> bool:
        return self._door.run(cuts.rename_cut, cut, name) is not None

    def remove(self, cut: str) -> bool:
        return self._door.run(cuts.remove_cut, cut) is not None

    # --- markers ---

    def add_marker(self, film_frame: int) -> None:
        """Named by its number; it is chosen, so that a name can be given at once."""
        if self._watch.cut.frozen:  # it would stand in the current cut, where nobody is looking
            self.told.emit(KEPT)
            return
        if (changes := self._door.run(markers.add_marker, film_frame, self._next_name())) is not None:
            self._selection.choose_marker(changes.new("marker"))

    def move_marker(self, marker: str, film_frame: int) -> None:
        self._door.run(markers.edit_marker, marker, film_frame=film_frame)

    def rename_marker(self, marker: str, name: str) -> bool:
        return self._door.run(markers.edit_marker, marker, name=name) is not None

    def remove_marker(self, marker: str) -> None:
        self._door.run(markers.remove_marker, marker)

    # --- called by actions ---

    def add_marker_at_playhead(self) -> None:
        self.add_marker(self._selection.film_frame)

    def marker_before(self) -> None:
        self._go_to(self._watch.cut.marker_before(self._selection.film_frame))

    def marker_after(self) -> None:
        self._go_to(self._watch.cut.marker_after(self._selection.film_frame))

    def _go_to(self, marker: MarkerCard | None) -> None:
        if marker is not None:
            self.frame_requested.emit(marker.film_frame)
            # After that: a shot the playhead comes to is chosen, and with it no marker.
            self._selection.choose_marker(marker.id)

    def _next_name(self) -> str:
        taken = {marker.name for marker in self._door.ask(sound_queries.marker_cards)}
        return next(name for number in range(1, len(taken) + 2) if (name := f"Marker {number}") not in taken)
