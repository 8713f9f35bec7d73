"""What changed in the film, gathered for one turn of the event loop, so that a bulk edit is shown once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard
from studio.project.changes import Changes

COUNTED = ("film", "scene", "shot", "event", "cut")
"""Kinds of changes after which the film's own facts may differ."""


class FilmWatch(QObject):
    """An edit is announced in four turns of the event loop, so that a key pressed meanwhile is heard between them."""

    film_changed = Signal(object)
    """FilmCard: before `changed`, where the film's own facts differ"""
    changed = Signal(object)
    """Changes, joined: for the board, because it decides what stays selected"""
    changed_next = Signal(object)
    """the same a turn later: for the shot the hands are on, and the panels about it"""
    changed_cut = Signal(object)
    """the same a turn later: for the timeline and what is heard of the cut"""
    changed_last = Signal(object)
    """the same after that: for the queue, the gallery and what the menus offer"""

    def __init__(self, project: OpenProject) -> None:
        super().__init__()
        self._project = project
        self.film: FilmCard = project.ask(queries.film_card)
        signals = (self.changed, self.changed_next, self.changed_cut, self.changed_last)
        self._stages = tuple(_Stage(signal) for signal in signals)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._turn)
        project.changed.connect(self._gather)

    def close(self) -> None:
        """The window goes: nothing is announced any more, whatever still changes."""
        self._project.changed.disconnect(self._gather)
        self._timer.stop()

    def flush(self) -> None:
        """Announce now, to everyone, what is due."""
        while self._announce():
            pass
        self._timer.stop()

    def _turn(self) -> None:
        if self._announce():
            self._timer.start()

    def _announce(self) -> bool:
        """Tell those for whom something is due, and hand it on to the next; whether anything is left to tell.

        Those who are told last come first: while edits go on in every turn, nobody waits until they end.
        """
        places = [place for place, one in enumerate(self._stages) if one.due]
        if not places:
            return False
        place = places[-1]
        changes = self._stages[place].take()
        if place == 0:
            changes = self._told_of_film(changes)
        if place + 1 < len(self._stages):
            self._stages[place + 1].add(changes)
        if changes:
            self._stages[place].signal.emit(changes)
        return any(one.due for one in self._stages)

    def _told_of_film(self, changes: Changes) -> Changes:
        film = self._project.ask(queries.film_card) if any(changes[kind] for kind in COUNTED) else self.film
        if film != self.film:
            self.film = film
            self.film_changed.emit(film)
            return changes
        # What jobs keep in the film for themselves, as the timecode given out so far, is shown nowhere.
        return changes.without("film")

    def _gather(self, changes: Changes) -> None:
        self._stages[0].add(changes)
        if not self._timer.isActive():
            self._timer.start()


class _Stage:
    """Those who hear in the same turn, and what they have not heard yet."""

    def __init__(self, signal: SignalInstance) -> None:
        self.signal = signal
        self.due = Changes()

    def add(self, changes: Changes) -> None:
        self.due |= changes

    def take(self) -> Changes:
        changes, self.due = self.due, Changes()
        return changes
