"""Connects the inspector with the cut: the event chosen on the timeline, else the one under the playhead."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject

from studio.errors import NotFound
from studio.project import queries
from studio.project.cards import ShotCard
from studio.project.cut_cards import EventCard
from studio.ui.cut_selection import CutSelection
from studio.ui.cut_watch import CutWatch
from studio.ui.drawing import Drawing
from studio.ui.film_watch import FilmWatch
from studio.ui.inspector.dock import InspectorPanel
from studio.ui.inspector.facts import facts
from studio.ui.wishes.door import Door
from studio.ui.wishes.events import EventWishes
from studio.ui.wishes.shots import ShotWishes


class InspectorDesk(QObject):
    def __init__(
        self, door: Door, film: FilmWatch, watch: CutWatch, chosen: CutSelection, drawing: Drawing,
        events: EventWishes, shots: ShotWishes, panel: InspectorPanel,
    ) -> None:  # fmt: skip
        super().__init__()
        self._door, self._watch, self._chosen, self._panel = door, watch, chosen, panel
        self._events, self._shown = events, ""
        watch.changed.connect(self._show)
        film.changed.connect(lambda changes: self._show() if changes["shot"] else None)
        chosen.changed.connect(self._show)
        chosen.playhead_moved.connect(lambda _frame: self._follow())
        panel.shown.connect(self._show)
        panel.length_edited.connect(lambda event, frames: events.set_lengths({event: frames}))
        panel.speed_edited.connect(self._retime)
        panel.fields_edited.connect(events.edit)
        panel.cause.again_requested.connect(drawing.generate_motion)
        panel.cause.keep_requested.connect(shots.keep_as_is)
        door.refused.connect(lambda _error: self._show())

    def _event(self) -> EventCard | None:
        cut = self._watch.cut
        return cut.event(self._chosen.current or "") or cut.event_at(self._chosen.film_frame)

    def _follow(self) -> None:
        """While it plays only another event is news."""
        event = self._event() if self._panel.isVisible() else None
        if event is not None and event.id != self._shown:
            self._show()

    def _show(self) -> None:
        """A hidden inspector asks for nothing; it is filled when it is shown."""
        if not self._panel.isVisible():
            return
        event, cut = self._event(), self._watch.cut
        self._shown = event.id if event else ""
        shot = self._shot(event) if event else None
        rows = facts(event, cut.rate, cut.timecode.start, takes=shot.takes if shot else 0,
                     drop=cut.timecode.drop) if event else []  # fmt: skip
        self._panel.show_event(event, shot, rows, cut.rate, editable=self._door.project.writable and not cut.frozen)

    def _shot(self, event: EventCard) -> ShotCard | None:
        try:
            return self._door.ask(queries.shot_card, event.shot)
        except NotFound:
            return None

    def _retime(self, event: str, speed: Fraction) -> None:
        self._events.retime(event, speed.numerator, speed.denominator)
