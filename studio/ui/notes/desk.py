"""Connects the notes with the film: those of the current shot; a new one is on the frame on screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studio.project.note_queries import note_cards
from studio.ui.current_shot import CurrentShot
from studio.ui.film_watch import FilmWatch
from studio.ui.notes.dock import NotesPanel
from studio.ui.parts.times import shot_length
from studio.ui.wishes.door import Door
from studio.ui.wishes.notes import NoteWishes

Playhead = Callable[[], tuple[Path, int] | None]
"""The movie and the take_frame now on the viewer's screen; None where no movie is."""


class NotesDesk(QObject):
    frame_requested = Signal(str, int)
    """take id, take_frame: show it"""

    def __init__(
        self, door: Door, watch: FilmWatch, current: CurrentShot, wishes: NoteWishes, panel: NotesPanel,
        playhead: Playhead,
    ) -> None:  # fmt: skip
        super().__init__()
        self._door, self._watch, self._current = door, watch, current
        self._wishes, self._panel, self._playhead = wishes, panel, playhead
        current.changed.connect(self._show)
        watch.film_changed.connect(lambda film: setattr(panel.notes, "rate", film.rate))
        panel.note_kept.connect(self._keep)
        panel.view.opened.connect(self._open)
        panel.view.status_clicked.connect(self._turn_status)
        panel.view.remove_requested.connect(wishes.remove)
        panel.view.change_requested.connect(panel.change)

    def playhead_moved(self) -> None:
        """The viewer stands on another frame: a note written now is on that one."""
        take, frame = self._place()
        if take is None or frame is None:
            self._panel.show_place("on the whole shot")
            return
        card = next(one for one in self._current.takes if one.id == take)
        at = shot_length(max(0, frame - card.head), self._watch.film.rate)
        self._panel.show_place(f"on take {card.name} at {at}")

    def _show(self) -> None:
        card = self._current.card
        notes = self._door.ask(note_cards, card.id) if card else ()
        self._panel.show_shot(card.number if card else "", notes, self._current.takes)
        self.playhead_moved()

    def _place(self) -> tuple[str | None, int | None]:
        """The take and the frame a note written now is on; no take where none is on screen."""
        take, at = self._current.take, self._playhead()
        if take is None or at is None or at[0] != take.media:
            return None, None
        return take.id, at[1]

    def _keep(self, text: str, changes: str) -> None:
        card = self._current.card
        if card is None:
            return
        kept = self._wishes.change(changes, text) if changes else self._wishes.add(card.id, text, *self._place())
        if kept:
            self._panel.kept()

    def _open(self, note: str) -> None:
        card = self._panel.card(note)
        if card is not None and card.take is not None and card.take_frame is not None:
            self.frame_requested.emit(card.take, card.take_frame)

    def _turn_status(self, note: str) -> None:
        card = self._panel.card(note)
        if card is not None:
            self._wishes.set_status(note, "done" if card.status == "open" else "open")
